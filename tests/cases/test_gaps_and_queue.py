"""What is missing, and cases nobody is responsible for."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.cases.gaps import WORDS, cases_with_gap, conditions, count_gaps, gaps_of
from apps.cases.models import Case, TeamMember
from apps.core.days import today
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import VILLAGE, AssignmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def codes(case: Case) -> set[str]:
    return {gap.code for gap in gaps_of(case, DAY)}


def complete() -> Case:
    case = CaseFactory(paper_end_on=date(2027, 2, 28))
    Case.objects.filter(pk=case.pk).update(plan_on=date(2024, 3, 9))
    worker = UserFactory()
    AssignmentFactory(person=case.person, worker=worker)
    TeamMember.objects.create(
        case=case,
        person=case.person,
        kind="worker",
        name="周",
        joined_on=date(2024, 3, 1),
        recorded_by=worker,
        county_id=case.county_id,
    )
    return case


def test_a_complete_file_has_no_gap() -> None:
    assert codes(complete()) == set()


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("no_receipt", {"received_on": None}),
        ("no_decision", {"decision_number": ""}),
        ("no_plan", {"plan_on": None}),
        ("paper_deviates", {"paper_end_on": date(2027, 3, 1)}),
        ("no_agreement", {"agreement_on": None}),
        ("no_report", {"reported_on": None, "agreement_on": None, "plan_on": None}),
    ],
)
def test_each_missing_fact_is_named(code: str, facts: dict[str, object]) -> None:
    case = complete()
    Case.objects.filter(pk=case.pk).update(**facts)
    assert codes(case) == {code}
    assert cases_with_gap(Case.objects.all(), code, DAY).get() == case


def test_an_order_without_worker_team_phone_and_papers_says_so() -> None:
    person = PersonFactory(phone="", document_kind="none", document_number="")
    case = CaseFactory(person=person)
    assert {"no_worker", "no_team", "no_phone", "no_document"} <= codes(case)


def test_an_order_that_waits_for_the_report_has_no_gap_for_that() -> None:
    assert "no_report" not in codes(CaseFactory(not_reported=True))


def test_every_gap_has_words_and_counts_are_one_query(django_assert_num_queries) -> None:
    complete()
    CaseFactory()
    assert WORDS.keys() == conditions(DAY).keys()
    with django_assert_num_queries(1):
        counts = count_gaps(Case.objects.all(), DAY)
    assert (counts["no_worker"], counts["no_plan"], counts["no_phone"]) == (1, 1, 0)


def run(**options: Any) -> str:
    out = StringIO()
    call_command("assign_cases", stdout=out, **options)
    return out.getvalue()


def test_the_command_assigns_every_open_case_of_the_area_without_a_worker() -> None:
    mine, taken, elsewhere = (
        CaseFactory(),
        CaseFactory(),
        CaseFactory(person=PersonFactory(area=area(WANQUAN))),
    )
    other = UserFactory()
    AssignmentFactory(person=taken.person, worker=other)
    PersonFactory()
    worker = UserFactory()
    assert "1 " in run(area=JIAJI, worker=worker.username)
    assert Person.objects.in_caseload_of(worker).get() == mine.person
    assert Person.objects.in_caseload_of(other).get() == taken.person
    assert Case.objects.not_assigned_on(today()).get() == elsewhere


def test_the_command_takes_one_village_and_a_day() -> None:
    CaseFactory()
    CaseFactory(person=PersonFactory(area=area("469002100001")))
    worker, by = UserFactory(), UserFactory(town_supervisor=True)
    run(area=JIAJI, village=VILLAGE, worker=worker.username, on=date(2026, 1, 1), by=by.username)
    assert worker.assignments.get().starts_on == date(2026, 1, 1)
    assert worker.assignments.get().recorded_by == by


@pytest.mark.parametrize(
    "wrong",
    [
        {"area": "999999"},
        {"worker": "nobody"},
        {"village": JIAJI},
        {"by": "nobody"},
    ],
)
def test_the_command_says_what_is_wrong(wrong: dict[str, str]) -> None:
    area(JIAJI)
    worker = UserFactory()
    with pytest.raises(CommandError):
        run(**({"area": QIONGHAI, "worker": worker.username} | wrong))


def test_the_command_tells_a_refusal() -> None:
    CaseFactory(person=PersonFactory(area=area(WANQUAN)))
    with pytest.raises(CommandError, match="万泉镇"):
        run(area=QIONGHAI, worker=UserFactory().username)
