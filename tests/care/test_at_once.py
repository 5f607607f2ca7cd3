"""Two hands at one plan or one list at the same moment, each with a connection of its own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from apps.accounts.models import User
from apps.care.models import CareList, CareListEntry, CarePlan, CareStep
from apps.care.services import close_list, close_plan, correct_step, end_step, fill_list
from apps.cases.models import Case, TeamMember
from apps.cases.services import add_member, name_lead, withdraw_member
from apps.core.days import today
from apps.core.refusals import Refused
from tests.checkins.test_at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.care import care_list_of, cared_for, looked_at, planned, stepped
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db(transaction=True)


def tried(act: Callable[[], Any]) -> Callable[[], bool]:
    """Whether it went through; refused in words is the other answer, and there is no third."""

    def run() -> bool:
        try:
            act()
        except Refused:
            return False
        return True

    return run


def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


def test_two_who_open_a_plan_make_one() -> None:
    person, users = CaseFactory().person, [boss(), boss()]
    acts = [tried(lambda by=by: planned(person, by=by)) for by in users]
    assert sorted(at_once(*acts)) == [False, True]
    assert CarePlan.objects.open().filter(person=person).count() == 1


def test_no_step_and_no_review_comes_into_a_plan_that_closes_at_the_same_moment() -> None:
    by = boss()
    plan = planned(CaseFactory().person, by=by)
    done = at_once(
        tried(lambda: close_plan(plan=plan, by=by, on=today(), reason="目标已经达到")),
        tried(lambda: stepped(plan, by=by)),
        tried(lambda: looked_at(plan, by=by, day=today() - timedelta(days=1))),
    )
    plan.refresh_from_db()
    assert done[0]
    assert plan.closed_on is not None
    assert CareStep.objects.filter(plan=plan).exists() is done[1]
    assert plan.reviews.exists() is done[2]


def test_who_corrects_a_step_that_ends_at_the_same_moment_sees_it_first() -> None:
    by = boss()
    step = stepped(planned(CaseFactory().person, by=by), by=by)
    ended, corrected = at_once(
        tried(lambda: end_step(step=step, by=by, ended="done", on=today())),
        tried(lambda: correct_step(
            step=step, by=by, reason="日期写错了", version=1, task="陪同报名", doer="person",
            by_day=step.by_day,
        )),
    )  # fmt: skip
    step.refresh_from_db()
    assert ended
    assert step.ended == "done", "whichever came first, the end stays"
    assert (step.task == "陪同报名") is corrected
    assert step.version == 2 + corrected


def test_nobody_comes_onto_a_list_that_closes_at_the_same_moment() -> None:
    by = boss()
    found: CareList = care_list_of(by=by)
    cases: list[Case] = [CaseFactory() for _n in range(3)]
    closed, filled, added = at_once(
        tried(lambda: close_list(found=found, by=by)),
        tried(lambda: fill_list(found=found, by=by, whom="all", reason="需要一起帮助")),
        tried(lambda: cared_for(found, cases[0].person, by=by)),
    )
    found.refresh_from_db()
    assert closed
    there = CareListEntry.objects.filter(list=found).count()
    assert there == (3 if filled else int(added))


def test_two_who_fill_one_list_double_nobody() -> None:
    by = boss()
    found: CareList = care_list_of(by=by)
    for _n in range(3):
        CaseFactory()
    at_once(*[lambda: fill_list(found=found, by=by, whom="all", reason="需要一起帮助")] * 3)
    assert CareListEntry.objects.filter(list=found).count() == 3


def test_who_is_withdrawn_while_named_lead_leads_no_more() -> None:
    by, case = boss(), CaseFactory()
    first = add_member(case=case, by=by, kind="police", on=today(), name="符建民")
    wrong = add_member(case=case, by=by, kind="worker", on=today(), name="林晓")
    at_once(
        tried(lambda: name_lead(member=wrong, by=by)),
        tried(lambda: withdraw_member(member=wrong, by=by, reason="登记成了别人")),
    )
    wrong.refresh_from_db()
    leading = list(TeamMember.objects.filter(case=case, is_lead=True))
    assert len(leading) == 1
    assert leading[0] in (first, wrong)
    assert not (wrong.is_lead and wrong.withdrawn_at)
