"""One tap is one row: twins, tabs, undo, and the rules of what may be recorded when."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.cases.models import Case
from apps.cases.services import close_case, set_risk_level
from apps.checkins.answers import CheckInResult
from apps.checkins.models import CheckIn
from apps.checkins.services import log_checkin, undo_checkin
from apps.core.refusals import Refused
from apps.needs.models import Need
from apps.needs.raised import RaisedNeed
from apps.schedule.models import DueItem
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory
from tests.factories.schedule import at, outcomes_of, seen, stored, windows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_checkins")]
NOW = date(2024, 6, 3)  # in the window of 24 May to 6 June, the seventh


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def case() -> Case:
    made: Case = CaseFactory()
    return made


@pytest.fixture
def worker() -> User:
    made: User = UserFactory()
    return made


def current(case: Case) -> DueItem:
    return DueItem.objects.get(case=case, opens_on__lte=NOW, due_on__gte=NOW)


def test_a_check_in_is_one_row_with_place_and_day(case: Case, worker: User) -> None:
    result = seen(case, NOW, by=worker, mood=4, note=" 找到工作 ")
    checkin = stored(result)
    assert result.created
    assert (checkin.case, checkin.day, checkin.note) == (case, NOW, "找到工作")
    assert (checkin.county_id, checkin.town_id) == (case.county_id, case.town_id)
    assert checkin.due_item == current(case)
    assert checkin.recorded_by == worker
    assert not checkin.is_late_entry


def test_the_same_tap_twice_is_one_row_with_the_same_answer(case: Case, worker: User) -> None:
    tap = uuid4()
    first = seen(case, NOW, by=worker, client_uuid=tap, due_item=current(case))
    second = seen(case, NOW, by=worker, client_uuid=tap, due_item=current(case))
    assert (first.created, second.created) == (True, False)
    assert first.checkin == second.checkin
    assert CheckIn.objects.count() == 1


def test_two_tabs_for_the_same_window_are_one_row(case: Case, worker: User) -> None:
    first = seen(case, NOW, by=worker, due_item=current(case))
    second = seen(case, NOW, by=UserFactory(), method="phone", due_item=current(case))
    assert second.checkin == first.checkin
    assert not second.created
    assert CheckIn.objects.count() == 1


def test_two_tabs_for_the_same_overdue_line_are_one_row(case: Case, worker: User) -> None:
    overdue = windows_of(case)[0]
    first = seen(case, NOW, by=worker, due_item=overdue)
    second = seen(case, NOW, by=worker, due_item=overdue)
    assert second.checkin == first.checkin
    assert outcomes_of(case, 8) == ["missed"] * 6 + ["done", "open"]


def test_two_tabs_with_the_same_attempt_are_one_row(case: Case, worker: User) -> None:
    facts = {"outcome": "not_done", "reason": "away", "next_on": NOW + timedelta(days=2)}
    first = seen(case, NOW, by=worker, due_item=current(case), **facts)
    second = seen(case, NOW, by=worker, due_item=current(case), **facts)
    assert second.checkin == first.checkin


def test_tries_of_earlier_days_are_tries_of_their_own(case: Case, worker: User) -> None:
    """Entered after the latest, all with the one next day that was agreed."""
    facts = {"outcome": "not_done", "reason": "away", "next_on": NOW + timedelta(days=2)}
    tries = [
        seen(
            case, NOW - timedelta(days=ago), by=worker, due_item=current(case), whole=True, **facts
        )
        for ago in (0, 2, 1)
    ]
    assert [one.created for one in tries] == [True] * 3
    assert CheckIn.objects.count() == 3
    assert current(case).retry_on == NOW + timedelta(days=2)


def test_an_attempt_for_what_was_done_is_answered_with_the_check_in(
    case: Case, worker: User
) -> None:
    first = seen(case, NOW, by=worker, due_item=current(case))
    second = seen(
        case,
        NOW,
        by=worker,
        due_item=current(case),
        outcome="not_done",
        reason="away",
        next_on=NOW + timedelta(days=2),
    )
    assert second.checkin == first.checkin
    assert {item.retry_on for item in windows_of(case)} == {None}


def test_a_further_contact_is_a_row_of_its_own_and_does_no_duty(case: Case) -> None:
    seen(case, NOW, due_item=current(case))
    extra = seen(case, NOW, "09:00")
    assert extra.created
    assert extra.checkin.due_item is None
    assert outcomes_of(case, 8)[-1] == "open"


def test_a_rule_without_a_window_on_the_day_still_keeps_two_tabs_to_one_row(case: Case) -> None:
    overdue = windows_of(case)[0]
    DueItem.objects.filter(case=case).exclude(pk=overdue.pk).delete()
    first = seen(case, NOW, due_item=overdue)
    overdue.refresh_from_db()
    second = seen(case, NOW, due_item=overdue)
    assert first.checkin.due_item == overdue
    assert second.checkin == first.checkin
    assert overdue.outcome == "missed"


def test_undo_takes_the_tap_back_and_its_late_twin_creates_nothing(
    case: Case, worker: User
) -> None:
    tap = uuid4()
    first = seen(case, NOW, by=worker, client_uuid=tap, due_item=current(case))
    undo_checkin(checkin=first.checkin, by=worker)
    assert outcomes_of(case, 7) == ["open"] * 7
    twin = seen(case, NOW, by=worker, client_uuid=tap, due_item=current(case))
    assert (twin.created, twin.undone, twin.checkin) == (False, True, first.checkin)
    assert CheckIn.objects.valid().count() == 0


def test_undo_twice_answers_the_same(case: Case, worker: User) -> None:
    result = seen(case, NOW, by=worker)
    first = undo_checkin(checkin=result.checkin, by=worker)
    second = undo_checkin(checkin=result.checkin, by=worker)
    assert first.withdrawn_at == second.withdrawn_at


def test_after_an_undo_the_window_can_be_done_again(case: Case, worker: User) -> None:
    undo_checkin(checkin=seen(case, NOW, by=worker, due_item=current(case)).checkin, by=worker)
    assert seen(case, NOW, by=worker, due_item=current(case)).created
    assert current(case).outcome == "done"


def test_undo_ends_after_ten_seconds_and_a_little(
    case: Case, worker: User, clock: time_machine.Traveller
) -> None:
    result = seen(case, NOW, by=worker)
    clock.shift(timedelta(seconds=15))
    undo_checkin(checkin=result.checkin, by=worker)
    result = seen(case, NOW, by=worker)
    clock.shift(timedelta(seconds=16))
    with pytest.raises(Refused, match="ten seconds"):
        undo_checkin(checkin=result.checkin, by=worker)


def test_only_the_recorder_undoes(case: Case, worker: User) -> None:
    result = seen(case, NOW, by=worker)
    with pytest.raises(Refused, match="Only the person who recorded"):
        undo_checkin(checkin=result.checkin, by=UserFactory())


def test_undo_takes_its_needs_along(case: Case, worker: User) -> None:
    result = seen(
        case, NOW, by=worker, needs=[RaisedNeed("work", "normal", "person", words="想找工作")]
    )
    need = Need.objects.get()
    assert (need.source, need.source_id, need.case) == ("checkin", result.checkin.public_id, case)
    undo_checkin(checkin=result.checkin, by=worker)
    need.refresh_from_db()
    assert need.outcome == "mistake"


def test_the_future_is_refused_but_a_phones_clock_may_be_ahead(case: Case) -> None:
    assert seen(case, NOW, "10:02").created
    with pytest.raises(Refused, match="future"):
        seen(case, NOW, "10:03")


def test_a_back_dated_check_in_is_marked_and_does_the_window_of_its_day(case: Case) -> None:
    result = seen(case, NOW - timedelta(days=14))
    assert result.checkin.is_late_entry
    assert outcomes_of(case, 7) == ["missed"] * 5 + ["done", "open"]


def test_a_contact_before_the_order_is_refused(case: Case) -> None:
    assert seen(case, date(2024, 2, 20)).checkin.case is None
    with pytest.raises(Refused, match="before it is not recorded"):
        seen(case, date(2024, 2, 19))


def test_a_person_without_an_order_can_be_contacted() -> None:
    person, by = PersonFactory(), UserFactory()
    result = log_checkin(
        person=person, by=by, client_uuid=uuid4(), method="phone", occurred_at=at(NOW)
    )
    assert (result.checkin.case, result.checkin.town_id) == (None, person.town_id)


def test_after_the_end_a_duty_is_refused_and_a_contact_is_not(case: Case) -> None:
    item, by = current(case), UserFactory(county_supervisor=True)
    close_case(case=case, by=by, on=NOW, reason="imprisoned", note="判字1号")
    with pytest.raises(Refused, match="nothing is due any more") as refusal:
        seen(case, NOW, due_item=item)
    assert "23" in str(refusal.value.article)
    assert seen(case, NOW).checkin.due_item is None


def test_before_the_agreement_a_duty_is_refused(case: Case) -> None:
    item = current(case)
    Case.objects.filter(pk=case.pk).update(agreement_on=None)
    with pytest.raises(Refused, match="No order is in force"):
        seen(case, NOW, due_item=item)


def test_the_due_item_of_another_person_is_refused(case: Case) -> None:
    with pytest.raises(Refused, match="another person"):
        seen(case, NOW, due_item=current(CaseFactory()))


def test_a_uuid_used_for_another_person_is_refused(case: Case) -> None:
    tap = uuid4()
    seen(case, NOW, client_uuid=tap)
    with pytest.raises(Refused, match="another person"):
        seen(CaseFactory(), NOW, client_uuid=tap)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"method": "pigeon"}, "how the person was reached"),
        ({"outcome": "perhaps"}, "why it could not be done"),
        ({"outcome": "not_done"}, "why it could not be done"),
        ({"outcome": "not_done", "reason": "bored"}, "why it could not be done"),
        ({"outcome": "done", "reason": "away"}, "no reason why"),
        ({"outcome": "not_done", "reason": "away"}, "day of the next try"),
        ({"outcome": "not_done", "reason": "away", "next_on": date(2024, 9, 1)}, "60 days"),
        ({"outcome": "not_done", "reason": "away", "next_on": date(2024, 6, 2)}, "before the"),
        ({"next_on": date(2024, 6, 2)}, "before the check-in"),
        ({"mood": 0}, "1 to 5"),
        ({"mood": 6}, "1 to 5"),
    ],
)
def test_what_is_unclear_is_refused(case: Case, facts: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        seen(case, NOW, **facts)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2024-06-02T15:59:59+00:00", date(2024, 6, 2)),
        ("2024-06-02T16:00:00+00:00", date(2024, 6, 3)),
    ],
)
def test_midnight_is_midnight_in_shanghai(case: Case, moment: str, day: date) -> None:
    result: CheckInResult = log_checkin(
        person=case.person,
        by=UserFactory(),
        client_uuid=uuid4(),
        method="phone",
        occurred_at=datetime.fromisoformat(moment),
    )
    assert result.checkin.day == day


def test_a_tap_takes_few_queries(case: Case, worker: User) -> None:
    item = current(case)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        seen(case, NOW, by=worker, due_item=item)
    ours = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
    assert len(ours) <= 8, ours


@pytest.mark.parametrize("named", [True, False])
def test_a_window_that_a_new_plan_cut_short_is_free_for_a_checkin_of_its_days(
    case: Case, worker: User, named: bool
) -> None:
    """The one of a later day was logged for it while it was longer; nothing is lost or refused."""
    boss = UserFactory(town_supervisor=True)

    def logged(day: date, item: DueItem | None = None) -> CheckInResult:
        facts = {"person": case.person, "by": worker, "client_uuid": uuid4(), "method": "phone"}
        return log_checkin(occurred_at=at(day), due_item=item, **facts)

    logged(date(2024, 3, 10))
    set_risk_level(
        person=case.person, risk_level="high", source="assessed", by=boss, on=date(2024, 3, 1),
        reason="再次评估为高风险",
    )  # fmt: skip
    first = DueItem.objects.get(case=case, opens_on=date(2024, 3, 1))
    assert first.due_on == date(2024, 3, 7)
    assert logged(date(2024, 3, 5), first if named else None).created
    first.refresh_from_db()
    assert first.done_on == date(2024, 3, 5)
