"""What stands still: rows that wait for somebody."""

from datetime import timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.cases.models import Case
from apps.checkins.models import CheckIn
from apps.reports.period import Indicator, Period
from apps.schedule.models import DueItem

# domain 10: a site may set another number of days.
NO_CONTACT_DAYS: Final = 15


def _overdue(period: Period) -> QuerySet[Any, Any]:
    late = DueItem.objects.overdue_on(period.as_at).filter(case_id=OuterRef("pk"))
    return Case.objects.in_area(period.area).in_force_on(period.as_at).filter(Exists(late))


def _no_contact(period: Period) -> QuerySet[Any, Any]:
    """In force for as long, nobody reached the person in these days, and a window has ended."""
    since = period.as_at - timedelta(days=NO_CONTACT_DAYS)
    seen = CheckIn.objects.done().filter(
        person_id=OuterRef("person_id"), day__gt=since, day__lte=period.as_at
    )
    known = Q(brought_in_on=None) | Q(brought_in_on__lte=since)
    missed = (
        DueItem.objects.open_windows()
        .effective()
        .filter(case_id=OuterRef("pk"), due_on__lt=period.as_at)
    )
    cases = Case.objects.in_area(period.area).in_force_on(period.as_at)
    return cases.filter(~Exists(seen), Exists(missed), known, in_force_from__lte=since)


NO_CONTACT: Final = Indicator(
    code="no_contact",
    title=_("No contact for 15 days"),
    unit=pgettext_lazy("unit of a figure", "orders"),
    definition=_(
        "In force for 15 days and more, no check-in in the last 15 days, and one was due meanwhile."
    ),
    excluded=_("Orders brought in less than 15 days ago."),
    rows=_no_contact,
)
OVERDUE: Final = Indicator(
    code="overdue",
    title=_("Check-in overdue"),
    unit=pgettext_lazy("unit of a figure", "orders"),
    definition=_("A window has ended without a check-in, and none was made since."),
    excluded=_(
        "Windows that ended before the case was brought in, and check-ins that are recorded "
        "elsewhere."
    ),
    rows=_overdue,
)
