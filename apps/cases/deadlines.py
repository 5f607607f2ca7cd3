"""The last day to report: counted when the receipt is recorded, with the rules of that day."""

from datetime import date

from apps.areas.models import Area
from apps.cases.models import Case
from apps.law.current import load_calendar, load_rulebook
from apps.law.dates import report_deadline
from apps.law.parameters import Parameter, Rulebook
from apps.law.services import on_change


def code_of(case: Case) -> str:
    """The statistical code of the unit that carries the order out."""
    unit = case.village_id or case.town_id or case.county_id
    return Area.objects.values_list("code", flat=True).get(pk=unit)


def book_of(case: Case, book: Rulebook) -> Rulebook:
    """The book as it is read where the order is carried out."""
    return book.near(code_of(case)) if book.is_local else book


def deadline_of(case: Case) -> date | None:
    """条例 arts. 14, 38: the number of days is the one in force on the day of receipt."""
    if case.received_on is None:
        return None
    book = book_of(case, load_rulebook())
    return report_deadline(
        case.received_on,
        load_calendar(case.received_on),
        days=book.value(Parameter.REPORT_DAYS, case.received_on),
        extends=book.value(Parameter.EXTENDS, case.received_on),
    )


@on_change
def recount() -> None:
    """Another calendar or number: deadlines that still run follow it."""
    waiting = Case.objects.filter(reported_on=None, closed_on=None, received_on__isnull=False)
    for case in waiting.order_by("pk"):
        deadline = deadline_of(case)
        if deadline != case.report_by:
            Case.objects.filter(pk=case.pk).update(report_by=deadline)
