"""The calendar and the numbers as they stand in the database."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Length

from apps.areas.models import Area
from apps.areas.units import ids
from apps.core.prepared import Prepared
from apps.law.dates import WorkingCalendar
from apps.law.models import CalendarDay, DayKind, LawParameter
from apps.law.parameters import Parameter, Rulebook, Setting, by_law

# A public holiday lasts for nine days at most; a month is ample.
AHEAD = timedelta(days=60)


def load_rulebook() -> Rulebook:
    """Every number that a site has set; one query."""
    return Rulebook(tuple(Setting(n, v, since, code or "") for n, v, since, code in _BOOK.rows()))


def _settings() -> Any:
    rows = LawParameter.objects.order_by("pk")
    return rows.values_list("name", "value", "effective_from", "area__code")


_BOOK = Prepared(_settings)


def number_on(name: Parameter, column: str) -> Coalesce:
    """What `Rulebook.value` says for the day in a column, as part of a query over rows with county,
    town and village.
    """
    at = [Q(pk=OuterRef(OuterRef(f"{unit}_id"))) for unit in ("county", "town", "village")]
    here = Area.objects.filter(at[0] | at[1] | at[2], lineage__contains=ids(OuterRef("area_id")))
    holding = Q(area=None) | Exists(here) & Q(area__merged_into=None)
    rows = LawParameter.objects.filter(holding, name=name).filter(
        effective_from__lte=OuterRef(column)
    )
    rows = rows.order_by(Length("area__code").desc(nulls_last=True), "-effective_from")
    default = Value(by_law(name), output_field=IntegerField())
    return Coalesce(Subquery(rows.values("value")[:1]), default, output_field=IntegerField())


def load_calendar(first: date, last: date | None = None) -> WorkingCalendar:
    """Days off between two days (or some weeks after one); one query."""
    last = last or first + AHEAD
    rows = CalendarDay.objects.filter(day__range=(first.replace(month=1, day=1), last))
    found = list(rows.order_by("day").values_list("day", "kind"))
    return WorkingCalendar(
        off=frozenset(day for day, kind in found if kind == DayKind.OFF),
        work=frozenset(day for day, kind in found if kind == DayKind.WORK),
        known=frozenset(_years(first, last)),
    )


def _years(first: date, last: date) -> set[int]:
    """Years of which the calendar knows at least one day off."""
    asked = CalendarDay.objects.filter(
        kind=DayKind.OFF, day__year__gte=first.year, day__year__lte=last.year
    )
    return set(asked.order_by().values_list("day__year", flat=True))
