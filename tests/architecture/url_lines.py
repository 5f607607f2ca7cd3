"""What a line of the matrix is, and of whom it can speak."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.architecture.matrix_world import World
from tests.architecture.visitors import (
    AUDITOR,
    COUNTY,
    COUNTY_ELSEWHERE,
    EVERYBODY,
    MATE,
    PROVINCE,
    RECORDS,
    RECORDS_ELSEWHERE,
    SYSTEM,
    TOWN,
    TOWN_ELSEWHERE,
    WORKER,
    WORKER_ELSEWHERE,
)

Visitors = frozenset[str]

ALL: Visitors = frozenset(EVERYBODY)
WORKERS: Visitors = frozenset({WORKER, MATE, WORKER_ELSEWHERE})
SUPERVISORS: Visitors = frozenset(
    {TOWN, TOWN_ELSEWHERE, COUNTY, COUNTY_ELSEWHERE, RECORDS, RECORDS_ELSEWHERE}
)
APPROVERS: Visitors = frozenset({TOWN, TOWN_ELSEWHERE, COUNTY, COUNTY_ELSEWHERE})
# Who may be the second person for an account of a higher role.
CONFIRMERS: Visitors = frozenset({COUNTY, COUNTY_ELSEWHERE, RECORDS, RECORDS_ELSEWHERE, SYSTEM})
# Whoever sees persons, of whatever area.
DAILY: Visitors = WORKERS | SUPERVISORS
ADMINS: Visitors = frozenset({RECORDS, RECORDS_ELSEWHERE, SYSTEM, AUDITOR})
SIGNED_IN: Visitors = DAILY | {PROVINCE, SYSTEM, AUDITOR}
FIGURES: Visitors = SUPERVISORS | {PROVINCE}
# Whose area the person of the world lives in, and who is responsible.
NEAR: Visitors = frozenset({WORKER, TOWN, COUNTY, RECORDS})
FAR: Visitors = DAILY - NEAR
# Who is expected has no worker yet: whoever works in the town receives.
TOWN_STAFF: Visitors = NEAR | {MATE}
# To whose area the transfer of the world is handed over.
RECEIVERS: Visitors = frozenset({TOWN_ELSEWHERE, COUNTY_ELSEWHERE, RECORDS_ELSEWHERE})
BOTH_SIDES: Visitors = NEAR | RECEIVERS
# Who may read confidential facts of health.
SEALED: Visitors = APPROVERS
# Signed in and of another area than the round's.
ELSEWHERE: Visitors = frozenset(
    {WORKER_ELSEWHERE, TOWN_ELSEWHERE, COUNTY_ELSEWHERE, RECORDS_ELSEWHERE}
)


def assessment(world: World) -> dict[str, Any]:
    return {"public_id": world.assessment.public_id}


def help_flag(world: World) -> dict[str, Any]:
    return {"public_id": world.help_flag.public_id}


def sealed_flag(world: World) -> dict[str, Any]:
    return {"public_id": world.sealed_flag.public_id}


def line_of_need(world: World) -> dict[str, Any]:
    return {"kind": "need", "row_id": world.need.public_id}


def nothing(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Line:
    name: str
    allowed: Visitors
    hidden: Visitors = frozenset()
    kwargs: Callable[[World], dict[str, Any]] = nothing
    # "post": the address only acts, GET answers 405.
    method: str = "get"
    # Answers without a sign-in.
    public: bool = False
    query: dict[str, str] = field(default_factory=dict)
    # The address names a row: one that is not there is a 404 for everybody who may ask.
    rows: bool = True
    visitors: tuple[str, ...] = EVERYBODY

    def standing(self, visitor: str) -> tuple[bool, bool]:
        return visitor in self.allowed, visitor in self.hidden


def person(world: World) -> dict[str, Any]:
    world.case  # noqa: B018 - the person has an order
    return {"public_id": world.person.public_id}


def case(world: World) -> dict[str, Any]:
    return {"public_id": world.case.public_id}


def due_item(world: World) -> dict[str, Any]:
    return {"item_id": world.due_item.pk}


def half_year(world: World) -> dict[str, Any]:
    """The person, with an order whose half-years are asked for."""
    return person(world) if world.case else {}


def by_id(name: str, **more: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"public_id": getattr(world, name).public_id, **more}


def campaign_with_somebody(world: World) -> dict[str, Any]:
    """Whoever sees nobody on its list gets no file of it."""
    world.campaign_target  # noqa: B018 - a row of the list
    return {"public_id": world.campaign.public_id}


def contact(world: World) -> dict[str, Any]:
    return {**person(world), "contact_id": world.contact.public_id}


def cover(world: World) -> dict[str, Any]:
    return {**person(world), "cover_id": world.cover.public_id}


def ahead(world: World) -> dict[str, Any]:
    return {**person(world), "assignment_id": world.ahead.public_id}


def two_files(world: World) -> dict[str, Any]:
    return {**person(world), "other_id": world.twin.public_id}


def village(world: World) -> dict[str, Any]:
    assert world.person.village
    return {"code": world.person.village.code}


def of_person(name: str, may: Iterable[str] = DAILY, **more: Any) -> Line:
    """A page or an act of one person: for those near who may, hidden from the others who may."""
    return Line(
        name, NEAR & frozenset(may), hidden=FAR & frozenset(may), **{"kwargs": person, **more}
    )
