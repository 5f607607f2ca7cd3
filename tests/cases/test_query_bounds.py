"""Questions to orders on the day before, the day and the day after; the rule answers the same."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from apps.cases import services
from apps.cases.codes import CaseState
from apps.cases.current_order import state_of
from apps.cases.models import Case
from tests.cases.test_querysets import reported
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.persons import AssignmentFactory

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)
NO_DATES: dict[str, Any] = {
    "decided_on": None, "received_on": None, "reported_on": None, "agreement_on": None,
}  # fmt: skip
YEAR: dict[str, Any] = {"measure": "SQKF", "term_months": 12}


@pytest.fixture(autouse=True)
def _years_later() -> Iterator[None]:
    with time_machine.travel("2026-06-03T10:00:00+08:00", tick=False):
        yield


def closed(case: Case, on: date, reason: str = "revoked") -> Case:
    return services.close_case(
        case=case, by=UserFactory(county_supervisor=True), reason=reason, on=on
    )


@pytest.mark.parametrize(
    ("facts", "end", "first", "last"),
    [
        ({}, None, date(2024, 2, 20), date(2027, 2, 28)),
        (YEAR, None, date(2024, 2, 20), date(2025, 2, 28)),
        ({"decided_on": None, "received_on": None}, None, date(2024, 3, 1), date(2027, 2, 28)),
        ({}, date(2024, 5, 10), date(2024, 2, 20), date(2024, 5, 9)),
        ({"reported_on": None, "agreement_on": None}, date(2024, 5, 10), date(2024, 2, 20),
         date(2024, 5, 9)),
        ({"reported_on": None, "agreement_on": None}, None, date(2024, 2, 20), date(2099, 1, 1)),
        (NO_DATES, date(2024, 5, 10), date.min + ONE, date(2024, 5, 9)),
        (NO_DATES, None, date.min + ONE, date(2099, 1, 1)),
    ],
)  # fmt: skip
def test_an_order_is_open_from_its_decision_to_its_last_day(
    facts: dict[str, Any], end: date | None, first: date, last: date
) -> None:
    case = CaseFactory(**facts)
    if end:
        closed(case, end)
    found = [Case.objects.open_on(day).exists() for day in (first - ONE, first, last, last + ONE)]
    assert found == [first < date(2000, 1, 1), True, True, last > date(2090, 1, 1)]


@pytest.mark.parametrize(
    ("facts", "end", "first", "last"),
    [
        ({}, None, date(2024, 3, 1), date(2027, 2, 28)),
        ({"agreement_on": date(2024, 3, 4)}, None, date(2024, 3, 4), date(2027, 2, 28)),
        (YEAR, None, date(2024, 3, 1), date(2025, 2, 28)),
        ({}, date(2024, 5, 10), date(2024, 3, 1), date(2024, 5, 9)),
    ],
)
def test_an_order_is_in_force_from_its_agreement_to_its_last_duty(
    facts: dict[str, Any], end: date | None, first: date, last: date
) -> None:
    CaseFactory(not_agreed=True)
    case = CaseFactory(**facts)
    if end:
        case = closed(case, end)
    for day, held in ((first - ONE, False), (first, True), (last, True), (last + ONE, False)):
        assert list(Case.objects.in_force_on(day)) == [case] * held
        assert case.is_in_force_on(day) is held


def test_a_person_has_somebody_from_the_first_day_of_an_assignment() -> None:
    case, other = CaseFactory(), CaseFactory()
    day = date(2024, 4, 1)
    AssignmentFactory(person=case.person, worker=UserFactory(), on=day)
    AssignmentFactory(person=case.person, worker=UserFactory(), on=day + ONE)
    for asked, found in ((day - ONE, {case, other}), (day, {other}), (day + 9 * ONE, {other})):
        assert set(Case.objects.not_assigned_on(asked)) == found


def states(case: Case, *days: date) -> list[str]:
    """The state by the question and by the rule, which are one."""
    found = []
    for day in days:
        state = state_of(Case.objects.with_absence_on(day).get(pk=case.pk), day)
        rows = Case.objects.filter(pk=case.pk)
        assert [s for s in CaseState if rows.in_state_on(s, day)] == [state]
        found.append(str(state))
    return found


@pytest.mark.parametrize("kept", [True, False])
def test_who_has_not_reported_is_late_after_the_last_day(*, kept: bool) -> None:
    """Fifteen days from the receipt on the twenty-second; orders of before keep no last day."""
    case = CaseFactory(not_reported=True)
    if not kept:
        Case.objects.filter(pk=case.pk).update(report_by=None)
    late = states(case, date(2024, 3, 8), date(2024, 3, 9))
    assert late == ["decided", "overdue"]
    Case.objects.filter(pk=case.pk).update(received_on=None, report_by=None)
    assert states(case, date(2024, 3, 9)) == ["decided"]
    Case.objects.filter(pk=case.pk).update(decided_on=None)
    assert states(case, date(2024, 3, 9)) == ["unknown"]


@pytest.mark.parametrize("used", [None, date(2022, 6, 1)])
def test_three_years_after_the_report_or_the_last_use_who_was_released_is_clean(
    used: date | None,
) -> None:
    facts = {"decided_on": None, "received_on": None, "reported_on": date(2021, 3, 1)}
    case = CaseFactory(**YEAR, **facts, agreement_on=date(2021, 3, 1))
    closed(case, date(2022, 3, 2), "released")
    if used:
        reported(case, used)
    clean = date(2025, 6, 1) if used else date(2024, 3, 1)
    told = states(case, date(2022, 3, 1), date(2022, 3, 2), clean - ONE, clean, clean + ONE)
    assert told == ["expired", "aftercare", "aftercare", "clean", "clean"]


def test_what_ended_otherwise_is_terminated_from_the_day_of_its_end() -> None:
    case = closed(CaseFactory(), date(2024, 5, 10))
    assert states(case, date(2024, 5, 9), date(2024, 5, 10)) == ["active", "terminated"]


@pytest.mark.parametrize("paper", [None, date(2024, 9, 1)])
def test_the_earlier_of_law_and_paper_is_the_last_day(paper: date | None) -> None:
    case = CaseFactory(**YEAR, paper_end_on=paper)
    last = paper or date(2025, 2, 28)
    assert states(case, last, last + ONE) == ["active", "expired"]


def test_a_reported_order_waits_for_its_agreement() -> None:
    case = CaseFactory(agreement_on=date(2024, 3, 4))
    days = (date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 3), date(2024, 3, 4))
    assert states(case, *days) == ["decided", "reported", "reported", "active"]
