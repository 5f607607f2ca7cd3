"""What was written down wrong of a plan that is closed, and a plan that was closed by mistake."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.audit.acting import reason_of
from apps.care.models import CarePlan
from apps.care.services import close_plan, correct_step, end_step, reopen_plan, withdraw_entry
from apps.core.refusals import Refused
from apps.persons.models import Person
from tests.care.test_plans import DAY, due
from tests.factories.accounts import UserFactory
from tests.factories.care import planned, stepped
from tests.factories.cases import CaseFactory
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def plan(boss: User) -> CarePlan:
    return planned(CaseFactory().person, by=boss)


def test_a_step_is_put_right_after_its_plan_was_closed(plan: CarePlan, boss: User) -> None:
    step = stepped(plan, by=boss)
    close_plan(plan=plan, by=boss, on=DAY, reason="目标已经达到")
    facts: dict[str, Any] = {
        "step": step, "by": boss, "reason": "写错了事情", "task": "报名培训", "doer": "person",
        "by_day": step.by_day,
    }  # fmt: skip
    assert correct_step(version=1, **facts).task == "报名培训"
    with pytest.raises(Refused, match="is closed"):
        end_step(step=step, by=boss, ended="done", on=DAY)
    client = signed_in(boss)
    url = reverse("care:plan", args=[plan.public_id])
    text = client.get(url, secure=True).content.decode()
    for name, row in (("correct-step", step), ("withdraw-step", step), ("reopen", plan)):
        assert reverse(f"care:{name}", args=[row.public_id]) in text, name
    assert reverse("care:end-step", args=[step.public_id]) not in text
    withdraw_entry(row=plan, by=boss, reason="整份写错了")
    with translation.override("en"), pytest.raises(Refused, match="was withdrawn"):
        correct_step(version=3, **facts)
    text = client.get(url, secure=True).content.decode()
    assert reverse("care:reopen", args=[plan.public_id]) not in text


def test_a_plan_closed_by_mistake_goes_on_with_the_reason_in_its_history(
    plan: CarePlan, boss: User
) -> None:
    step = stepped(plan, by=boss, by_day=DAY)
    facts: dict[str, Any] = {"plan": plan, "by": boss, "version": 1, "reason": "点错了人"}
    with pytest.raises(Refused, match="not been closed"):
        reopen_plan(**facts)
    close_plan(plan=plan, by=boss, on=DAY, reason="目标已经达到")
    assert due(boss) == (0, 0)
    for wrong, words in (({"reason": "。"}, "Say why"), ({"version": 2}, "Somebody else")):
        with pytest.raises(Refused, match=words):
            reopen_plan(**facts | wrong)
    url = reverse("care:reopen", args=[plan.public_id])
    data = {"version": "1", "reason": "点错了人"}
    assert signed_in(boss).post(url, data, secure=True).status_code == 302
    plan.refresh_from_db()
    assert (plan.is_open, plan.closed_by, plan.close_reason, plan.version) == (True, None, "", 2)
    assert due(boss) == (0, 1)
    end_step(step=step, by=boss, ended="done", on=DAY)
    told = CarePlan.pgh_event_model.objects.filter(pgh_obj=plan).order_by("-pgh_id")  # type: ignore[attr-defined]
    assert reason_of(told[0].pgh_context.metadata) == "点错了人"
    assert [one.closed_on for one in told] == [None, DAY, None]


def test_a_plan_is_not_reopened_beside_another_or_of_who_has_died(
    plan: CarePlan, boss: User
) -> None:
    closed = close_plan(plan=plan, by=boss, on=DAY, reason="目标已经达到")
    facts: dict[str, Any] = {"plan": plan, "by": boss, "version": 1, "reason": "点错了人"}
    other = planned(plan.person, by=boss, day=closed.closed_on)
    with pytest.raises(Refused, match="follows this one"):
        reopen_plan(**facts)
    withdraw_entry(row=other, by=boss, reason="写错了人")
    Person.objects.filter(pk=plan.person_id).update(life_status="deceased", life_status_since=DAY)
    with pytest.raises(Refused, match="has died"):
        reopen_plan(**facts)
    Person.objects.filter(pk=plan.person_id).update(life_status="normal", life_status_since=None)
    assert reopen_plan(**facts).is_open
