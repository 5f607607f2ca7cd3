"""A list asks the database as often for 300 rows as for 30: nothing is asked row by row."""

from copy import copy
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.cases.models import Case, RiskLevelRecord
from apps.checkins.models import CheckIn
from apps.core.days import today
from apps.core.fields import uuid7
from apps.documents.models import IssuedDocument
from apps.needs.services import record_need
from apps.persons.models import Assignment, Person
from apps.schedule.models import DueItem
from tests.factories.accounts import UserFactory
from tests.factories.documents import issued, scan
from tests.factories.drugtests import sampled
from tests.factories.pages import running_case, signed_in
from tests.factories.schedule import seen

pytestmark = pytest.mark.django_db
FEW, MANY = 30, 300
WORKERS = ("workbench:today", "checkins:round", "checkins:list", "drugtests:list")
SUPERVISORS = ("persons:list", "needs:list", "documents:list", "cases:unassigned", "cases:gaps")
OF_ONE_PERSON = ("documents:person", "persons:checkins")


class Office:
    """One case with a row of everything, written by the services, and copies of it."""

    def __init__(self) -> None:
        self.worker, self.boss = UserFactory(), UserFactory(town_supervisor=True)
        self.case: Case = running_case(self.worker)
        self.assignment = Assignment.objects.get(person=self.case.person)
        by, person, day = self.worker, self.case.person, today()
        self.leaves: list[Any] = [
            record_need(
                urgency="normal", said_by="person", person=person, by=by, kind="work", said_on=day
            ),
            issued(self.case, by),
            scan(self.case, by),
        ]
        self.item = DueItem.objects.filter(case=self.case, due_on__lt=day).latest("due_on")
        self.leaves.append(sampled(person, self.case.in_force_from, by=by, result="invalid"))
        self.checkin: CheckIn = seen(self.case, self.case.in_force_from).checkin
        RiskLevelRecord.objects.filter(person=person).delete()
        self.unassigned: Case = running_case()

    def grow(self, rows: int) -> None:
        """Half of the persons have a worker, half of the acts are those of the first person."""
        half = rows // 2
        persons = self._persons(half)
        cases = _twins([self.case] * half, person=persons)
        _twins([self.assignment] * half, person=persons)
        items = _twins([self.item] * half, person=persons, case=cases, outcome="open")
        _twins([self.checkin] * half, person=persons, case=cases, due_item=items)
        _twins([self.checkin] * half, due_item=None)
        for leaf in self.leaves:
            _twins([leaf] * half, person=persons, case=cases, **_numbers(leaf, half))
            _twins([leaf] * half, **_numbers(leaf, half))
        _twins([self.unassigned] * half, person=self._persons(half))

    def _persons(self, count: int) -> list[Any]:
        # Each has a name: the row behind the page would else be taken for one that it shows.
        first = Person.objects.count()
        names = [f"抄{number:04d}" for number in range(first, first + count)]
        twins = [self.case.person] * count
        return _twins(twins, name=names, document_kind="none", document_index=None)


def _numbers(leaf: Any, count: int) -> dict[str, list[int]]:
    """A paper has a number that no other has."""
    if not isinstance(leaf, IssuedDocument):
        return {}
    first = leaf.serial + IssuedDocument.objects.count()
    return {"serial": list(range(first, first + count))}


def _twins(rows: list[Any], **changes: Any) -> list[Any]:
    """Copies with ids of their own; a list among the changes has a value for each of them."""
    model: type[Model] = type(rows[0])
    twins = []
    for number, row in enumerate(rows):
        twin = copy(row)
        twin._state = copy(row._state)
        twin.pk = None
        for name in ("public_id", "client_uuid"):
            if hasattr(twin, name):
                setattr(twin, name, uuid7())
        for name, value in changes.items():
            setattr(twin, name, value[number] if isinstance(value, list) else value)
        twins.append(twin)
    return model._default_manager.bulk_create(twins)


def _asked(client: Client, address: str) -> tuple[int, int]:
    """How many queries the page takes, and its bytes."""
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address, secure=True)
    assert page.status_code == 200, address
    queries = [q["sql"] for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]
    return len(queries), len(page.content)


def test_lists_ask_as_often_at_300_rows_as_at_30(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    office = Office()
    person = [office.case.person.public_id]
    pages = {reverse(name): office.worker for name in WORKERS}
    pages |= {reverse(name): office.boss for name in SUPERVISORS}
    pages |= {reverse(name, args=person): office.boss for name in OF_ONE_PERSON}
    clients = {user.pk: signed_in(user) for user in (office.worker, office.boss)}
    for client in clients.values():
        client.get("/")  # the first page of a session writes to it
    for url, user in pages.items():
        clients[user.pk].get(url)  # what is written once is written now
    asked = {}
    for rows, more in ((FEW, FEW), (MANY, MANY - FEW)):
        office.grow(more)
        # Twice: what is remembered for a minute may have ended just before the first.
        asked[rows] = {
            url: min(_asked(clients[user.pk], url) for _ in range(2)) for url, user in pages.items()
        }
    few, many = asked[FEW], asked[MANY]
    assert {url: n for url, (n, _) in many.items()} == {url: n for url, (n, _) in few.items()}
    assert [url for url, (_, size) in many.items() if size <= few[url][1]] == []
