"""Which rule applies: nearest area, then measure, risk level, year, then the latest beginning."""

from datetime import date, timedelta
from typing import Any

import pytest

from apps.areas.units import Stay
from apps.schedule.plans import CaseFacts, PlanBook, Rule
from apps.schedule.rules import Every

START = date(2008, 6, 1)
DAY = date(2024, 4, 1)


def stays(*codes: str) -> tuple[Stay, ...]:
    return tuple(Stay(code) for code in codes)


def rule(number: int, every: str = "1d", **facts: Any) -> Rule:
    return Rule(number, Every.parse(every), **({"effective_from": START} | facts))


def facts(**changes: Any) -> CaseFacts:
    values: dict[str, Any] = {
        "case_id": 1,
        "person_id": 1,
        "measure": "SQJD",
        "reported_on": date(2024, 3, 1),
        "in_force_from": date(2024, 3, 4),
        "duties_end_on": date(2027, 2, 28),
        "place": stays("46", "469002", "469002100", "469002100200"),
        "risk_levels": (),
    }
    return CaseFacts(**(values | changes))


NATIONAL = rule(1)
PROVINCE = rule(2, area_code="46")
COUNTY = rule(3, area_code="469002")
TOWN = rule(4, area_code="469002100")
VILLAGE = rule(5, area_code="469002100200")
ELSEWHERE = rule(6, area_code="469005")
MEASURE = rule(7, measure="SQJD")
RISK_LEVEL = rule(8, risk_level="medium")
YEAR = rule(9, year_of_term=1)
OTHER_MEASURE = rule(10, measure="SQKF")
OTHER_LEVEL = rule(11, risk_level="high")
OTHER_YEAR = rule(12, year_of_term=2)
LATER = rule(13, effective_from=date(2024, 4, 1))
FUTURE = rule(14, effective_from=date(2024, 4, 2))
ENDED = rule(15, area_code="469002", effective_to=date(2024, 3, 31))
LAST_DAY = rule(16, area_code="469002", effective_to=date(2024, 4, 1))


@pytest.mark.parametrize(
    ("rules", "winner"),
    [
        ([], None),
        ([NATIONAL], NATIONAL),
        ([NATIONAL, PROVINCE], PROVINCE),
        ([PROVINCE, COUNTY], COUNTY),
        ([COUNTY, TOWN], TOWN),
        ([TOWN, VILLAGE, COUNTY], VILLAGE),
        ([NATIONAL, ELSEWHERE], NATIONAL),
        ([NATIONAL, MEASURE], MEASURE),
        ([PROVINCE, MEASURE], PROVINCE),
        ([MEASURE, RISK_LEVEL], MEASURE),
        ([RISK_LEVEL, YEAR], RISK_LEVEL),
        ([YEAR, LATER], YEAR),
        ([NATIONAL, LATER], LATER),
        ([NATIONAL, FUTURE], NATIONAL),
        ([NATIONAL, OTHER_MEASURE, OTHER_LEVEL, OTHER_YEAR], NATIONAL),
        ([NATIONAL, ENDED], NATIONAL),
        ([NATIONAL, LAST_DAY], LAST_DAY),
    ],
)
def test_the_most_specific_rule_of_the_day_wins(rules: list[Rule], winner: Rule | None) -> None:
    assert PlanBook(tuple(reversed(rules))).rule_on(facts(), DAY) == winner


def test_a_merged_unit_follows_the_rules_of_its_successor_from_the_day_on() -> None:
    old = rule(17, area_code="469002101")
    merged = facts(
        place=(Stay("469002100", since=DAY), Stay("469002101", before=DAY), Stay("469002101200"))
    )
    book = PlanBook((NATIONAL, TOWN, old))
    assert book.rule_on(merged, DAY - timedelta(days=1)) == old
    assert book.rule_on(merged, DAY) == TOWN
    assert [s.rule_id for s in book.stretches(merged, DAY)] == [old.id, TOWN.id]


def test_without_an_assessment_duties_follow_medium() -> None:
    assert facts().level_on(DAY) == "medium"
    assert facts(risk_levels=((date(2024, 4, 1), "high"),)).level_on(date(2024, 3, 31)) == "medium"
    assert facts(risk_levels=((date(2024, 4, 1), "high"),)).level_on(DAY) == "high"


def test_stretches_begin_where_rule_risk_level_or_year_may_change() -> None:
    book = PlanBook(
        (rule(1, "2w"), rule(2, "1w", risk_level="high"), rule(3, "1m", year_of_term=3))
    )
    found = book.stretches(facts(risk_levels=((date(2024, 6, 1), "high"),)), date(2027, 2, 28))
    assert [(s.starts_on, s.rule_id, s.risk_level, s.year_of_term) for s in found] == [
        (date(2024, 3, 1), 1, "medium", 1),
        (date(2024, 6, 1), 2, "high", 1),
        (date(2025, 3, 1), 2, "high", 2),
        (date(2026, 3, 1), 2, "high", 3),
    ]


def test_a_rule_that_ends_gives_way_on_the_day_after() -> None:
    book = PlanBook((rule(1, "2w"), rule(2, "1d", area_code="46", effective_to=date(2024, 3, 9))))
    found = book.stretches(facts(), date(2024, 5, 1))
    assert [(s.starts_on, s.rule_id) for s in found] == [
        (date(2024, 3, 1), 2),
        (date(2024, 3, 10), 1),
    ]


def test_nothing_before_the_report() -> None:
    assert PlanBook((NATIONAL,)).stretches(facts(), date(2024, 2, 1)) == []
