"""A care plan: one is open, its steps and reviews, how it ends, and that nobody owes anything."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.care.models import CarePlan, CareReview, CareStep
from apps.care.services import close_plan, correct_step, end_step, withdraw_entry
from apps.care.today import _reviews, _steps
from apps.cases.models import Case
from apps.cases.services import add_member, close_case, end_member
from apps.core.refusals import Refused
from apps.needs.services import record_need
from apps.persons.models import Person
from apps.schedule.scope import Scope
from tests.factories.accounts import UserFactory
from tests.factories.care import looked_at, planned, stepped
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory, merged_into

pytestmark = pytest.mark.django_db
DAY, BEFORE = date(2024, 6, 3), date(2024, 5, 24)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def case() -> Case:
    made: Case = CaseFactory()
    return made


@pytest.fixture
def plan(case: Case, boss: User) -> CarePlan:
    return planned(case.person, by=boss)


def due(by: User, day: date = DAY) -> tuple[int, int]:
    return len(_reviews(Scope(by, day))), len(_steps(Scope(by, day)))


def test_one_plan_is_open_and_a_closed_one_makes_room(plan: CarePlan, boss: User) -> None:
    with pytest.raises(Refused, match="is open already"):
        planned(plan.person, by=boss)
    close_plan(plan=plan, by=boss, on=DAY, reason="目标已经达到")
    assert planned(plan.person, by=boss, day=DAY).is_open
    assert CarePlan.objects.open().count() == 1


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"goals": "  "}, "Say the goals in words"),
        ({"day": date(2024, 6, 4)}, "lies in the future"),
        ({"review_on": BEFORE}, "The next review comes after this day"),
        ({"review_on": date(2024, 1, 1)}, "The next review comes after this day"),
        ({"review_on": date(2025, 5, 26)}, "A review is held within a year"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    case: Case, boss: User, facts: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        planned(case.person, by=boss, **{"day": BEFORE, **facts})
    assert planned(case.person, by=boss, day=BEFORE, review_on=date(2025, 5, 25)).is_open


def test_nobody_plans_with_who_has_died(boss: User) -> None:
    with pytest.raises(Refused, match="has died"):
        planned(PersonFactory(life_status="deceased"), by=boss)


def test_a_step_says_who_does_it(plan: CarePlan, case: Case, boss: User) -> None:
    police = add_member(case=case, by=boss, kind="police", on=BEFORE, name="符建民")
    other = add_member(case=CaseFactory(), by=boss, kind="police", on=BEFORE, name="别人")
    for facts, words in (
        ({"doer": "member"}, "Choose who of the team"),
        ({"doer": "member", "member": other}, "Choose who of the team"),
        ({"doer": "other", "doer_words": " "}, "Say in words who does it"),
        ({"task": " "}, "Say what is done"),
        ({"by_day": date(2024, 5, 23)}, "lies before the plan"),
    ):
        with pytest.raises(Refused, match=words):
            stepped(plan, by=boss, **facts)
    assert stepped(plan, by=boss, doer="member", member=police).who == "符建民 · Community police"
    assert stepped(plan, by=boss, doer="other", doer_words="镇人社所").who == "镇人社所"
    own = stepped(plan, by=boss, doer_words="left over", member=police)
    assert (own.who, own.member, own.doer_words) == ("The person", None, "")
    end_member(member=police, by=boss, on=date(2024, 6, 2), reason="调走了")
    with pytest.raises(Refused, match="has left the team"):
        stepped(plan, by=boss, doer="member", member=police)


def test_a_step_is_for_a_need_of_the_same_person(plan: CarePlan, boss: User) -> None:
    def need(person: Person) -> Any:
        return record_need(person=person, by=boss, kind="work", urgency="normal",
                           said_by="person", said_on=BEFORE)  # fmt: skip

    with pytest.raises(Refused, match="another person's"):
        stepped(plan, by=boss, need=need(PersonFactory()))
    assert stepped(plan, by=boss, need=need(plan.person)).need is not None


def test_how_a_step_ended_is_said_and_may_be_said_anew(plan: CarePlan, boss: User) -> None:
    step = stepped(plan, by=boss)
    for facts, words in (
        ({"ended": "not_done", "on": DAY, "words": "无无"}, "Say why, in words"),
        ({"ended": "dropped", "on": DAY}, "Say why, in words"),
        ({"ended": "done", "on": date(2024, 6, 4)}, "lies in the future"),
        ({"ended": "done", "on": date(2024, 5, 23)}, "lies before the plan"),
    ):
        with pytest.raises(Refused, match=words):
            end_step(step=step, by=boss, **facts)
    end_step(step=step, by=boss, ended="not_done", on=DAY, words="报名已满，下月再报")
    said = end_step(step=step, by=boss, ended="done", on=DAY)
    assert (said.ended, said.ended_words) == ("done", "")


def test_the_last_review_says_the_day_of_the_next(plan: CarePlan, boss: User) -> None:
    def following() -> date:
        found: date = CarePlan.objects.with_next_review().get().next_review
        return found

    assert following() == plan.review_on
    later = looked_at(plan, by=boss, day=date(2024, 6, 2), next_on=date(2024, 7, 2))
    looked_at(plan, by=boss, day=date(2024, 5, 30), next_on=date(2024, 6, 15))
    assert following() == date(2024, 7, 2)
    withdraw_entry(row=later, by=boss, reason="记错了人")
    assert following() == date(2024, 6, 15)
    for facts, words in (
        ({"day": date(2024, 5, 30)}, "A review of this day is on record"),
        ({"day": date(2024, 5, 23)}, "lies before the plan"),
        ({"day": date(2024, 6, 4)}, "lies in the future"),
        ({"day": DAY, "next_on": DAY}, "comes after this day"),
        ({"day": DAY, "took_part": " "}, "Say who took part"),
    ):
        with pytest.raises(Refused, match=words):
            looked_at(plan, by=boss, **facts)


def test_a_plan_closes_with_a_reason_and_takes_nothing_more(plan: CarePlan, boss: User) -> None:
    step = stepped(plan, by=boss)
    looked_at(plan, by=boss, day=date(2024, 6, 2))
    for on, reason, words in (
        (DAY, "。。", "Say why it is closed"),
        (date(2024, 6, 1), "目标达到", "before the plan or its last review"),
        (date(2024, 6, 4), "目标达到", "lies in the future"),
    ):
        with pytest.raises(Refused, match=words):
            close_plan(plan=plan, by=boss, on=on, reason=reason)
    close_plan(plan=plan, by=boss, on=DAY, reason="目标达到")
    for act in (
        lambda: stepped(plan, by=boss), lambda: looked_at(plan, by=boss),
        lambda: end_step(step=step, by=boss, ended="done", on=DAY),
        lambda: close_plan(plan=plan, by=boss, on=DAY, reason="再关一次"),
    ):  # fmt: skip
        with pytest.raises(Refused, match="This plan is closed"):
            act()


def test_a_plan_that_is_withdrawn_takes_its_parts_along(plan: CarePlan, boss: User) -> None:
    step, review = stepped(plan, by=boss), looked_at(plan, by=boss)
    with pytest.raises(Refused, match="Say why it is withdrawn"):
        withdraw_entry(row=plan, by=boss, reason="。")
    withdraw_entry(row=plan, by=boss, reason="填错了人")
    for row in (step, review):
        row.refresh_from_db()
        assert row.withdrawn_reason == "填错了人"
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_entry(row=step, by=boss, reason="再撤一次")
    with pytest.raises(Refused, match="This plan was withdrawn"):
        stepped(plan, by=boss)
    assert planned(plan.person, by=boss).is_open


def test_today_asks_from_the_day_on_while_the_order_is_in_force(
    plan: CarePlan, case: Case, boss: User
) -> None:
    step = stepped(plan, by=boss, by_day=date(2024, 6, 10))
    assert due(boss, date(2024, 6, 9)) == (0, 0)
    assert due(boss, date(2024, 6, 10)) == (0, 1)
    assert due(boss, date(2024, 6, 22)) == (0, 1)
    assert due(boss, plan.review_on) == (1, 1)
    end_step(step=step, by=boss, ended="done", on=DAY)
    looked_at(plan, by=boss)
    assert due(boss, plan.review_on) == (0, 0)
    assert due(boss, date(2024, 7, 3)) == (1, 0)
    close_case(case=case, by=boss, reason="revoked", on=DAY)
    assert due(boss, date(2024, 7, 3)) == (0, 0), "nobody is reminded of anybody after the term"


def test_two_at_once_make_one_plan(case: Case, boss: User) -> None:
    first = planned(case.person, by=boss)
    key = first.client_uuid
    same = planned(case.person, by=boss, client_uuid=key, review_on=first.review_on)
    assert same == first


def test_the_database_keeps_what_a_plan_is(plan: CarePlan, boss: User) -> None:
    def made(model: Any, **facts: Any) -> Any:
        return model.objects.create(
            person=plan.person, recorded_at=timezone.now(), recorded_by=boss,
            **place_ids(plan.person), **facts,
        )  # fmt: skip

    stranger = PersonFactory()
    step = {"plan": plan, "task": "报名", "doer": "person", "by_day": DAY}
    end = {"ended": "done", "ended_on": DAY}
    own = {"day": BEFORE, "goals": "工作", "review_on": DAY, "person": stranger,
           "recorded_at": timezone.now(), "recorded_by": boss}  # fmt: skip
    closed = {"closed_on": DAY, "closed_by": boss, "close_reason": "达到"}
    for name, act in (
        ("care_plan_one_open", lambda: made(CarePlan, day=DAY, goals="工作",
                                            review_on=date(2024, 7, 1))),
        ("care_plan_review_after_start", lambda: CarePlan.objects.create(
            **own | {"review_on": BEFORE}, **place_ids(stranger))),
        ("care_plan_closed_after_start", lambda: CarePlan.objects.create(
            **own | closed | {"closed_on": date(2024, 5, 1)}, **place_ids(stranger))),
        ("care_plan_closed_by_somebody", lambda: CarePlan.objects.create(
            **own | closed | {"close_reason": ""}, **place_ids(stranger))),
        ("care_plan_withdrawn_by_somebody", lambda: CarePlan.objects.create(
            **own, withdrawn_at=timezone.now(), **place_ids(stranger))),
        ("care_step_has_doer", lambda: made(CareStep, **step | {"doer": "member"})),
        ("care_step_has_doer", lambda: made(CareStep, **step | {"doer": "other"})),
        ("care_step_has_doer", lambda: made(CareStep, **step, doer_words="谁")),
        ("care_step_ended_in_words", lambda: made(CareStep, **step, ended="done")),
        ("care_step_ended_in_words", lambda: made(CareStep, **step | end | {"ended": "dropped"})),
        ("care_step_withdrawn_by_somebody", lambda: made(CareStep, **step, withdrawn_by=boss)),
        ("care_step_fits", lambda: CareStep.objects.create(
            **step, person=stranger, recorded_at=timezone.now(), recorded_by=boss,
            **place_ids(stranger))),
        ("care_review_next_later", lambda: made(CareReview, plan=plan, day=DAY, took_part="本人",
                                                next_on=DAY)),
        ("care_review_withdrawn_by_somebody", lambda: made(
            CareReview, plan=plan, day=DAY, took_part="本人", next_on=date(2024, 7, 1),
            withdrawn_by=boss)),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            act()
    looked_at(plan, by=boss)
    with pytest.raises(IntegrityError, match="care_review_once"), transaction.atomic():
        made(CareReview, plan=plan, day=DAY, took_part="本人", next_on=date(2024, 7, 1))
    close_plan(plan=plan, by=boss, on=DAY, reason="达到了")
    with pytest.raises(IntegrityError, match="care_plan_is_open"), transaction.atomic():
        made(CareStep, **step)
    with pytest.raises(IntegrityError, match="care_plan_is_open"), transaction.atomic():
        made(CareReview, plan=plan, day=date(2024, 6, 1), took_part="本人", next_on=DAY)


def test_of_two_files_with_a_plan_each_one_is_closed_first(boss: User) -> None:
    records = UserFactory(records_admin=True)
    kept, merged = PersonFactory(), PersonFactory()
    planned(kept, by=boss)
    other = planned(merged, by=boss)
    stepped(other, by=boss)
    with pytest.raises(Refused, match="Close one of the two care plans first"):
        merged_into(kept, merged, records)
    close_plan(plan=other, by=boss, on=DAY, reason="两份档案是一个人")
    merged_into(kept, merged, records)
    assert kept.care_plans.count() == 2
    assert kept.care_steps.count() == 1


def test_a_step_is_put_right_with_a_reason_and_the_history_keeps_what_was_written(
    case: Case, plan: CarePlan, boss: User
) -> None:
    gone = add_member(case=case, by=boss, kind="police", on=date(2024, 5, 1), name="符建民")
    step = stepped(plan, by=boss, doer="member", member=gone)
    add_member(case=case, by=boss, kind="worker", on=date(2024, 5, 1), name="林晓", leads=True)
    end_member(member=gone, by=boss, on=date(2024, 6, 1), reason="调到县里工作")
    facts: dict[str, Any] = {
        "step": step, "by": boss, "version": 1, "reason": "日期写错了", "task": "陪同去镇人社所",
        "doer": "member", "member": gone, "by_day": date(2024, 6, 20),
    }  # fmt: skip
    for wrong, words in (
        ({"reason": "。"}, "Say why"), ({"version": 2}, "Somebody else"), ({"task": " "}, "done"),
        ({"by_day": BEFORE - timedelta(days=1)}, "before the plan"),
        ({"need": record_need(person=CaseFactory().person, by=boss, kind="work",
                              urgency="normal", said_by="person", said_on=BEFORE)}, "another"),
        ({"doer": "other", "member": None}, "in words who"),
        ({"member": None}, "Choose who"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            correct_step(**facts | wrong)
    done = correct_step(**facts)
    assert (done.task, done.member, done.by_day, done.version) == (
        "陪同去镇人社所", gone, date(2024, 6, 20), 2,
    )  # fmt: skip
    with pytest.raises(Refused, match="left the team"):
        correct_step(**facts | {"version": 2, "member": end_member(
            member=add_member(case=case, by=boss, kind="police", on=date(2024, 5, 1), name="王某"),
            by=boss, on=date(2024, 6, 1), reason="调走了")})  # fmt: skip
    correct_step(**facts | {"version": 2, "doer": "person", "member": None})
    told = CareStep.pgh_event_model.objects.filter(pgh_obj=step).order_by("pgh_id")  # type: ignore[attr-defined]
    assert [one.doer for one in told] == ["member", "member", "person"]
    end_step(step=step, by=boss, ended="done", on=DAY)
    with pytest.raises(Refused, match="Somebody else"):
        correct_step(**facts | {"version": 3})
    other = add_member(case=CaseFactory(), by=boss, kind="police", on=DAY, name="王某")
    with pytest.raises(IntegrityError, match="care_step_fits"), transaction.atomic():
        CareStep.objects.filter(pk=step.pk).update(doer="member", member=other)


def test_one_plan_stands_on_a_day_that_is_over_too(plan: CarePlan, boss: User) -> None:
    closed = close_plan(plan=plan, by=boss, on=DAY, reason="目标达到")
    with pytest.raises(Refused, match="Another care plan stood until") as refusal:
        planned(plan.person, by=boss, day=DAY - timedelta(days=1))
    assert refusal.value.field == "day"
    assert planned(plan.person, by=boss, day=DAY).day == closed.closed_on


def test_a_plan_closes_after_what_was_done_in_it(plan: CarePlan, boss: User) -> None:
    step, dropped = stepped(plan, by=boss), stepped(plan, by=boss, task="去司法所")
    end_step(step=step, by=boss, ended="done", on=DAY - timedelta(days=1))
    end_step(step=dropped, by=boss, ended="dropped", on=DAY, words="本人不想去了")
    with pytest.raises(Refused, match="was done on") as refusal:
        close_plan(plan=plan, by=boss, on=DAY - timedelta(days=2), reason="目标达到")
    assert refusal.value.field == "on"
    close_plan(plan=plan, by=boss, on=DAY - timedelta(days=1), reason="目标达到")


def test_today_asks_nothing_of_who_is_three_years_abstinent(plan: CarePlan, boss: User) -> None:
    stepped(plan, by=boss, by_day=DAY)
    assert list(_steps(Scope(boss, DAY)))
    Person.objects.filter(pk=plan.person_id).update(life_status="clean", life_status_since=DAY)
    assert not list(_steps(Scope(boss, DAY)))
