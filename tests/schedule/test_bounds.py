"""Windows and plans at their bounds."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.cases.models import Case
from apps.schedule.models import DueItem, PlanRule
from apps.schedule.rules import Every, Stretch, first_day_of_year, windows, year_of_term
from apps.schedule.services import (
    cases_under,
    cases_with_duties,
    go_on_laying_out,
    replan,
    set_plan,
)
from tests.factories.areas import JIAJI, QIONGHAI, WENCHANG, area
from tests.factories.cases import CaseFactory
from tests.refusing import answered, refused

FAR = date(2099, 1, 1)
LAW_FROM = date(2008, 6, 2)


@pytest.mark.parametrize("reported", [date(2024, 2, 29), date(2024, 1, 1), date(2023, 12, 31)])
def test_each_year_of_the_term_begins_the_day_after_the_one_before(reported: date) -> None:
    firsts = [first_day_of_year(reported, year) for year in (1, 2, 3, 4)]
    assert firsts[0] == reported
    for year, first in enumerate(firsts, 1):
        before = first - timedelta(days=1)
        assert (year_of_term(reported, before), year_of_term(reported, first)) == (year - 1, year)


@pytest.mark.parametrize("every", ["1d", "3d", "1w", "2w", "1m", "5m"])
@pytest.mark.parametrize(
    "since", [date.min, date(2000, 1, 1), date(2000, 1, 2), date(2012, 12, 31)]
)
def test_the_first_window_given_is_the_first_that_is_due_by_then(every: str, since: date) -> None:
    stretches = [Stretch(date(2000, 1, 1), 1, Every.parse(every))]
    horizon = date(2013, 6, 1)
    everything = list(windows(stretches, FAR, horizon=horizon))
    found = list(windows(stretches, FAR, horizon=horizon, since=since))
    assert found == [window for window in everything if window.due_on >= since]
    assert everything[0].number == 1


def test_the_last_window_of_a_rule_ends_before_the_first_day_of_the_next() -> None:
    """The next rule has two stretches of its own; the first of them begins it."""
    stretches = [
        Stretch(date(2024, 3, 1), 1, Every(1, "w")),
        Stretch(date(2024, 3, 15), 2, Every(1, "m")),
        Stretch(date(2024, 4, 20), 2, Every(1, "m"), "", 2),
        Stretch(date(2024, 6, 15), None, None),
    ]
    found = [(w.rule_id, w.opens_on) for w in windows(stretches, date(2024, 7, 1), horizon=FAR)]
    weeks = [(1, date(2024, 3, 1)), (1, date(2024, 3, 8))]
    assert found == [*weeks, *((2, date(2024, month, 15)) for month in (3, 4, 5))]


@pytest.mark.parametrize("text", ["0d", "-1d", "1y", "d", ""])
def test_no_window_is_shorter_than_a_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Every.parse(text)


def plan(**facts: Any) -> PlanRule:
    facts = {"kind": "checkin", "area": None, "from_day": LAW_FROM, "every": Every(1, "w")} | facts
    return set_plan(by=User.objects.system(), **facts)


WORDS = "Between 1 and 365 days without a sign-in."


@pytest.mark.django_db
@pytest.mark.parametrize(("quiet", "words"), [(0, WORDS), (1, None), (365, None), (366, WORDS)])
def test_days_without_a_sign_in_are_one_to_a_year(quiet: int, words: str | None) -> None:
    with answered(words):
        assert plan(quiet_days=quiet).quiet_days == quiet


@pytest.mark.django_db
def test_check_ins_alone_are_recorded_elsewhere() -> None:
    with refused("Only check-ins can be recorded elsewhere."):
        plan(kind="visit", recorded_elsewhere=True)
    assert plan(kind="visit").recorded_elsewhere is False
    assert plan(recorded_elsewhere=True).recorded_elsewhere


@pytest.mark.django_db
def test_the_rule_before_ends_the_day_before_and_one_that_ended_stays() -> None:
    here = {"area": area(QIONGHAI)}
    first = plan(from_day=date(2024, 1, 1), **here)
    second = plan(from_day=date(2024, 3, 1), **here)
    third = plan(from_day=date(2024, 6, 1), **here)
    other = plan(from_day=date(2024, 1, 1), area=area(WENCHANG))
    again = plan(from_day=date(2024, 6, 1), every=Every(2, "w"), **here)
    assert again.pk == third.pk
    rules = PlanRule.objects.in_bulk([first.pk, second.pk, third.pk, other.pk])
    assert [rules[rule.pk].effective_to for rule in (first, second, third, other)] == [
        date(2024, 2, 29), date(2024, 5, 31), None, None,
    ]  # fmt: skip
    assert rules[third.pk].every_count == 2
    assert (first.laid_out_to, plan(in_pieces=True, **here).laid_out_to) == (None, 0)


@pytest.mark.django_db
@time_machine.travel("2024-06-03T10:00:00+08:00", tick=False)
def test_all_of_the_cases_asked_for_and_no_others_are_laid_out_to_sixty_days_ahead() -> None:
    cases = [CaseFactory() for _n in range(3)]
    DueItem.objects.all().delete()
    done = replan([case.pk for case in cases[:2]] * 2, kinds=["checkin"])
    assert done.cases == 2
    found = DueItem.objects.order_by("case", "opens_on")
    assert set(found.values_list("case_id", flat=True)) == {case.pk for case in cases[:2]}
    opened = found.filter(case=cases[0])
    last = opened.last()
    assert last is not None
    ahead, length = date(2024, 8, 2), last.due_on - last.opens_on
    assert last.opens_on > ahead >= last.opens_on - length - timedelta(days=1)
    assert opened.first().opens_on == date(2024, 3, 1)  # type: ignore[union-attr]
    assert replan([cases[0].pk], kinds=["checkin"]).written == 0


@pytest.mark.django_db
def test_a_rule_concerns_cases_of_its_place_and_measure_with_duties_from_its_day() -> None:
    order, other = CaseFactory(), CaseFactory(measure="SQKF", term_months=12)
    Case.objects.exclude(pk__in=[order.pk, other.pk]).delete()
    both, last = [order.pk, other.pk], date(2025, 2, 28)
    for facts, found in (
        ({}, both),
        ({"area": area(JIAJI)}, both),
        ({"area": area(WENCHANG)}, []),
        ({"measure": "SQKF"}, [other.pk]),
        ({"from_day": last}, both),
        ({"from_day": last + timedelta(days=1)}, [order.pk]),
    ):
        assert cases_under(plan(**facts)) == found
    assert cases_under(plan(), after=order.pk) == [other.pk]
    assert cases_with_duties(last) == both
    assert cases_with_duties(last + timedelta(days=1)) == [order.pk]


@pytest.mark.django_db
def test_a_rule_is_laid_out_in_pieces_until_none_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.schedule.services.CHUNK", 1)
    first, second = CaseFactory(), CaseFactory()
    rule = plan(in_pieces=True, area=area(JIAJI))
    seen = []
    while rule.is_being_laid_out:
        rule = go_on_laying_out(rule=rule)
        seen.append(rule.laid_out_to)
    assert seen == [first.pk, None]
    assert go_on_laying_out(rule=rule).laid_out_to is None
    assert DueItem.objects.filter(rule=rule, case=second).exists()


@pytest.mark.django_db
def test_windows_of_some_persons_are_those_of_their_orders_alone() -> None:
    one, other, left = (CaseFactory() for _n in range(3))
    found = DueItem.objects.filter(DueItem.objects.of_persons([one.person_id, other.person_id]))
    assert set(found.values_list("case_id", flat=True)) == {one.pk, other.pk}
    assert DueItem.objects.filter(case=left).exists()
    assert not DueItem.objects.filter(DueItem.objects.of_persons([])).exists()
