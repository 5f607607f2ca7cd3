"""Which tap is the same tap again."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cases.models import Case
from apps.checkins.models import CheckIn
from apps.checkins.services import undo_checkin
from apps.contacts.guards import lock_cases
from apps.schedule.models import DueItem
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory
from tests.factories.schedule import seen
from tests.refusing import answered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_checkins")]
NOW, LATER = date(2024, 6, 3), date(2024, 6, 5)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False):
        yield


def tap(case: Case, **facts: Any) -> CheckIn:
    window = DueItem.objects.get(case=case, opens_on__lte=NOW, due_on__gte=NOW)
    facts = {"due_item": window, "by": UserFactory()} | facts
    return seen(case, NOW, **facts).checkin


def test_attempts_are_the_same_with_the_same_reason_and_next_day() -> None:
    case = CaseFactory()
    tried: dict[str, Any] = {"outcome": "not_done", "reason": "away", "next_on": LATER}
    first = tap(case, **tried)
    assert tap(case, **tried).pk == first.pk
    assert tap(case, **tried | {"next_on": date(2024, 6, 6)}).pk != first.pk
    assert CheckIn.objects.count() == 2


def test_what_was_done_of_another_person_is_no_twin() -> None:
    first, second = CaseFactory(), CaseFactory()
    done = tap(first)
    assert tap(first).pk == done.pk
    assert tap(second).pk != done.pk
    assert tap(second).person == second.person
    assert CheckIn.objects.count() == 2


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"next_on": date(2024, 6, 2)}, "The next date lies before the check-in."),
        ({"next_on": NOW}, None),
        ({"outcome": "not_done", "reason": "refused", "next_on": LATER}, "Say in a few words"),
        ({"method": "pigeon"}, "Choose how the person was reached."),
    ],
)
def test_what_is_odd_is_refused_where_another_tab_was_first_too(
    facts: dict[str, Any], words: str | None
) -> None:
    """Nothing is stored then, so the database says nothing about it."""
    case = CaseFactory()
    first = tap(case)
    field = "note" if words and words.startswith("Say") else None
    with answered(words, field):
        assert tap(case, **facts).pk == first.pk
    assert CheckIn.objects.get() == first


@pytest.mark.parametrize("has_order", [True, False])
def test_taps_for_one_person_wait_for_each_other_with_and_without_an_order(
    *, has_order: bool
) -> None:
    person = CaseFactory().person if has_order else PersonFactory()
    with CaptureQueriesContext(connection) as asked:
        assert len(lock_cases(person)) == has_order
    locked = [query["sql"] for query in asked if "FOR NO KEY UPDATE" in query["sql"]]
    tables = ["cases_case"] if has_order else ["cases_case", "persons_person"]
    assert len(locked) == len(tables)
    for sql, table in zip(locked, tables, strict=True):
        assert f'FROM "{table}"' in sql


def test_an_undo_waits_for_the_taps_of_the_person_and_leaves_the_row() -> None:
    by = UserFactory()
    row = tap(CaseFactory(), by=by)
    with CaptureQueriesContext(connection) as asked:
        undo_checkin(checkin=row, by=by)
    locks = [query["sql"] for query in asked if " FOR " in query["sql"]]
    assert 'FROM "cases_case"' in locks[0]
    assert 'FROM "checkins_checkin"' in locks[1]
    row.refresh_from_db()
    assert (row.undone, row.withdrawn_by, row.withdrawn_reason, row.version) == (True, by, "", 2)


def test_who_came_first_is_the_earliest_of_the_window() -> None:
    case = CaseFactory()
    for clock in ("09:00", "08:00", "09:30"):
        seen(case, NOW, clock, by=UserFactory())
    earliest = CheckIn.objects.earliest("occurred_at")
    assert tap(case).pk == earliest.pk
