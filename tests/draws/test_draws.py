"""Who stands in a pool, what is stored, and that it stays so."""

import threading
import time
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
import time_machine
from django.conf import settings
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.areas.models import Area
from apps.cases.services import close_case, report_leave, suspend_case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.draws.models import Draw, Drawn
from apps.draws.services import result_of, withdraw_excuse
from apps.persons.services.moving import move_person
from config.embedded_postgres import Connection
from tests.architecture.test_lists_ask_no_more import _twins
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.draws import drawn_from, excused
from tests.factories.pages import running_case
from tests.factories.persons import PersonFactory, merged_into
from tests.refusing import refused

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def numbers(draw: Draw) -> set[str]:
    return set(draw.times)


def reasons(draw: Draw) -> dict[str, str]:
    return dict(draw.excused)


def test_a_stored_draw_gives_the_same_names_again() -> None:
    cases = [running_case() for _ in range(6)]
    made = drawn_from(wanted=4)
    stored = Draw.objects.get(pk=made.pk)
    assert result_of(stored) == stored.drawn
    rows = Drawn.objects.filter(draw=stored).order_by("place")
    assert [str(row.person.public_id) for row in rows] == stored.drawn
    assert numbers(stored) == {str(case.person.public_id) for case in cases}
    assert (len(stored.seed), stored.algorithm) == (32, 1)
    assert "陈" not in str(stored.pool)


def test_two_draws_have_two_seeds() -> None:
    running_case()
    one, two = drawn_from(), drawn_from(day=today() + A_DAY)
    assert one.seed != two.seed


def test_the_pool_holds_only_persons_with_a_running_duty_in_the_unit() -> None:
    inside = running_case().person
    PersonFactory()  # nobody's order
    running_case(days=1200)  # its term has ended
    CaseFactory(not_agreed=True), CaseFactory(not_reported=True)
    closed = running_case()
    close_case(case=closed, by=UserFactory(county_supervisor=True), on=today(), reason="deceased",
               note="死亡证明")  # fmt: skip
    elsewhere = running_case()
    move_person(person=elsewhere.person, area=area(WANQUAN), by=UserFactory(county_supervisor=True))
    made = drawn_from()
    assert numbers(made) == {str(inside.public_id)}
    assert made.excused == []


def test_a_term_that_ends_before_a_later_day_of_the_draw_is_no_duty_on_it() -> None:
    staying = running_case().person
    running_case(paper_end_on=today() + A_DAY)
    assert len(numbers(drawn_from(day=today() + A_DAY))) == 2
    assert numbers(drawn_from(day=today() + 2 * A_DAY)) == {str(staying.public_id)}


def test_who_is_away_held_or_ill_is_excused_with_the_reason() -> None:
    free, away, held, ill, well = (running_case() for _ in range(5))
    boss = UserFactory(town_supervisor=True)
    report_leave(
        case=away, by=boss, starts_on=today(), until_on=today() + A_DAY, destination="三亚"
    )
    suspend_case(case=held, by=boss, starts_on=today() - A_DAY, reason="detained")
    excused(ill.person)
    taken_back = excused(well.person)
    withdraw_excuse(excuse=taken_back, by=boss, reason="记错了人")
    made = drawn_from(wanted=2)
    number = {case: str(case.person.public_id) for case in (free, away, held, ill, well)}
    assert reasons(made) == {number[away]: "leave", number[held]: "held", number[ill]: "ill"}
    assert numbers(made) == {number[free], number[well]}


def test_an_excuse_for_another_reason_says_which_and_ends_within_a_month() -> None:
    person = running_case().person
    with pytest.raises(Refused, match="其他"):
        excused(person, reason="other")
    with refused("An excuse is for a month at most", "last"):
        excused(person, last=today() + timedelta(days=32))
    with refused("The end lies before the beginning."):
        excused(person, last=today() - A_DAY)
    assert excused(person, reason="other", words="高考").words == "高考"


def test_an_empty_pool_is_refused_in_words() -> None:
    with pytest.raises(Refused) as refused:
        drawn_from()
    assert refused.value.field == "area"
    assert not Draw.objects.exists()


@pytest.mark.parametrize("facts", [
    {"wanted": 0}, {"wanted": 3}, {"floor": 3}, {"ceiling": 0}, {"valid_days": 31},
    {"period_days": 0}, {"period_days": 367},
    {"day": date(24, 2, 29)}, {"day": date(9999, 12, 31)},
])  # fmt: skip
def test_what_makes_no_sense_is_refused_and_leaves_nothing(facts: dict[str, Any]) -> None:
    running_case(), running_case()
    with pytest.raises(Refused):
        drawn_from(**facts)
    assert not Draw.objects.exists()


def test_a_day_that_is_over_and_one_too_far_ahead_are_refused() -> None:
    running_case()
    for day in (today() - A_DAY, today() + 32 * A_DAY):
        with refused("A draw is made for today or one of the days after it", "day"):
            drawn_from(day=day)
    assert drawn_from(day=today() + 31 * A_DAY).pk


def test_a_draw_of_the_29th_of_february_counts_the_days_before() -> None:
    with time_machine.travel("2024-02-29T09:00:00+08:00", tick=False):
        running_case()
        made = drawn_from(valid_days=1)
        assert (made.day, made.until) == (date(2024, 2, 29), date(2024, 3, 1))
        assert made.bounds.first(made.day) == date(2023, 12, 2)


@pytest.mark.parametrize("day", ["2024-06-01", "2024-06-02"])
def test_weekends_are_days_like_others(day: str) -> None:
    with time_machine.travel(f"{day}T09:00:00+08:00", tick=False):
        running_case()
        assert drawn_from().day.weekday() > 4


def test_nobody_is_drawn_more_often_than_the_most_and_days_ahead_count() -> None:
    [running_case() for _ in range(3)]
    drawn_from(day=today() + 2 * A_DAY, wanted=2, ceiling=1)
    made = drawn_from(day=today() + A_DAY, ceiling=1)
    assert sorted(made.times.values()) == [0, 1, 1]
    assert made.times[made.drawn[0]] == 0
    with pytest.raises(Refused) as refused:
        drawn_from(ceiling=1)
    assert refused.value.field == "wanted"
    assert drawn_from(ceiling=2).pk


def test_who_moves_takes_along_how_often_they_were_drawn() -> None:
    person = running_case().person
    drawn_from()
    move_person(person=person, area=area(WANQUAN), by=UserFactory(county_supervisor=True))
    there = drawn_from(area(WANQUAN))
    assert list(there.times.values()) == [1]


def test_the_floor_holds_once_the_period_is_behind_the_unit() -> None:
    with time_machine.travel(f"{today()}T09:00:00+08:00", tick=False) as clock:
        [running_case() for _ in range(3)]
        drawn_from(wanted=1, period_days=10, floor=1)
        clock.shift(timedelta(days=9))
        with pytest.raises(Refused) as refused:
            drawn_from(wanted=1, period_days=10, floor=1)
        assert refused.value.field == "wanted"
        made = drawn_from(wanted=2, period_days=10, floor=1)
        assert {made.times[one] for one in made.drawn} == {0}


def test_a_unit_and_a_day_have_one_draw_and_a_village_its_own() -> None:
    [running_case() for _ in range(2)]
    drawn_from()
    with pytest.raises(Refused, match="已有"):
        drawn_from()
    assert drawn_from(area("469002100200")).unit.name == "先锋村"
    assert drawn_from(area(QIONGHAI)).unit == area(QIONGHAI)


def test_a_form_sent_twice_is_one_draw() -> None:
    running_case()
    boss, key = UserFactory(town_supervisor=True), uuid4()
    assert drawn_from(by=boss, client_uuid=key) == drawn_from(by=boss, client_uuid=key)


def test_what_was_drawn_stays_when_files_are_merged_and_moved() -> None:
    person = running_case().person
    made = drawn_from()
    other = PersonFactory(name=person.name)
    merged_into(other, person, UserFactory(records_admin=True))
    row = Drawn.objects.get(draw=made)
    assert (row.person_id, str(row.number)) == (other.pk, made.drawn[0])
    assert result_of(Draw.objects.get(pk=made.pk)) == made.drawn


@pytest.mark.parametrize("change", [
    "UPDATE draws_draw SET seed = repeat('0', 32)", "DELETE FROM draws_draw",
    "UPDATE draws_draw SET drawn = '[]'", "DELETE FROM draws_drawn",
    "UPDATE draws_drawn SET place = 2", "UPDATE draws_drawn SET day = day + 1",
])  # fmt: skip
def test_not_even_the_owner_changes_a_stored_draw(change: str) -> None:
    running_case()
    drawn_from()
    refused = pytest.raises(InternalError, match="pgtrigger")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_serving_role_can_only_add_draws() -> None:
    web = Connection(settings.VAR_DIR).connect("web", connection.settings_dict["NAME"])
    for change in ("UPDATE draws_draw SET wanted = 2", "DELETE FROM draws_draw",
                   "TRUNCATE draws_draw CASCADE", "DELETE FROM draws_drawn"):  # fmt: skip
        with web.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute(change)
        web.rollback()
    web.close()


def at_once(*units: Area, **facts: Any) -> list[str]:
    """What each of two hands is told that draw in the same moment."""
    by, said = UserFactory(county_supervisor=True), []

    def act(unit: Area) -> None:
        try:
            said.append(str(drawn_from(unit, by=by, **facts).pk))
        except Refused as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[unit]) for unit in units]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said, key=len)


@pytest.mark.django_db(transaction=True)
def test_two_draws_at_once_for_one_unit_and_day_are_one() -> None:
    [running_case() for _ in range(4)]
    made, refused = at_once(area(JIAJI), area(JIAJI))
    assert Draw.objects.get().pk == int(made)
    assert "已有抽检" in refused


@pytest.mark.django_db(transaction=True)
def test_a_town_and_its_county_at_once_do_not_go_beyond_the_most_together() -> None:
    running_case()
    made, refused = at_once(area(JIAJI), area(QIONGHAI), ceiling=1)
    assert Draw.objects.get().pk == int(made)
    assert "可抽的只有 0 人" in refused


def test_a_pool_of_many_asks_no_more_than_a_pool_of_few() -> None:
    def asked(**facts: Any) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            drawn_from(by=boss, **facts)
        return len(found)

    boss = UserFactory(town_supervisor=True)
    running_case()
    few = asked()
    [running_case() for _ in range(12)]
    assert asked(day=today() + A_DAY, wanted=5) == few
    assert few <= 16


def test_a_pool_of_three_thousand_is_drawn_within_two_seconds() -> None:
    case, number = running_case(), 3000
    people = _twins([case.person] * number, document_kind="none", document_index=None)
    _twins([case] * number, person=people, decision_number="")
    begun = time.perf_counter()
    made = drawn_from(wanted=300)
    assert time.perf_counter() - begun < 2
    assert len(made.pool) == number + 1
    assert result_of(Draw.objects.get(pk=made.pk)) == made.drawn
