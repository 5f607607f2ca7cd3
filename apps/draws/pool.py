"""Who can be drawn in a unit on a day, and who is excused: counted anew for each draw."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import (
    Case as Choose,
    CharField,
    Exists,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)

from apps.areas.models import Area
from apps.cases.models import Case, Leave, Suspension
from apps.draws.codes import Absence
from apps.draws.models import Draw, Drawn, Excuse
from apps.draws.rules import Bounds

Row = tuple[int, UUID, int, int | None, int | None, date, str | None]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a running duty; `why`: excused, and why."""

    person_id: int
    number: str
    place: tuple[int, int | None, int | None]
    times: int
    full: bool
    why: str


def members_on(area: Area, day: date, bounds: Bounds) -> list[Member]:
    """Everybody whose order is in force in the unit on the day, by the row of the file; three
    queries. A term that has ended, or that has not begun, is no duty.
    """
    begun = _first_draw(area)
    from_day = bounds.first(day)
    times = Drawn.objects.in_area(area).times_since(from_day)
    covered = begun is not None and begun <= from_day
    return [
        Member(
            person_id, str(number), (county, town, village), times[person_id],
            covered and since <= from_day, why or "",
        )
        for person_id, number, county, town, village, since, why in _rows(area, day)
    ]  # fmt: skip


def _first_draw(area: Area) -> date | None:
    first: date | None = Draw.objects.over(area).first_day()
    return first


def _rows(area: Area, day: date) -> list[Row]:
    of_case = Q(case_id=OuterRef("pk"))
    held = Suspension.objects.covering(day).filter(of_case)
    away = Leave.objects.covering(day).filter(of_case)
    by_hand = Excuse.objects.covering(day).filter(person_id=OuterRef("person_id")).order_by("pk")
    why = Choose(
        When(Exists(held), then=Value(Absence.HELD.value)),
        When(Exists(away), then=Value(Absence.LEAVE.value)),
        default=Subquery(by_hand.values("reason")[:1]),
        output_field=CharField(),
    )
    cases = Case.objects.in_area(area).in_force_on(day).living_on(day)
    cases = cases.filter(person__merged_into=None)
    rows = cases.annotate(why=why).order_by("person_id").values_list(
        "person_id", "person__public_id", "county_id", "town_id", "village_id", "in_force_from",
        "why",
    )  # fmt: skip
    return list(rows)
