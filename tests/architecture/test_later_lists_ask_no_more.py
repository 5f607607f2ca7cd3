"""The lists of visits, breaches, transfers and the rest: as many queries for 300 rows as for 30."""

from copy import copy
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from apps.persons.models import Person
from tests.architecture.matrix_world import World
from tests.architecture.test_lists_ask_no_more import FEW, MANY, _asked, _twins
from tests.architecture.visitors import TOWN

pytestmark = pytest.mark.django_db
# Address, row of the world, and what two rows may not share.
LISTS = [
    ("visits:list", "meeting", {}),
    ("visits:lost", "lost", {}),
    ("breaches:list", "breach", {}),
    ("transfers:list", "transfer", {"state": "cancelled"}),
    ("intake:list", "release", {}),
    ("assessments:list", "case", {}),
    ("assessments:rounds", "round", {}),
    ("approvals:list", "proposal", {}),
    ("covers:list", "absence", {}),
]


def grow(world: World, name: str, rows: int, differing: dict[str, Any]) -> None:
    """Rows like the one of the world, each of a person with an order of the same place."""
    row = getattr(world, name)
    facts: dict[str, Any] = dict(differing)
    if name == "absence":
        facts["worker"] = [_worker_like(world, n) for n in range(rows)]
    if name == "round":
        before = type(row).objects.count()
        facts["last"] = [row.last + timedelta(days=before + n) for n in range(rows)]
    if isinstance(getattr(row, "person", None), Person):
        people = _twins([world.person] * rows, document_kind="none", document_index=None)
        facts["person"] = people
        if name != "case" and getattr(row, "case_id", None):
            facts["case"] = _twins([world.case] * rows, person=people)
    if name == "proposal":
        facts["subject"] = [person.public_id for person in facts["person"]]
    if facts.get("state") == "cancelled":
        facts |= {"decided_on": row.asked_on, "decided_by": world.by, "decision_reason": "不去了"}
    _twins([row] * rows, **facts)


def _worker_like(world: World, number: int) -> Any:
    twin = copy(world.staff)
    twin.pk, twin.username = None, f"colleague-{type(twin).objects.count()}-{number}"
    twin.public_id = type(twin)().public_id
    twin.save(force_insert=True)
    return twin


@pytest.mark.parametrize(("url", "row", "differing"), LISTS, ids=[line[0] for line in LISTS])
def test_a_list_asks_as_often_at_300_rows_as_at_30(
    url: str, row: str, differing: dict[str, Any], world: World
) -> None:
    client = world.clients[TOWN]
    client.get("/")  # the first page of a session writes to it
    getattr(world, row)
    client.get(reverse(url) + "?show=all")  # what is written once is written now
    asked = {}
    for rows, more in ((FEW, FEW), (MANY, MANY - FEW)):
        grow(world, row, more, differing)
        asked[rows] = _asked(client, reverse(url) + "?show=all")
    assert asked[MANY][0] == asked[FEW][0]
    assert asked[MANY][1] > asked[FEW][1]
