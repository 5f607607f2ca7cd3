"""The last day before a paper is refused or issued, and the day after it."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from apps.accounts.models import User
from apps.cases.models import Case
from apps.cases.services import add_member, end_member, resume_case, suspend_case
from apps.core.refusals import Refused
from apps.documents import guards
from apps.documents.guards import Guard
from apps.documents.subject import Subject
from tests.factories.accounts import UserFactory
from tests.factories.assessments import assessed
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
REPORTED, LAST = date(2022, 3, 1), date(2025, 2, 28)


@pytest.fixture
def by() -> User:
    user: User = UserFactory(county_supervisor=True)
    return user


@pytest.fixture
def case() -> Case:
    """Three years, the last day is LAST."""
    made: Case = CaseFactory(
        decided_on=REPORTED, received_on=REPORTED, reported_on=REPORTED, agreement_on=REPORTED
    )
    return made


def refused(guard: Guard, case: Case, by: User, day: date) -> str:
    """The words of the refusal on the day, in English; nothing when the paper is issued."""
    try:
        with translation.override("en"):
            guard(Subject(case.person, case, by, day))
    except Refused as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize(
    ("guard", "first", "words"),
    [
        (guards.ended, LAST + DAY, "The term has not ended yet."),
        (guards.near_end, LAST - 29 * DAY, "The term ends in more than 30 days."),
        (guards.over, LAST + DAY, "The order still runs; its file is not put away."),
    ],
)
def test_regulation_23_40_a_paper_of_the_end_has_its_first_day(
    case: Case, by: User, guard: Guard, first: date, words: str
) -> None:
    found = [refused(guard, case, by, day) for day in (first - DAY, first, first + DAY)]
    assert found == [words, "", ""]


def test_on_the_last_day_of_the_term_something_may_still_be_asked(case: Case, by: User) -> None:
    found = [refused(guards.running, case, by, day) for day in (LAST - DAY, LAST, LAST + DAY)]
    assert found[:2] == ["", ""]
    assert found[2].startswith("The term has ended; nothing may be asked of the person")


def test_whoever_leaves_the_team_is_of_it_until_the_day_before(case: Case, by: User) -> None:
    left = date(2023, 5, 10)
    member = add_member(case=case, by=by, kind="police", on=REPORTED, name="陈警官")
    end_member(member=member, by=by, on=left)
    found = [refused(guards.with_team, case, by, day) for day in (left - DAY, left, left + DAY)]
    assert found[0] == ""
    assert all(words.startswith("Nobody is in the care team yet") for words in found[1:])


def test_pipl_24_a_risk_level_is_told_until_the_last_day_of_its_assessment(
    case: Case, by: User
) -> None:
    last = assessed(case.person, by, date(2023, 5, 10)).valid_until
    found = [
        refused(guards.level_in_force, case, by, day) for day in (last - DAY, last, last + DAY)
    ]
    assert found == ["", "", "The assessment has run out: assess the person anew first."]


def test_regulation_24_an_order_goes_on_the_day_after_the_last_of_its_suspension(
    case: Case, by: User
) -> None:
    row = suspend_case(case=case, by=by, starts_on=date(2023, 5, 10), reason="detained")
    resume_case(suspension=row, by=by, on=date(2023, 6, 1))
    row.refresh_from_db()
    last = row.ended_on
    assert last is not None
    found = [refused(guards.resumed, case, by, day) for day in (last - DAY, last, last + DAY)]
    assert all(words.startswith("The order is still suspended") for words in found[:2])
    assert found[2] == ""
