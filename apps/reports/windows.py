"""Which windows of duties a rate counts."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from apps.areas.models import Area, Level
from apps.persons.figures import Period
from apps.schedule.duties import CHECKIN
from apps.schedule.models import DueItem
from apps.visits.codes import MeetingKind

RECORDED_MONTHS = """
SELECT county.id, month::date
FROM unnest(%s::bigint[]) AS county (id),
     generate_series(date_trunc('month', %s::date), %s::date, interval '1 month') AS month
WHERE EXISTS (
  SELECT FROM {acts} c
  WHERE c.county_id = county.id AND c.withdrawn_at IS NULL
    AND c.day >= month AND c.day < month + interval '1 month'
    AND NOT EXISTS (SELECT FROM persons_formerunit f WHERE {then}))
OR EXISTS (
  SELECT FROM persons_formerunit f JOIN {acts} c ON {then}
  WHERE f.county_id = county.id AND c.withdrawn_at IS NULL
    AND c.day >= month AND c.day < month + interval '1 month')
"""
THEN = """
f.person_id = c.person_id AND c.day <= f.ends_on AND (f.starts_on IS NULL OR c.day >= f.starts_on)
"""
# Where the acts of a kind are, of which a month has records or has not.
ACTS = {
    CHECKIN: "checkins_checkin",
    MeetingKind.TALK: "(SELECT * FROM visits_meeting WHERE kind = 'talk')",
    "test": "(SELECT * FROM drugtests_drugtest WHERE outcome = 'taken')",
    MeetingKind.VISIT: "(SELECT * FROM visits_meeting WHERE kind = 'visit')",
}


def counted_checkins(period: Period) -> QuerySet[Any, Any]:
    return counted_windows(period, CHECKIN)


def counted_talks(period: Period) -> QuerySet[Any, Any]:
    return counted_windows(period, MeetingKind.TALK)


def counted_visits(period: Period) -> QuerySet[Any, Any]:
    return counted_windows(period, MeetingKind.VISIT)


def counted_tests(period: Period) -> QuerySet[Any, Any]:
    return counted_windows(period, "test")


def counted_windows(period: Period, kind: str) -> QuerySet[Any, Any]:
    """What was due in the period by the day of the facts: the denominator of the rate.

    A window that ended before its case was brought in says nothing about a month of which the
    county has no records: such months are "no data", never 0 %.
    """
    last = min(period.last, period.as_at)
    due = (
        period.here(DueItem.objects.all(), "due_on")
        .effective()
        .due_between(period.first, last)
        .filter(kind=kind)
    )
    due = due.annotate(county_then=due.unit_on("county_id", "due_on", period.moved))
    recorded = _in_recorded_months(kind, period.area, period.first, last)
    return due.filter(Q(carried_over=False) | recorded)


def _in_recorded_months(kind: str, area: Area, first: date, last: date) -> Q:
    """Months of which the county has records: of acts while the person belonged to it."""
    by_month: dict[date, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        sql = RECORDED_MONTHS.replace("{acts}", ACTS[kind]).replace("{then}", THEN)
        cursor.execute(sql, [county_ids(area), first, last])
        for county_id, month in cursor.fetchall():
            by_month[month].append(county_id)
    recorded = Q(pk__in=[])
    for month, counties in sorted(by_month.items()):
        recorded |= Q(due_on__gte=month, due_on__lt=_next_month(month), county_then__in=counties)
    return recorded


def county_ids(area: Area) -> list[int]:
    """Counties in or around the area, those merged into them included."""
    if area.level in (Level.TOWN, Level.VILLAGE):
        return next(unit for unit in area.path() if unit.level == Level.COUNTY).scope_ids
    return area.scope_ids if area.level == Level.COUNTY else area.county_ids


def _next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
