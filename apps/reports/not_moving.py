"""What stands still: rows that wait for somebody."""

from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.cases.models import Case, Suspension
from apps.core.days import today
from apps.covers.presence import nobody_present_on
from apps.persons.figures import Indicator, Period
from apps.schedule.duties import duties
from apps.schedule.duty_acts import acts_of
from apps.schedule.models import DueItem, Outcome
from apps.visits.contact import had_contact
from apps.visits.lost import LOST_DAYS


def late_on(day: date) -> Any:
    """Windows that had ended by the day without an act since, whatever was made after it."""
    if day >= today():
        return DueItem.objects.overdue_on(day)
    return DueItem.objects.stood_on(day).filter(due_on__lt=day)


def _unanswered_on(day: date) -> Any:
    """A window that somebody did later than the day is "missed" today, and was open then."""
    open_then = Q(pk__in=[])
    for kind in duties():
        answered = acts_of(kind).filter(
            done=True, person_id=OuterRef("person_id"), day__gt=OuterRef("due_on"), day__lte=day
        )
        open_then |= Q(Q(kind=kind), ~Exists(answered))
    over = [Outcome.DONE, Outcome.EXCUSED]
    ended = DueItem.objects.exclude(outcome__in=over).filter(carried_over=False)
    return ended.effective().filter(open_then, due_on__lt=day)


def _overdue(period: Period) -> QuerySet[Any, Any]:
    late = late_on(period.as_at).filter(case_id=OuterRef("pk"))
    return period.here(Case.objects.all()).in_force_on(period.as_at).filter(Exists(late))


def _no_contact(period: Period) -> QuerySet[Any, Any]:
    """In force for as long, nobody reached the person in these days, and a window has ended."""
    since = period.as_at - timedelta(days=LOST_DAYS)
    known = Q(brought_in_on=None) | Q(brought_in_on__lte=since)
    missed = _unanswered_on(period.as_at).filter(case_id=OuterRef("pk"))
    cases = period.here(Case.objects.all()).in_force_on(period.as_at)
    held = Suspension.objects.covering(period.as_at).filter(case_id=OuterRef("pk"))
    quiet = cases.exclude(had_contact("person_id", gt=since, lte=period.as_at))
    return quiet.exclude(Exists(held)).filter(Exists(missed), known, in_force_from__lte=since)


def _nobody_present(period: Period) -> QuerySet[Any, Any]:
    return nobody_present_on(Case.objects.in_area(period.area), period.as_at)


NOBODY_PRESENT: Final = Indicator(
    code="nobody_present",
    title=_("Nobody present"),
    unit=pgettext_lazy("unit of a figure", "orders"),
    definition=_(
        "Open orders whose responsible worker is away or has left, and nobody who covers is there "
        "on the day."
    ),
    excluded=_("Orders without a worker: they are counted as such."),
    rows=_nobody_present,
)
NO_CONTACT: Final = Indicator(
    code="no_contact",
    title=_("No contact for 15 days"),
    unit=pgettext_lazy("unit of a figure", "orders"),
    definition=_(
        "In force for 15 days and more, nobody met, tested, spoke to or found the person in the "
        "last 15 days, and something was due meanwhile."
    ),
    excluded=_("Orders brought in less than 15 days ago, and orders that are suspended."),
    rows=_no_contact,
)
OVERDUE: Final = Indicator(
    code="overdue",
    title=_("Duties overdue"),
    unit=pgettext_lazy("unit of a figure", "orders"),
    definition=_(
        "A window of a check-in, interview, home visit, test or summary has ended "
        "without it, and none was made since. Steps of orders and assessments stand "
        "beside them in Today."
    ),
    excluded=_(
        "Windows that ended before the case was brought in, and check-ins that are recorded "
        "elsewhere."
    ),
    rows=_overdue,
)
