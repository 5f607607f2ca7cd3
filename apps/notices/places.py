"""Where lines about a person lead: to the person, while the reader may see who it is."""

from apps.accounts.models import User
from apps.core.navigation import url_or_none
from apps.notices.models import Notice
from apps.persons.models import Person


def person_page(notice: Notice, reader: User) -> str:
    found = Person.objects.visible_to(reader).filter(pk=notice.about_id).first()
    return (url_or_none("workbench:person", found.public_id) or "") if found else ""


def orders_page(notice: Notice, reader: User) -> str:
    found = Person.objects.visible_to(reader).filter(pk=notice.about_id).first()
    return (url_or_none("cases:case", found.public_id) or "") if found else ""


def persons_list(notice: Notice, reader: User) -> str:
    return (url_or_none("persons:list") or "") if reader.sees_cases else ""


def account_proposal(notice: Notice, reader: User) -> str:
    from apps.accounts.models import AccountProposal

    found = AccountProposal.objects.shown_to(reader).filter(public_id=notice.subject)
    return (url_or_none("accounts:second", notice.subject) or "") if found.exists() else ""
