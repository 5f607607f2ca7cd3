"""Counselling on the dashboard: persons and sessions. Nothing of what was said is counted."""

from typing import Any, Final

import django_tables2 as tables
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.core.tables import DayColumn, NameColumn
from apps.counselling.models import Session
from apps.persons.figures import FigureGroup, FigureList, Indicator, Period, PersonsOf, Rows
from apps.persons.models import Person
from apps.persons.tables import NAME, TOWN, VILLAGE, RowsOfPersons, worker


class SessionRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("person__sort_key",))
    day = DayColumn(verbose_name=_("Day"))
    kind = tables.Column(
        verbose_name=_("Kind of session"), accessor="get_kind_display", order_by=("kind",)
    )
    by_whom = tables.Column(verbose_name=_("Who counselled"), orderable=False)
    town = tables.Column(**TOWN)
    worker = worker()

    class Meta:
        model = Session
        fields = ()


class CounselledRows(RowsOfPersons):
    name = NameColumn(verbose_name=_("Name"), order_by=("sort_key",))
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    worker = worker()

    class Meta:
        model = Person
        fields = ()


def sessions(period: Period) -> Rows:
    rows: Any = period.here(Session.objects.standing(), "day")
    return rows.filter(day__range=(period.first, min(period.last, period.as_at)))


def _of_person(period: Period) -> Rows:
    return sessions(period).filter(person=OuterRef("pk"))


PERSONS: Final = PersonsOf(
    code="counselled_persons",
    title=_("Persons counselled"),
    unit=pgettext_lazy("unit of a figure", "persons"),
    definition=_(
        "Persons with a session of counselling or family guidance in the period, each once, by the "
        "unit where it was held."
    ),
    excluded=_("Sessions that were withdrawn. A date on which nobody came is no session."),
    rows=lambda period: Person.every.filter(Exists(_of_person(period))),
    of=_of_person,
    of_day="day",
)
SESSIONS: Final = Indicator(
    code="counselling_sessions",
    title=_("Sessions of counselling"),
    unit=pgettext_lazy("unit of a figure", "times"),
    definition=_("Sessions of counselling and family guidance with a day in the period."),
    excluded=_("Sessions that were withdrawn. A date on which nobody came is no session."),
    rows=sessions,
    day="day",
)
LISTS: Final = (
    FigureList(
        indicator=PERSONS, table=CounselledRows, export_name="persons-counselled",
        default_sort="name", rank=88, card=165, group=FigureGroup.HELP, related=("town", "village"),
        ticked_by="public_id",
    ),
    FigureList(
        indicator=SESSIONS, table=SessionRows, export_name="counselling", default_sort="-day",
        rank=89, card=166,
        group=FigureGroup.HELP, related=("person", "town", "village", "recorded_by"),
    ),
)  # fmt: skip
