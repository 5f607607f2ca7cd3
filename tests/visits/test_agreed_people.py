"""Whom a visit may name, on the days around the agreement; and which try is the same one."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.refusals import Refused
from apps.persons.models import Contact
from apps.persons.services import withdraw_contact_agreement
from apps.visits.edits import withdraw_meeting
from apps.visits.models import Meeting
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.persons import ContactFactory
from tests.factories.visits import met, tried

pytestmark = pytest.mark.django_db
NOW, DAY = date(2024, 6, 3), timedelta(days=1)
AGREED, WITHDRAWN = date(2024, 5, 10), date(2024, 5, 20)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def case() -> Case:
    made: Case = CaseFactory()
    return made


@pytest.fixture
def worker() -> User:
    made: User = UserFactory()
    return made


def agreed(case: Case) -> Contact:
    contact: Contact = ContactFactory(person=case.person, agreed_on=AGREED)
    return withdraw_contact_agreement(contact=contact, by=UserFactory(), on=WITHDRAWN)


@pytest.mark.parametrize("day", [AGREED, WITHDRAWN - DAY])
def test_pipl_art_13_from_the_day_of_the_agreement_to_the_one_before_its_withdrawal(
    case: Case, day: date
) -> None:
    contact = agreed(case)
    assert met(case, day, contact=contact).meeting.contact == contact


@pytest.mark.parametrize("day", [AGREED - DAY, WITHDRAWN])
def test_pipl_art_13_nobody_is_named_before_the_agreement_or_from_its_withdrawal(
    case: Case, day: date
) -> None:
    contact = agreed(case)
    with pytest.raises(Refused, match="had not agreed"):
        met(case, day, contact=contact)


def test_the_same_try_from_another_tab_is_one_row(case: Case, worker: User) -> None:
    first = tried(case, NOW, by=worker, next_on=NOW + DAY)
    again = tried(case, NOW, by=worker, next_on=NOW + DAY)
    assert (first.created, again.created) == (True, False)
    assert again.meeting == first.meeting


DIFFERENCES: dict[str, dict[str, Any]] = {
    "way": {"way": "phone"}, "next day": {"next_on": NOW + 2 * DAY}, "reason": {"reason": "away"},
    "kind": {"kind": "talk"}, "day": {"day": NOW - DAY},
}  # fmt: skip


@pytest.mark.parametrize("differs", DIFFERENCES.values(), ids=DIFFERENCES)
def test_a_try_that_differs_is_a_row_of_its_own(
    case: Case, worker: User, differs: dict[str, Any]
) -> None:
    facts: dict[str, Any] = {"day": NOW, "kind": "talk", "way": "in_person", "next_on": NOW + DAY}
    facts["kind"] = "visit" if "way" not in differs else "talk"
    tried(case, by=worker, **facts)
    assert tried(case, by=worker, **(facts | differs)).created
    assert Meeting.objects.count() == 2


def test_the_same_try_at_another_person_is_a_row_of_its_own(case: Case, worker: User) -> None:
    for one in (case, CaseFactory()):
        assert tried(one, NOW, by=worker, next_on=NOW + DAY).created


def test_after_a_try_was_withdrawn_the_same_is_recorded_anew(case: Case, worker: User) -> None:
    first = tried(case, NOW, by=worker, next_on=NOW + DAY).meeting
    withdraw_meeting(meeting=first, by=worker, reason="记错")
    again = tried(case, NOW, by=worker, next_on=NOW + DAY)
    assert again.created
    assert again.meeting != first
