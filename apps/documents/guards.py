"""What the law asks for before a paper is issued."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext_lazy as _

from apps.cases.codes import ClosureReason, Ground
from apps.cases.models import Case, PoliceReport
from apps.core.refusals import Refused


def ended(case: Case | None, on: date) -> None:
    if case is None or case.duties_end_on is None or case.duties_end_on >= on:
        raise Refused(_("The term has not ended yet."), _("Regulation, arts. 23 and 40"))


def not_ended(case: Case | None, on: date) -> None:
    """Nothing is asked of a person after the end."""
    if case is not None and case.duties_end_on is not None and case.duties_end_on < on:
        raise Refused(
            _("The term has ended; nothing may be asked of the person any more."),
            _("Regulation, arts. 23 and 40"),
        )


def lives_elsewhere(case: Case | None, on: date) -> None:
    """Two places that are known and the same need no letter between them."""
    not_ended(case, on)
    person = case.person if case is not None else None
    known = person is not None and person.registration_area_id and person.residence_area_id
    if known and person.registration_area_id == person.residence_area_id:  # type: ignore[union-attr]
        raise Refused(_("The person lives where the household is registered."))


def terminated(case: Case | None, _on: date) -> None:
    """条例 art. 24: ended before the term, by what an authority decided or by death."""
    if case is None or case.closed_on is None or case.closure_reason == ClosureReason.RELEASED:
        raise Refused(_("The order was not terminated."), _("Regulation, art. 24"))


def over(case: Case | None, on: date) -> None:
    """A file is put away when the order is closed or its term has ended."""
    closed = case is not None and case.closed_on is not None
    last = case.duties_end_on if case is not None else None
    if not closed and (last is None or last >= on):
        raise Refused(_("The order still runs; its file is not put away."))


def reported_for(ground: Ground) -> Callable[[Case | None, date], None]:
    """条例 art. 21: a supervisor approved the report; without one no letter goes out."""

    def check(case: Case | None, _on: date) -> None:
        reports = PoliceReport.objects.filter(
            case=case, ground=ground, reported_on__isnull=False, withdrawn_at=None
        )
        if case is None or not reports.exists():
            raise Refused(
                _("No report to the police for this reason was approved."),
                _("Regulation, art. 21"),
            )

    return check
