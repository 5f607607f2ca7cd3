"""Assessments of a ledger, one by one, through the service that pages use."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from apps.assessments.services import bring_in_assessment
from apps.cases.changes import one_notification
from apps.imports.ledger import Entry, Run, row_by_row


def bring_in_all(run: Run, entries: Sequence[Entry]) -> None:
    """Windows of all orders are laid out once, at the end."""
    with one_notification():
        row_by_row(bring_in)(run, entries)
        run.on_progress(_("Laying out what is due"), 0, 1)
    run.on_progress(_("Laying out what is due"), 1, 1)


def bring_in(run: Run, entry: Entry) -> str:
    """The ledger says who decided; whether the person was told, it does not say."""
    facts = entry.facts
    row, new = bring_in_assessment(
        person=run.known.by_number[facts["document_number"]],
        by=run.by,
        on=facts["assessed_on"],
        tier=facts["tier"],
        reason=facts["reason"],
        assessor_words=facts["assessor"],
    )
    if row.told_on is None:
        run.report.miss("not_told", _("Not known whether the person was told"), entry.row)
    return "new" if new else "unchanged"
