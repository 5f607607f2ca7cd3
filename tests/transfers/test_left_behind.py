"""Rows of before the one mover are brought to their person, and none is left behind at the instant
of a move.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import StringIO
from threading import Event
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import reason_of
from apps.cases.models import Case
from apps.checkins.models import CheckIn
from apps.core.days import today
from apps.needs.services import record_need
from apps.persons.models import Assignment, FormerUnit, Person
from apps.persons.place_triggers import TRIGGER, placed_tables
from apps.persons.services.gathering import left_behind
from apps.persons.services.moving import ONE_DAY, move_person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WANQUAN, area
from tests.factories.pages import running_case
from tests.factories.schedule import seen


def corrected_as_before(person: Person, code: str) -> None:
    """As corrections once were: the person alone."""
    Person.objects.filter(pk=person.pk).update(town=area(code), village=None)


def checked() -> str:
    out = StringIO()
    with translation.override("en"):
        call_command("check_places", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_what_a_correction_left_behind_is_brought_to_its_person_with_history_and_reason() -> None:
    worker, boss = UserFactory(), UserFactory(town_supervisor=True, area=area(WANQUAN))
    case, other = running_case(worker), running_case(worker)
    seen(case, today())
    need = record_need(
        urgency="normal",
        said_by="person",
        person=case.person,
        by=worker,
        kind="work",
        said_on=date(2024, 3, 3),
    )
    corrected_as_before(case.person, WANQUAN)
    assert set(left_behind()) == {case.person_id}
    words = checked()
    assert left_behind() == {}
    assert "1 persons had rows elsewhere" in words
    assert CheckIn.objects.visible_to(boss).get().person == case.person
    assert Case.objects.visible_to(boss).get() == case
    assert "Left behind" in reason_of(need.events.latest("pgh_id").pgh_context.metadata)
    # Who does not work there is responsible no longer; who stayed keeps the worker.
    running = Assignment.objects.not_over_on(today())
    assert [row.person for row in running] == [other.person]
    assert "0 persons had rows elsewhere; 0 former units kept" in checked()


@pytest.mark.django_db
def test_units_of_before_are_kept_from_the_history() -> None:
    with time_machine.travel("2024-03-01T10:00:00+08:00", tick=False):
        case, stays = running_case(UserFactory()), running_case(UserFactory())
    # The history's clock is the database's: moves of three days, told by hand.
    for code in (WANQUAN, JIAJI):
        corrected_as_before(case.person, code)
    events = list(case.person.events.order_by("pgh_id"))
    days = ["2024-03-01", "2024-04-02", "2024-05-03"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE persons_personevent DISABLE TRIGGER USER")
        for event, day in zip(events[-3:], days, strict=True):
            cursor.execute(
                f"UPDATE {event._meta.db_table} SET pgh_created_at = %s WHERE pgh_id = %s",
                [f"{day}T09:00:00+08:00", event.pgh_id],
            )
        cursor.execute("ALTER TABLE persons_personevent ENABLE TRIGGER USER")
    assert "; 2 former units kept" in checked()
    rows = FormerUnit.objects.order_by("ends_on").values_list("town__code", "starts_on", "ends_on")
    assert list(rows) == [
        (JIAJI, None, date(2024, 4, 1)), (WANQUAN, date(2024, 4, 2), date(2024, 5, 2)),
    ]  # fmt: skip
    assert not FormerUnit.objects.filter(person=stays.person).exists()
    assert "0 former units kept" in checked()


@pytest.mark.django_db
def test_every_table_about_a_person_has_the_trigger() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s AND tgenabled = 'O'",
            [TRIGGER],
        )
        found = {table for (table,) in cursor.fetchall()}
    assert found == set(placed_tables())
    assert len(found) > 20


@pytest.mark.django_db
def test_a_row_saved_whole_after_a_move_stays_with_the_person() -> None:
    case = running_case(UserFactory())
    old = seen(case, today()).checkin
    move_person(person=case.person, area=area(WANQUAN), by=User.objects.system())
    old.save()
    assert left_behind() == {}


def at_the_instant(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """`second` begins when `first` has acted and not committed."""
    acted = Event()

    def one() -> None:
        try:
            with transaction.atomic():
                first()
                acted.set()
                waiting.wait(0.5)
        finally:
            connection.close()

    def two() -> None:
        try:
            acted.wait(10)
            with transaction.atomic():
                second()
        finally:
            waiting.set()
            connection.close()

    waiting = Event()
    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(one), pool.submit(two)]:
            future.result(timeout=20)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("move_first", [True, False])
def test_a_row_written_at_the_instant_of_a_move_is_not_left_behind(*, move_first: bool) -> None:
    worker = UserFactory()
    case, by = running_case(worker), User.objects.system()
    stale = Person.objects.get(pk=case.person_id)
    place, there = place_ids(stale), area(WANQUAN)

    def write() -> None:
        # As an act that locks nothing: the place was read before.
        row = CheckIn(
            person=stale, case=case, day=date(2024, 3, 5), occurred_at="2024-03-05T09:00+08:00",
            outcome="done", method="in_person", recorded_by=worker,
            recorded_at=timezone.now(), **place,
        )  # fmt: skip
        row.save()

    def move() -> None:
        move_person(person=stale, area=there, by=by)

    at_the_instant(*((move, write) if move_first else (write, move)))
    assert CheckIn.objects.get().town == there
    assert left_behind() == {}


@pytest.mark.django_db
def test_a_row_that_stands_with_its_person_already_is_not_touched() -> None:
    """Who has it open in an editor is not told that somebody changed it."""
    worker = UserFactory()
    case, other = running_case(worker), running_case(worker)
    days = (case, today()), (case, today() - ONE_DAY), (other, today())
    rows = [seen(one, day).checkin for one, day in days]
    corrected_as_before(case.person, WANQUAN)
    CheckIn.objects.filter(pk=rows[1].pk).update(**place_ids(Person.objects.get(pk=case.person_id)))
    checked()
    for row in rows:
        row.refresh_from_db()
    assert [row.version for row in rows] == [2, 1, 1]
    assert [row.town.code for row in rows] == [WANQUAN, WANQUAN, JIAJI]
