"""A plan that begins later is removed before it begins: what it laid out goes, its row stays."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.schedule.models import DueItem, PlanRule
from apps.schedule.plan_removal import remove_plan
from apps.schedule.plan_templates import BY_CODE, choose_template
from apps.schedule.rules import Every
from apps.schedule.services import cases_under, finish_laying_out, replan, set_plan
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
SOON = NOW + timedelta(days=10)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with (
        time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment,
        translation.override("en"),
    ):
        yield moment


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(system_admin=True)
    return made


def planned() -> list[dict[str, Any]]:
    rows = DueItem.objects.order_by("case_id", "kind", "opens_on")
    return list(rows.values("case_id", "kind", "opens_on", "due_on", "rule_id", "outcome"))


def rules() -> list[dict[str, Any]]:
    names = ("pk", "effective_from", "effective_to", "every_count", "every_unit", "basis")
    return list(PlanRule.objects.order_by("pk").values(*names))


def set_talk(boss: User, every: Every, from_day: date, **facts: Any) -> PlanRule:
    rule = set_plan(kind="talk", area=None, every=every, from_day=from_day, by=boss, **facts)
    replan(cases_under(rule), kinds=["talk"], from_day=from_day)
    return rule


def remove(rule: PlanRule, boss: User, reason: str = "文件改期") -> PlanRule:
    removed = remove_plan(rule=rule, by=boss, reason=reason)
    finish_laying_out()
    return removed


def test_a_rule_to_come_is_removed_and_everything_is_as_before(boss: User) -> None:
    for _n in range(2):
        CaseFactory()
    before, laid = rules(), planned()
    rule = set_talk(boss, Every(1, "d"), SOON, risk_level="medium")
    assert planned() != laid
    removed = remove(rule, boss)
    assert (removed.removed_by, removed.removed_reason) == (boss, "文件改期")
    assert (rules(), planned()) == (before, laid)
    assert PlanRule.with_removed.get(pk=rule.pk).events.count() > 1


def test_the_rule_before_it_goes_on_as_it_would_have(boss: User) -> None:
    CaseFactory()
    first = set_talk(boss, Every(2, "w"), NOW - 40 * DAY)
    laid = planned()
    rule = set_talk(boss, Every(1, "d"), SOON)
    first.refresh_from_db()
    assert first.effective_to == SOON - DAY
    remove(rule, boss)
    first.refresh_from_db()
    assert first.effective_to is None
    assert planned() == laid


def test_of_three_in_a_row_the_middle_one_leaves_no_gap(boss: User) -> None:
    first = set_talk(boss, Every(2, "w"), NOW - 40 * DAY)
    middle = set_talk(boss, Every(1, "d"), SOON)
    last = set_talk(boss, Every(1, "w"), SOON + 10 * DAY)
    remove(middle, boss)
    first.refresh_from_db()
    assert first.effective_to == last.effective_from - DAY
    again = set_talk(boss, Every(3, "d"), SOON)
    assert again.pk != middle.pk


def test_a_rule_that_ended_by_itself_on_the_day_stays_ended(boss: User) -> None:
    first = set_talk(boss, Every(2, "w"), NOW - 40 * DAY)
    PlanRule.objects.filter(pk=first.pk).update(effective_to=SOON + 20 * DAY)
    rule = set_talk(boss, Every(1, "d"), SOON)
    remove(rule, boss)
    first.refresh_from_db()
    assert first.effective_to == SOON + 20 * DAY


def test_a_plan_of_tests_is_removed_as_a_whole(boss: User) -> None:
    CaseFactory()
    before, laid = rules(), planned()
    made = choose_template(
        template=BY_CODE["28"], area=None, from_day=SOON, basis="海禁毒办〔2024〕9号", by=boss
    )
    finish_laying_out()
    assert rules() != before
    remove(made, boss)
    assert (rules(), planned()) == (before, laid)


def test_what_has_begun_is_not_removed_nor_anything_twice_or_without_a_reason(
    boss: User, clock: time_machine.Traveller
) -> None:
    rule = set_talk(boss, Every(1, "d"), SOON)
    with pytest.raises(Refused, match="Say why"):
        remove_plan(rule=rule, by=boss, reason=" ")
    clock.move_to("2024-06-13T00:01:00+08:00")
    with pytest.raises(Refused, match="has begun"):
        remove_plan(rule=rule, by=boss, reason="文件改期")
    clock.move_to("2024-06-12T23:59:00+08:00")
    remove(rule, boss)
    with pytest.raises(Refused, match="removed already"):
        remove_plan(rule=rule, by=boss, reason="文件改期")


def test_the_database_removes_nothing_that_has_begun(boss: User) -> None:
    rule = set_talk(boss, Every(1, "d"), NOW)
    for facts in (
        {"removed_at": "2024-06-03T12:00:00+08:00", "removed_by": boss, "removed_reason": "改期"},
        {"removed_at": "2024-06-01T12:00:00+08:00", "removed_by": boss, "removed_reason": ""},
    ):
        with pytest.raises(IntegrityError, match="plan_removed"), transaction.atomic():
            PlanRule.objects.filter(pk=rule.pk).update(**facts)


def test_the_page_asks_for_a_reason_and_the_list_keeps_the_row(boss: User) -> None:
    rule = set_talk(boss, Every(1, "d"), SOON)
    client = signed_in(boss, headers={"accept-language": "en"})
    address, listed = reverse("plans:remove", args=[rule.pk]), reverse("plans:list")
    assert address in client.get(listed, secure=True).content.decode()
    assert client.post(address, {"reason": ""}, secure=True).status_code == 422
    assert client.post(address, {"reason": "文件改期"}, secure=True).status_code == 302
    assert address not in client.get(listed, secure=True).content.decode()
    kept = client.get(listed, {"ended": "on"}, secure=True).content.decode()
    assert "文件改期" in kept
    assert client.get(address, secure=True).status_code == 404
