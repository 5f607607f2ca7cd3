"""Another number of months: what it would do is what it does, from its day on, never backwards."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.models import User
from apps.assessments.due import conditions, to_assess
from apps.assessments.models import Assessment, ValidityRule
from apps.assessments.services import record_objection, record_told, set_validity
from apps.assessments.simulating import ValidityEffect, ValiditySums, simulate, sums_on
from apps.assessments.validity import changed_ends
from apps.audit.acting import reason_of
from apps.cases.models import RiskLevelRecord
from apps.cases.services import set_risk_level
from apps.core.refusals import Refused
from apps.persons.models import Person
from apps.schedule.models import DueItem
from tests.assessments.conftest import CLOCK
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WENCHANG, WENCHENG, area
from tests.factories.assessments import assessed
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory
from tests.once import once

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)
PAPER = {"basis": "县禁毒办〔2024〕7号"}


def on_file(by: User, made_on: date, risk_level: str = "medium", **facts: Any) -> Assessment:
    return assessed(CaseFactory(**facts).person, by, made_on, risk_level=risk_level)


@pytest.fixture(scope="class")
def boss_of_many(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[User]:
    """The supervisor of an office, which is filled once for all changes that are tried on it."""
    with once(django_db_blocker, filled_office) as boss:
        yield boss


@time_machine.travel(CLOCK, tick=False)
def filled_office() -> User:
    boss: User = UserFactory(town_supervisor=True, area=area(JIAJI))
    office(boss)
    return boss


def office(by: User) -> None:
    """Persons in many states: just assessed, long ago, ended, elsewhere, of another level, none."""
    for days in (0, 20, 70, 89, 100, 150, 180, 400):
        on_file(by, NOW - days * DAY)
    on_file(by, NOW - 100 * DAY, person=PersonFactory(area=area(WENCHENG)))
    on_file(by, NOW - 100 * DAY, measure="SQKF", term_months=36)
    on_file(by, NOW - 100 * DAY, paper_end_on=NOW)
    on_file(by, NOW - 40 * DAY, risk_level="high")
    on_file(by, NOW - 200 * DAY, risk_level="low")
    set_risk_level(
        person=CaseFactory().person, risk_level="medium", source="assessed", by=by,
        on=NOW - 120 * DAY, reason="由县禁毒办评定",
    )  # fmt: skip
    twice = CaseFactory().person
    assessed(twice, by, NOW - 130 * DAY, risk_level="medium")
    assessed(twice, by, NOW - 10 * DAY, risk_level="high")
    CaseFactory()
    assessed(PersonFactory(), by, NOW - 100 * DAY, risk_level="medium")


def rule_of(
    risk_level: str = "medium", months: int = 3, start: date = NOW + DAY, **facts: Any
) -> Any:
    return ValidityRule(
        risk_level=risk_level, months=months, effective_from=start, **PAPER, **facts
    )


def put_into_effect(rule: ValidityRule, by: User) -> ValidityRule:
    names = ("risk_level", "months", "effective_from", "basis", "measure", "year_of_term", "area")
    return set_validity(by=by, **{name: getattr(rule, name) for name in names})


def ends() -> dict[int, date]:
    return dict(RiskLevelRecord.objects.order_by("pk").values_list("person_id", "valid_until"))


def overdue_on(day: date) -> list[int]:
    """Persons whose assessment has ended, as the list draws them up on the day."""
    rows = to_assess(Person.objects, day).filter(conditions(day)["ended"])
    return list(rows.order_by("pk").values_list("pk", flat=True))


class TestOfAnOffice:
    @pytest.mark.parametrize(
        ("facts", "before"),
        [
            ({}, {}),
            ({"months": 1}, {}),
            ({"months": 12}, {}),
            ({"months": 3, "start": NOW - 30 * DAY}, {}),
            ({"months": 3, "start": NOW + 40 * DAY}, {}),
            ({"months": 3, "area": QIONGHAI}, {"months": 5, "start": NOW - 200 * DAY}),
            ({"months": 2}, {"months": 4, "area": WENCHANG, "start": NOW - 300 * DAY}),
            ({"months": 5}, {"months": 2, "start": NOW + 9 * DAY}),
            ({"months": 3, "measure": "SQKF"}, {}),
            ({"months": 3, "year_of_term": 2}, {}),
            ({"months": 6}, {"months": 2, "start": NOW + DAY}),
            ({"risk_level": "high", "months": 1}, {}),
        ],
    )
    def test_what_a_change_would_do_is_what_it_does(
        self, facts: dict[str, Any], before: dict[str, Any], boss_of_many: User
    ) -> None:
        for known in (before, facts):
            if "area" in known:
                known["area"] = area(known["area"])
        if before:
            put_into_effect(rule_of(**before), boss_of_many)
        rule, stored = rule_of(**facts), ends()
        effect = simulate(rule)
        assert (ends(), effect.before) == (stored, sums_on(effect.day))
        put_into_effect(rule_of(**facts), boss_of_many)
        assert effect.after == sums_on(effect.day)
        changed = [(stored[pk], new) for pk, new in ends().items() if stored[pk] != new]
        assert effect.earlier == sum(new < old for old, new in changed)
        assert effect.later == sum(new > old for old, new in changed)
        assert changed_ends(rule) == []

    def test_from_180_to_90_days_shows_who_would_be_overdue_tomorrow(
        self, boss_of_many: User
    ) -> None:
        """Six of the office were assessed more than three and less than six months ago.

        Not counted are who is high since, who has no order, and whose order ends today. Two are
        overdue as it is.
        """
        effect = simulate(rule_of())
        assert (effect.day, effect.before) == (NOW + DAY, ValiditySums(overdue=2, ending=1))
        assert (effect.after, effect.more_overdue) == (ValiditySums(overdue=8, ending=2), 6)
        assert "6 more persons would be overdue for an assessment tomorrow" in effect.words

    @pytest.mark.parametrize("start", [NOW - 90 * DAY, NOW, NOW + DAY, NOW + 20 * DAY])
    def test_no_day_that_has_come_is_changed(self, start: date, boss_of_many: User) -> None:
        """What spoke on a day before the rule begins spoke on it."""
        last, stored = max(start - DAY, NOW), ends()
        days = [last - n * DAY for n in (0, 5, 40, 90)]
        asked = [overdue_on(day) for day in days]
        put_into_effect(rule_of(months=1, start=start), boss_of_many)
        assert [overdue_on(day) for day in days] == asked
        for person, end in ends().items():
            assert end == stored[person] or end >= last
        assert len(overdue_on(last + DAY)) > len(asked[0])


def test_the_words_name_the_day_and_the_direction() -> None:
    for day, sums, words in (
        (NOW + DAY, (1, 2), "1 more person would be overdue for an assessment tomorrow"),
        (NOW + DAY, (3, 1), "2 persons fewer would be overdue for an assessment tomorrow"),
        (date(2024, 7, 1), (0, 0), "0 more persons would be overdue for an assessment on 1 Jul"),
        (date(2024, 7, 1), (2, 1), "1 person fewer would be overdue for an assessment on 1 Jul"),
    ):
        effect = ValidityEffect(day, before=ValiditySums(sums[0]), after=ValiditySums(sums[1]))
        assert effect.words.startswith(words)


def test_an_assessment_ends_at_the_latest_on_the_day_decided(person: Person, boss: User) -> None:
    row = assessed(person, boss, NOW - 100 * DAY, risk_level="medium")
    put_into_effect(rule_of(months=12), boss)
    row.refresh_from_db()
    assert row.speaks_until == row.valid_until == date(2024, 8, 24)
    assert assessed(person, boss, NOW, risk_level="medium").valid_until == date(2024, 12, 3)


def test_what_has_ended_stays_ended(person: Person, boss: User) -> None:
    row = assessed(person, boss, NOW - 100 * DAY, risk_level="medium")
    put_into_effect(rule_of(months=3), boss)
    with time_machine.travel("2024-06-10T10:00:00+08:00", tick=False):
        put_into_effect(rule_of(months=6, start=date(2024, 6, 11)), boss)
    row = Assessment.objects.get(pk=row.pk)
    assert (row.speaks_until, row.valid_until) == (NOW, date(2024, 8, 24))


def test_a_rule_that_has_not_begun_gives_way_and_one_that_has_does_not(
    person: Person, boss: User
) -> None:
    assessed(person, boss, NOW - 100 * DAY, risk_level="medium")
    first = put_into_effect(rule_of(months=3), boss)
    assert ends() == {person.pk: NOW}
    second = put_into_effect(rule_of(months=6), boss)
    assert (second.pk, ends()) == (first.pk, {person.pk: date(2024, 8, 24)})
    with time_machine.travel("2024-06-04T10:00:00+08:00", tick=False):
        assert put_into_effect(rule_of(months=6), boss).pk == first.pk
        with pytest.raises(Refused, match="begins on this day already"):
            put_into_effect(rule_of(months=3), boss)
    assert ValidityRule.objects.count() == 1


def test_an_assessment_made_before_a_rule_begins_is_measured_by_it_too(
    person: Person, boss: User
) -> None:
    """Whether it is recorded before or after the rule is: the last day is the same."""
    other = CaseFactory().person
    early = assessed(other, boss, NOW - 100 * DAY, risk_level="medium")
    put_into_effect(rule_of(months=4, start=NOW + 7 * DAY), boss)
    late = assessed(person, boss, NOW - 100 * DAY, risk_level="medium")
    early = Assessment.objects.get(pk=early.pk)
    assert early.speaks_until == late.speaks_until == late.valid_until == date(2024, 6, 24)


def test_who_was_told_another_day_is_told_anew_and_an_objection_stays(
    person: Person, boss: User
) -> None:
    row = assessed(person, boss, NOW - 20 * DAY, risk_level="medium")
    record_told(assessment=row, by=boss, on=NOW - 10 * DAY, how="talk")
    record_objection(assessment=row, by=boss, on=NOW - 5 * DAY, words="我已经有工作了")
    on_file(boss, NOW - 20 * DAY)
    effect = simulate(rule_of())
    assert (effect.earlier, effect.told) == (2, 1)
    put_into_effect(rule_of(), boss)
    row = Assessment.objects.get(pk=row.pk)
    assert row.is_to_be_told
    for _tap in range(2):
        row = record_told(assessment=row, by=boss, on=NOW, how="paper")
    assert not row.is_to_be_told
    assert (row.told_on, row.told_anew_on, row.told_until) == (
        NOW - 10 * DAY, NOW, date(2024, 8, 14),
    )  # fmt: skip
    with pytest.raises(Refused, match="notified already"):
        record_told(assessment=row, by=boss, on=NOW, how="phone")


def test_duties_of_high_end_with_the_assessment_and_the_history_says_why(boss: User) -> None:
    row = on_file(boss, NOW - 40 * DAY, risk_level="high")
    windows = DueItem.objects.filter(person=row.person, kind="checkin")
    after = windows.filter(opens_on__gt=NOW + 3 * DAY, due_on__lt=date(2024, 7, 20))
    assert set(after.values_list("risk_level", flat=True)) == {"high"}
    put_into_effect(rule_of("high", 1, NOW + 3 * DAY), boss)
    assert set(after.values_list("risk_level", flat=True)) == {"medium"}
    history = row.level_record.events.order_by("pgh_id").last()
    assert history.valid_until == NOW + 2 * DAY
    assert reason_of(history.pgh_context.metadata) == PAPER["basis"]
    assert history.pgh_context.metadata["user"] == boss.pk
