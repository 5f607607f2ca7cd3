"""Maintenance treatment on the dashboard: who is treated on the day, and how often they came."""

from dataclasses import dataclass
from typing import Any, Final

import django_tables2 as tables
from django.db.models import Count, F, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.core.tables import DayColumn, NameColumn
from apps.persons.figures import FigureGroup, FigureList, Indicator, Period, Rows
from apps.persons.tables import NAME, TOWN, VILLAGE, RowsOfPersons, worker
from apps.treatment.columns import MonthColumn
from apps.treatment.models import Attendance, Treatment
from apps.treatment.rules import month_of


class TreatedRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("person__sort_key",))
    medicine = tables.Column(
        verbose_name=_("Medicine"), accessor="medicine_name", order_by=("medicine",)
    )
    clinic = tables.Column(
        verbose_name=_("Clinic"), accessor="clinic__name", order_by=("clinic__name",)
    )
    since = DayColumn(verbose_name=_("In treatment since"))
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    worker = worker()

    class Meta:
        model = Treatment
        fields = ()


class AttendedRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("person__sort_key",))
    month = MonthColumn(verbose_name=_("Month"))
    clinic = tables.Column(
        verbose_name=_("Clinic"), accessor="treatment__clinic__name",
        order_by=("treatment__clinic__name",),
    )  # fmt: skip
    days = tables.Column(
        verbose_name=_("Days attended of days expected"), accessor="fraction", orderable=False
    )
    town = tables.Column(**TOWN)
    worker = worker()

    class Meta:
        model = Attendance
        fields = ()


@dataclass(frozen=True)
class Pooled(Indicator):
    """All days together, and no mean of rates: 30 days weigh more than 3."""

    def counts(self, _period: Period) -> dict[str, Any]:
        return {"n": _sum("attended"), "whole": _sum("expected")}

    def persons(self, period: Period) -> dict[str, Count]:
        """Days that are left out are of whoever did not come on all of theirs."""
        person = self.rows(period).person_here
        missed, came = Q(attended__lt=F("expected")), Q(attended__gt=0)
        return {
            "behind": Count(person, distinct=True),
            "behind_done": Count(person, distinct=True, filter=came),
            "behind_left": Count(person, distinct=True, filter=missed),
        }


def _sum(column: str) -> Any:
    return Coalesce(Sum(column), Value(0))


def _treated(period: Period) -> Rows:
    return period.here(Treatment.objects.all()).running_on(period.as_at)


def _attended(period: Period) -> Rows:
    """Months of which a day lies in the period; what is not over has no row."""
    rows = period.here(Attendance.objects.all(), "month").standing()
    last = min(period.last, period.as_at)
    return rows.filter(month__range=(month_of(period.first), last))


IN_TREATMENT: Final = Indicator(
    code="in_treatment",
    title=_("Persons in maintenance treatment"),
    unit=pgettext_lazy("unit of a figure", "persons"),
    definition=_(
        "Persons who are in maintenance treatment on the day, at a centre or a self-service "
        "station. On the day on which a treatment ends it counts no more."
    ),
    excluded=_("Treatments that were withdrawn. Doses are on record nowhere."),
    rows=_treated,
)
ATTENDANCE: Final = Pooled(
    code="treatment_attendance",
    title=_("Days attended in maintenance treatment"),
    unit="%",
    definition=_(
        "Days on which persons came, of the days on which they were expected, in the months of "
        "the period as the clinics reported them: all days together."
    ),
    excluded=_(
        "Months that no clinic has reported: they are unknown, and never 0. Nothing follows from "
        "days that were missed."
    ),
    rows=_attended,
    done=lambda _period: Q(attended__gt=0),
    day="month",
)
LISTS: Final = (
    FigureList(
        indicator=IN_TREATMENT, table=TreatedRows, export_name="in-treatment",
        default_sort="name", rank=197, card=170,
        group=FigureGroup.WORK, related=("person", "town", "village", "clinic"),
        leaves=False,
    ),
    FigureList(
        indicator=ATTENDANCE, table=AttendedRows, export_name="attendance", default_sort="name",
        rank=198, card=175,
        group=FigureGroup.WORK, related=("person", "town", "treatment__clinic"), leaves=False,
    ),
)  # fmt: skip
