"""What the transfer letter says, and what it needs: a transfer that was asked for."""

from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.documents.brought_in import demand, provide
from apps.documents.guards import reported
from apps.documents.paper_words import office_name
from apps.documents.subject import Facts, Subject
from apps.transfers.codes import TransferState
from apps.transfers.law import article_of
from apps.transfers.models import Transfer


def letter_facts(subject: Subject) -> Facts:
    """The day of the change is the day of the acceptance: a line for the receiving unit."""
    found = _asked(subject)
    if found is None:
        return {}
    return {
        "to_unit": office_name(found.to_town or found.to_county),
        # The letter goes on after it with a comma.
        "reason_words": found.reason.rstrip("。．.；; "),
        "new_residence": found.new_residence,
    }


def refuse_unasked(subject: Subject) -> None:
    reported(subject)
    if _asked(subject) is None:
        raise Refused(
            _("No transfer waits for its letter: ask for one under Transfers first."),
            article_of(subject.measure),
        )


def _asked(subject: Subject) -> Transfer | None:
    rows = Transfer.objects.visible_to(subject.by).filter(
        case=subject.case, state=TransferState.ASKED
    )
    if subject.record is not None:
        rows = rows.filter(public_id=subject.record)
    return rows.select_related("to_county", "to_town").first()


provide("transfer", letter_facts)
demand("transfer", refuse_unasked)
