"""Addresses of files that leave for another installation or arrive from one."""

from typing import Any

from tests.architecture.matrix_world import World
from tests.architecture.url_lines import APPROVERS, NEAR, SUPERVISORS, Line
from tests.architecture.visitors import COUNTY, COUNTY_ELSEWHERE, TOWN, TOWN_ELSEWHERE

SENDERS = NEAR & SUPERVISORS
# Whose unit the file is meant for.
TAKERS = frozenset({TOWN_ELSEWHERE, COUNTY_ELSEWHERE})


def packed(world: World) -> dict[str, Any]:
    return {"public_id": world.package.public_id}


def on_its_way(world: World) -> dict[str, Any]:
    return {"public_id": world.package.transfer.public_id}


def arrived(world: World) -> dict[str, Any]:
    return {"public_id": world.arrival.public_id}


def refused(world: World) -> dict[str, Any]:
    return {"public_id": world.refused_arrival.public_id}


def _arrival(page: str, **options: Any) -> Line:
    options = {"kwargs": arrived} | options
    return Line(f"handover:{page}", TAKERS, hidden=frozenset({TOWN, COUNTY}), **options)


HANDOVER_LINES = [
    Line("handover:pack", SENDERS, hidden=SUPERVISORS - SENDERS, kwargs=on_its_way),
    Line("handover:fetch", SENDERS, hidden=SUPERVISORS - SENDERS, kwargs=packed, method="post"),
    Line("handover:load", SUPERVISORS),
    Line("handover:list", APPROVERS),
    Line("handover:receive", APPROVERS),
    _arrival("arrival"),
    _arrival("accept"),
    _arrival("reject"),
    _arrival("receipt", kwargs=refused, method="post"),
]
