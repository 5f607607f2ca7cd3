"""Each fact that can be missing, alone: five questions know the same gap on the same days."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.cases import services
from apps.cases.deadlines import book_of
from apps.cases.gaps import cases_with_gap, count_gaps, gaps_by_case, gaps_of, with_any_gap
from apps.cases.models import Case, TeamMember
from apps.law.parameters import Parameter
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.persons import AssignmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
REPORTED, NOW, ONE = date(2024, 3, 1), date(2024, 6, 3), timedelta(days=1)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False):
        yield


def whole(person: dict[str, Any] | None = None, **facts: Any) -> Case:
    """An order that lacks nothing; `facts` are stored as they are."""
    made: Case = CaseFactory(person=PersonFactory(**person or {}))
    by: User = UserFactory()
    AssignmentFactory(person=made.person, worker=by, on=REPORTED)
    services.add_member(case=made, by=by, kind="police", on=REPORTED, name="吴某")
    services.record_plan(case=made, by=by, on=REPORTED)
    Case.objects.filter(pk=made.pk).update(**facts)
    return Case.objects.get(pk=made.pk)


def lacks(case: Case, day: date = NOW) -> set[str]:
    """What the questions say, which is one thing; another order, which lacks nothing, stands by."""
    rows = Case.objects.filter(pk=case.pk)
    found = {gap.code for gap in gaps_of(case, day)}
    counted = count_gaps(rows, day)
    assert {code for code, number in counted.items() if number} == found
    assert {code for code in counted if cases_with_gap(rows, code, day).exists()} == found
    assert {gap.code for gap in gaps_by_case(rows, day)[case.pk]} == found
    assert [row.lacks for row in with_any_gap(rows, day)] == ([len(found)] if found else [])
    return found


@pytest.mark.parametrize(
    ("person", "facts", "gaps"),
    [
        ({}, {}, set()),
        ({"phone": ""}, {}, {"no_phone"}),
        ({"document_number": "", "document_kind": "none"}, {}, {"no_document"}),
        ({}, {"received_on": None}, {"no_receipt"}),
        ({}, {"decided_on": None}, {"no_decision"}),
        ({}, {"decision_number": ""}, {"no_decision"}),
        ({}, {"plan_on": None}, {"no_plan"}),
        ({}, {"plan_on": None, "reported_on": None, "agreement_on": None}, set()),
        ({}, {"reported_on": None, "agreement_on": None}, set()),
        ({}, {"reported_on": None, "agreement_on": None, "brought_in_on": NOW}, {"no_report"}),
        ({}, {"reported_on": None, "agreement_on": None, "paper_end_on": NOW}, {"no_report"}),
        ({}, {"paper_end_on": date(2027, 2, 28)}, set()),
        ({}, {"paper_end_on": date(2027, 2, 27)}, {"paper_deviates"}),
        ({}, {"agreement_on": None}, {"no_agreement"}),
    ],
)
def test_a_fact_that_is_missing_is_a_gap(
    person: dict[str, Any], facts: dict[str, Any], gaps: set[str]
) -> None:
    whole()
    assert lacks(whole(person, **facts)) == gaps


@pytest.mark.parametrize(("after", "late"), [(0, False), (1, True)])
def test_an_agreement_is_missing_when_its_days_are_over(after: int, *, late: bool) -> None:
    case = whole(agreement_on=None)
    days = book_of(case).value(Parameter.AGREEMENT_DAYS, REPORTED)
    day = REPORTED + (days + after) * ONE
    assert lacks(case, day) == ({"no_agreement"} if late else set())


def test_a_team_and_a_worker_are_those_of_the_day() -> None:
    case = whole()
    assert lacks(case, REPORTED - ONE) == {"no_team", "no_worker"}
    assert lacks(case, REPORTED) == set()
    TeamMember.objects.filter(case=case).update(left_on=NOW, is_lead=False)
    assert lacks(case, NOW) == set()
    assert lacks(case, NOW + ONE) == {"no_team"}
