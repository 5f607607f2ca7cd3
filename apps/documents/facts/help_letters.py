"""Facts of letters about help. They go to other offices: sender, number and words are neutral."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from apps.assistance.codes import RUNNING, Beneficiary
from apps.assistance.models import Assistance, Payment
from apps.assistance.senders import sender_of
from apps.assistance.telling import told_in
from apps.core.refusals import Refused
from apps.documents.paper_text import Block, texts
from apps.documents.paper_words import day_words
from apps.documents.subject import Facts, Subject


def letter(subject: Subject) -> Facts:
    """Of one help: for whom it is asked."""
    found = _help_of(subject)
    facts = _from_sender(subject)
    if found is None:
        return facts
    with translation.override("zh-hans"):
        return facts | {"help_name": found.programme.name, "for_words": _for_whom(found)}


def receipt(subject: Subject) -> Facts:
    """Of one payment: what was received, and by whom it was given."""
    found = _payment_of(subject)
    facts = _from_sender(subject)
    if found is None:
        return facts
    with translation.override("zh-hans"):
        return facts | {
            "help_name": found.programme.name,
            "paid_on": day_words(found.paid_on),
            "amount_words": f"{found.amount}元" if found.amount else "",
            "months_words": found.months,
            "how_words": str(found.get_how_display()),
            "payer_words": found.payer,
        }


def of_running_help(subject: Subject) -> None:
    found = _help_of(subject)
    if found is None or found.state not in RUNNING:
        raise Refused(_("Open the help on the tab Assistance while it runs, and issue it there."))
    _refuse_without_sender(subject)


def of_standing_payment(subject: Subject) -> None:
    found = _payment_of(subject)
    if found is None or found.reverses_id or Payment.objects.filter(reverses=found).exists():
        raise Refused(_("Open the help on the tab Assistance: what was received has a receipt."))
    paid_by, here = found.office.today, subject.office
    if not (paid_by.contains(here) or here.contains(paid_by)):
        raise Refused(
            _("This stands in the ledger of %(unit)s, which gives the receipt for it.")
            % {"unit": paid_by.name}
        )
    _refuse_without_sender(subject)


def refuse_telling(blocks: list[Block], number: str) -> None:
    """Before a letter to another office is kept: whatever tells of drugs stops it."""
    if word := told_in("\n".join([number, *texts(blocks)])):
        raise Refused(
            _("The letter says “%(word)s”, which tells of drugs. Say it otherwise.")
            % {"word": word}
        )


def _refuse_without_sender(subject: Subject) -> None:
    if sender_of(subject.office) is None:
        raise Refused(
            _(
                "Letters to other offices go out under a neutral name, and %(unit)s has none. The "
                "records administrator of the county enters it in the admin, under Assistance, "
                "Senders of letters."
            )
            % {"unit": subject.office.name}
        )


def _from_sender(subject: Subject) -> Facts:
    """In place of the name of the office, which may tell what it does."""
    sender = sender_of(subject.office)
    return {
        "office": sender.name if sender else "",
        "sender_phone": sender.phone if sender else "",
    }


def _for_whom(help_: Assistance) -> str:
    if help_.beneficiary == Beneficiary.PERSON:
        return "本人"
    return f"其家庭成员（{help_.member_words}）"


def _help_of(subject: Subject) -> Any:
    """Restricted help has no letter: it would stand in the register of papers."""
    rows = Assistance.objects.visible_to(subject.by).filter(restricted=False, person=subject.person)
    known = rows.select_related("programme")
    return known.filter(public_id=subject.record).first() if subject.record else None


def _payment_of(subject: Subject) -> Any:
    rows = Payment.objects.visible_to(subject.by).filter(restricted=False, person=subject.person)
    known = rows.select_related("programme", "office")
    return known.filter(public_id=subject.record).first() if subject.record else None
