"""A ledger of check-ins: the rules of a tap, row by row, in few queries."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.cases.models import Case
from apps.checkins.bulk import BroughtIn, LedgerCheckIn, bring_in_checkins
from apps.checkins.edits import withdraw_checkin
from apps.checkins.models import CheckIn
from apps.needs.models import Need
from apps.needs.services import close_need
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory
from tests.factories.schedule import at, outcomes_of, plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_checkins")]
NOW = date(2024, 6, 3)
APRIL = date(2024, 4, 1)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment:
        yield moment


def row(case: Case, day: date, clock: str = "08:30", **facts: Any) -> LedgerCheckIn:
    facts = {"method": "app", "state_words": "状态良好"} | facts
    return LedgerCheckIn(case.person, at(day, clock), **facts)


def bring_in(*rows: LedgerCheckIn) -> BroughtIn:
    return bring_in_checkins(rows, by=User.objects.system())


def statuses(found: BroughtIn) -> list[str]:
    return [result.status for result in found.results]


def test_rows_are_stored_with_place_words_and_source_and_settled() -> None:
    plan("1d", area(QIONGHAI), recorded_elsewhere=True)
    case = CaseFactory(brought_in_on=NOW)
    found = bring_in(row(case, date(2024, 3, 1)), row(case, date(2024, 3, 3)))
    assert statuses(found) == ["new", "new"]
    assert outcomes_of(case, 4) == ["done", "missed", "done", "open"]
    checkin = CheckIn.objects.earliest("occurred_at")
    assert (checkin.source, checkin.state_words, checkin.mood) == ("ledger", "状态良好", None)
    assert (checkin.case, checkin.town_id) == (case, case.town_id)
    assert checkin.due_item is None


def test_what_is_stored_already_is_unchanged() -> None:
    case = CaseFactory()
    bring_in(row(case, APRIL))
    found = bring_in(row(case, APRIL), row(case, APRIL, "09:00"), row(case, APRIL, "09:00"))
    assert statuses(found) == ["unchanged", "new", "unchanged"]
    assert CheckIn.objects.count() == 2


def test_another_fact_for_the_same_moment_is_refused_with_both_values() -> None:
    case = CaseFactory()
    bring_in(row(case, APRIL))
    [result] = bring_in(row(case, APRIL, method="phone", state_words="")).results
    assert result.status == "refused"
    assert "Phone app" in result.words
    assert "状态良好" in result.words


def test_a_withdrawn_row_that_comes_again_stays_withdrawn() -> None:
    case = CaseFactory()
    bring_in(row(case, APRIL))
    withdraw_checkin(checkin=CheckIn.objects.get(), by=UserFactory(), reason="not his")
    assert statuses(bring_in(row(case, APRIL))) == ["unchanged"]
    assert CheckIn.objects.valid().count() == 0


def test_each_row_keeps_the_rules_of_a_tap() -> None:
    case = CaseFactory()
    found = bring_in(
        row(case, NOW + timedelta(days=1)),
        row(case, date(2024, 1, 1)),
        row(case, APRIL, method="pigeon"),
        row(case, APRIL),
    )
    assert statuses(found) == ["refused", "refused", "refused", "new"]
    assert "future" in found.results[0].words


def test_a_person_without_an_order_is_taken_with_the_place_of_the_person() -> None:
    person = PersonFactory()
    bring_in(LedgerCheckIn(person, at(APRIL), "app"))
    assert CheckIn.objects.get().village_id == person.village_id


def test_one_open_need_a_person_from_the_first_day_on_which_it_was_asked() -> None:
    case, other = CaseFactory(), CaseFactory()
    facts = {"state_words": "需要帮助", "asks_help": True}
    found = bring_in(
        row(case, APRIL + timedelta(days=3), **facts),
        row(case, APRIL, **facts),
        row(other, APRIL, **facts),
        row(other, APRIL + timedelta(days=1)),
    )
    assert found.needs_opened == 2
    need = Need.objects.get(person=case.person)
    assert (need.kind, need.said_on, need.words) == ("unspecified", APRIL, "需要帮助")
    again = bring_in(row(case, APRIL + timedelta(days=9), **facts))
    assert again.needs_opened == 0


def test_a_need_that_was_closed_does_not_come_back_with_the_same_ledger() -> None:
    case = CaseFactory()
    asking = row(case, APRIL, state_words="需要帮助", asks_help=True)
    bring_in(asking)
    close_need(need=Need.objects.get(), by=UserFactory(), outcome="met", on=NOW)
    assert bring_in(asking).needs_opened == 0


def test_the_number_of_queries_does_not_grow_with_the_rows() -> None:
    case = CaseFactory()
    bring_in(row(case, APRIL))
    counts = []
    for days in (3, 30):
        rows = [row(case, APRIL + timedelta(days=n), f"1{days % 7}:00") for n in range(days)]
        with CaptureQueriesContext(connection) as queries:
            bring_in(*rows)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_progress_is_told() -> None:
    case, told = CaseFactory(), []
    bring_in_checkins([row(case, APRIL)], by=User.objects.system(), progress=told.append)
    assert told == [1]


def test_nothing_at_all_is_fine() -> None:
    assert bring_in().results == []
