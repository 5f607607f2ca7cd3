"""Plans of tests as a whole: how many windows they make, from when, and what ends with them."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from apps.accounts.models import User
from apps.cases.models import Case
from apps.cases.services import suspend_case
from apps.core.refusals import Refused
from apps.schedule.due_lines import lines_for_person
from apps.schedule.models import DueItem, PlanRule
from apps.schedule.plan_templates import BY_CODE, choose_template, others, proposed
from apps.schedule.reasons import why_of
from apps.schedule.rules import Every
from apps.schedule.services import cases_under, finish_laying_out, set_plan
from apps.schedule.simulating import simulate
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.cases import CaseFactory
from tests.factories.drugtests import not_sampled, sampled
from tests.factories.schedule import case_of

pytestmark = pytest.mark.django_db
BASIS = "县禁毒办〔2021〕3号"
START = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def clock() -> Any:
    """When the terms of the tables are over: all of their windows are laid out."""
    with (
        time_machine.travel("2025-06-03T10:00:00+08:00", tick=False) as moment,
        translation.override("en"),
    ):
        yield moment


def chosen(code: str, *, where: str = "", since: date = START, basis: str = BASIS) -> PlanRule:
    by: User = UserFactory(system_admin=True)
    rule = choose_template(
        template=BY_CODE[code], area=area(where) if where else None, from_day=since, basis=basis,
        by=by,
    )  # fmt: skip
    finish_laying_out()
    return rule


def order(reported: date, measure: str = "SQJD", months: int = 36, **facts: Any) -> Case:
    made: Case = CaseFactory(
        measure=measure, term_months=months, decided_on=reported, received_on=reported,
        reported_on=reported, agreement_on=reported, **facts,
    )  # fmt: skip
    return made


def windows(case: Case) -> list[DueItem]:
    return list(DueItem.objects.filter(case=case, kind="test").order_by("opens_on"))


REPORTS = [
    date(2021, 3, 1), date(2021, 3, 31), date(2021, 8, 29), date(2021, 8, 31), date(2020, 2, 29),
    date(2021, 12, 31), date(2021, 9, 1),
]  # fmt: skip


@pytest.mark.parametrize("reported", REPORTS)
@pytest.mark.parametrize(
    ("code", "measure", "months", "by_year"),
    [
        ("12/6/4", "SQJD", 36, [12, 6, 4]),
        ("28", "SQJD", 36, [18, 6, 4]),
        ("6/4/2", "SQKF", 36, [6, 4, 2]),
        ("6/6", "SQKF", 24, [6, 6]),
    ],
)
def test_a_plan_asks_so_often_in_each_year(
    reported: date, code: str, measure: str, months: int, by_year: list[int]
) -> None:
    chosen(code)
    found = windows(order(reported, measure, months))
    assert found[0].opens_on == reported
    assert [sum(w.year_of_term == n + 1 for w in found) for n in range(len(by_year))] == by_year


def test_the_stricter_plan_asks_twice_a_month_for_six_months() -> None:
    chosen("28")
    found = windows(order(date(2021, 3, 1)))
    assert [w.due_on for w in found[:2]] == [date(2021, 3, 15), date(2021, 3, 30)]
    assert (found[11].due_on, found[12].opens_on) == (date(2021, 8, 27), date(2021, 9, 1))
    assert [w.due_on for w in found[12:14]] == [date(2021, 9, 30), date(2021, 10, 31)]


def test_a_shorter_term_because_time_was_credited_asks_for_its_own_part() -> None:
    """条例 art. 31: the paper ends half a year earlier, and so do the duties."""
    found = windows(order(date(2021, 3, 1), paper_end_on=date(2023, 8, 31)))
    assert [sum(w.year_of_term == n for w in found) for n in (1, 2, 3)] == [12, 6, 2]
    assert found[-1].due_on == date(2023, 8, 31)


def test_a_plan_that_changes_in_the_middle_leaves_what_was_due_and_begins_anew() -> None:
    case = order(date(2021, 3, 1))
    before = [(w.opens_on, w.due_on) for w in windows(case) if w.due_on < date(2021, 5, 20)]
    chosen("28", since=date(2021, 5, 20))
    after = [(w.opens_on, w.due_on) for w in windows(case)]
    assert after[: len(before)] == before
    assert after[len(before)] == (date(2021, 5, 20), date(2021, 6, 3))


def test_back_to_the_usual_plan_the_half_months_end() -> None:
    chosen("28", since=date(2021, 1, 1))
    chosen("12/6/4", since=date(2021, 5, 1))
    half = PlanRule.objects.get(half_of_year=1)
    assert half.effective_to == date(2021, 4, 30)
    found = windows(order(date(2021, 3, 1)))
    assert found[-1].due_on - found[-1].opens_on > timedelta(days=80)
    assert all(w.rule_id != half.pk for w in found if w.opens_on >= date(2021, 5, 1))


def test_a_plan_of_another_measure_or_length_is_left_alone() -> None:
    detoxification = PlanRule.objects.filter(kind="test", measure="SQJD", effective_to=None)
    three_years = PlanRule.objects.get(kind="test", measure="SQKF", year_of_term=2, term_years=None,
                                       risk_level="")  # fmt: skip
    before = detoxification.count()
    chosen("6/6")
    assert detoxification.count() == before
    three_years.refresh_from_db()
    assert three_years.effective_to is None


def test_of_one_county_it_is_the_plan_of_that_county() -> None:
    chosen("28", where=QIONGHAI)
    assert len(windows(order(date(2021, 3, 1)))) == 28
    assert not others(BY_CODE["28"], None, START).filter(half_of_year=1).exists()


def test_what_a_plan_would_do_is_what_it_does(clock: Any) -> None:
    clock.move_to("2024-06-03T10:00:00+08:00")
    set_plan(
        kind="test", area=None, measure="SQJD", year_of_term=1, half_of_year=2,
        every=Every.parse("1w"), from_day=START,
        by=UserFactory(system_admin=True),
    )  # fmt: skip
    cases = [order(date(2023, 7, day)) for day in (1, 10, 31)]
    since = date(2024, 6, 3)
    rules = proposed(BY_CODE["28"], None, since)
    ended = frozenset(others(BY_CODE["28"], None, since).values_list("pk", flat=True))
    effect = simulate(rules, cases_under(rules[0]), ended=ended)
    chosen("28", since=since)
    again = simulate(rules, cases_under(rules[0]))
    assert (effect.cases, effect.after) == (len(cases), again.before)


def test_a_plan_needs_the_paper_that_sets_it_and_each_duty_names_it(clock: Any) -> None:
    clock.move_to("2024-06-03T10:00:00+08:00")
    with pytest.raises(Refused, match="which paper"):
        chosen("28", basis="。。")
    chosen("28")
    case = case_of(UserFactory())
    [line] = [one for one in lines_for_person(case.person, date(2024, 6, 3))
              if one.item.kind == "test"]  # fmt: skip
    why = why_of(line)
    assert why.basis == f"28 · {BASIS}"
    assert "every 15 days" in why.rule


def test_a_suspended_order_asks_for_nothing_while_it_rests(clock: Any) -> None:
    clock.move_to("2024-06-03T10:00:00+08:00")
    case = order(date(2024, 3, 1))
    suspend_case(
        case=case, by=UserFactory(town_supervisor=True), starts_on=date(2024, 4, 25),
        reason="detained",
    )  # fmt: skip
    asked = DueItem.objects.filter(case=case, kind="test").effective()
    assert [w.due_on for w in asked.due_between(START, date(2024, 6, 30)).order_by("due_on")] == [
        date(2024, 3, 31)
    ]


def test_one_test_a_window_and_more_fill_no_later_one(clock: Any) -> None:
    clock.move_to("2024-06-03T10:00:00+08:00")
    case, worker = case_of(UserFactory()), UserFactory()
    for day in (date(2024, 3, 5), date(2024, 3, 20), date(2024, 3, 31)):
        sampled(case.person, day, by=worker)
    found = {w.due_on: w.outcome for w in windows(case)}
    assert found[date(2024, 3, 31)] == "done"
    assert found[date(2024, 4, 30)] == "open"


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [("leave", "excused"), ("hospital", "excused"), ("detained", "excused"),
     ("refused", "missed"), ("evaded", "missed"), ("not_told", "missed"), ("no_kit", "missed")],
)  # fmt: skip
def test_a_window_without_a_test_is_excused_or_missed(
    clock: Any, reason: str, outcome: str
) -> None:
    clock.move_to("2024-06-03T10:00:00+08:00")
    case, worker = case_of(UserFactory()), UserFactory()
    not_sampled(case.person, date(2024, 3, 12), reason, by=worker, next_on=date(2024, 3, 20))
    sampled(case.person, date(2024, 4, 9), by=worker)
    assert {w.due_on: w.outcome for w in windows(case)}[date(2024, 3, 31)] == outcome


def test_the_page_asks_says_what_it_would_do_and_does_it(client: Client, clock: Any) -> None:
    clock.move_to("2024-06-03T10:00:00+08:00")
    order(date(2024, 3, 1))
    client.force_login(UserFactory(system_admin=True))
    sent = {"template": "28", "effective_from": "2024-06-04", "basis": BASIS}
    page = client.post("/plans/tests/", sent, secure=True, headers={"Accept-Language": "en"})
    assert "would be overdue tomorrow" in page.content.decode()
    assert not PlanRule.objects.filter(half_of_year=1).exists()
    answer = client.post("/plans/tests/", sent | {"act": "apply"}, secure=True)
    assert answer.url == "/plans/"
    rule = PlanRule.objects.get(half_of_year=1)
    assert (rule.effective_from, rule.basis) == (date(2024, 6, 4), f"28 · {BASIS}")
    shown = client.get("/plans/?kind=test", secure=True, headers={"Accept-Language": "en"})
    assert "1, first half" in shown.content.decode()


def test_a_half_is_one_of_a_year() -> None:
    with pytest.raises(Refused, match="A half is one of a year"):
        set_plan(kind="test", area=None, every=Every.parse("1w"), from_day=START, half_of_year=1,
                 by=UserFactory(system_admin=True))  # fmt: skip


def test_another_plan_for_the_same_day_takes_the_place_of_the_first() -> None:
    case = order(START)
    admin = UserFactory(system_admin=True)
    choose_template(
        template=BY_CODE["28"], area=None, from_day=START, basis=BASIS, by=admin
    )  # fmt: skip
    finish_laying_out()
    choose_template(
        template=BY_CODE["12/6/4"], area=None, from_day=START, basis=BASIS, by=admin
    )  # fmt: skip
    finish_laying_out()
    rows = PlanRule.objects.filter(kind="test", effective_from=START)
    assert not rows.filter(every_count=15).exists()
    assert DueItem.objects.filter(case=case, kind="test").count() == 22


def test_a_plan_is_not_set_before_one_that_begins_later() -> None:
    admin = UserFactory(system_admin=True)
    facts: dict[str, Any] = {"area": None, "basis": BASIS, "by": admin}
    choose_template(template=BY_CODE["28"], from_day=date(2026, 1, 1), **facts)
    with pytest.raises(Refused, match="2026"):
        choose_template(template=BY_CODE["12/6/4"], from_day=date(2025, 12, 1), **facts)
    choose_template(template=BY_CODE["12/6/4"], from_day=date(2026, 1, 1), **facts)


def test_a_plan_of_a_day_is_not_rewritten_by_another(db: None) -> None:
    """A rule set by hand for the same persons and day keeps its words and its interval."""
    admin, day = UserFactory(system_admin=True), date(2024, 7, 1)
    own = set_plan(kind="test", area=area(), every=Every.parse("1w"), from_day=day, by=admin,
                   measure="SQJD", year_of_term=1, basis="镇文件7号")  # fmt: skip
    facts = {"area": area(), "basis": "县禁毒办1号", "by": admin}
    with pytest.raises(Refused, match="Another rule begins on this day"):
        choose_template(template=BY_CODE["12/6/4"], from_day=day, **facts)
    own.refresh_from_db()
    assert (own.every_count, own.every_unit, own.basis) == (1, "w", "镇文件7号")
    choose_template(template=BY_CODE["12/6/4"], from_day=date(2024, 7, 2), **facts)
    choose_template(template=BY_CODE["28"], from_day=date(2024, 7, 2), **facts)
