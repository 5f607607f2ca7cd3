"""What answers a draw, and of whom nothing is asked any more."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import translation

from apps.accounts.models import User
from apps.cases.models import Case
from apps.cases.services import report_leave, suspend_case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.draws.models import Drawn
from apps.persons.models import Person
from apps.workbench.today import heads_of
from tests.factories.accounts import UserFactory
from tests.factories.draws import drawn_from
from tests.factories.drugtests import not_sampled
from tests.factories.pages import running_case
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
UNTIL = date(2024, 6, 6)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with (
        time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment,
        translation.override("en"),
    ):
        yield moment


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


@pytest.fixture
def case() -> Case:
    made: Case = running_case(UserFactory(), person=PersonFactory(sex="1"))
    return made


def is_asked(boss: User) -> bool:
    return "drawn" in {getattr(head, "kind", "") for head in heads_of(boss, today())}


def test_a_refused_random_test_is_no_longer_asked_for(boss: User, case: Case, clock: Any) -> None:
    drawn_from()
    assert is_asked(boss)
    not_sampled(case.person, NOW, "refused", next_on=NOW)
    assert is_asked(boss)  # once more today
    clock.move_to("2024-12-03T12:00:00+08:00")
    assert not is_asked(boss)


@pytest.mark.parametrize(("reason", "next_on", "open_now"), [
    ("refused", date(2024, 6, 7), False), ("no_kit", date(2024, 6, 5), True),
    ("not_told", date(2024, 6, 10), False), ("hospital", None, False),
])  # fmt: skip
def test_a_reason_answers_unless_the_next_try_lies_within_the_days(
    boss: User, case: Case, clock: Any, reason: str, next_on: date | None, *, open_now: bool
) -> None:
    drawn_from()
    not_sampled(case.person, NOW, reason, next_on=next_on)
    assert is_asked(boss) is open_now
    clock.move_to("2024-06-07T12:00:00+08:00")
    assert not is_asked(boss)


def held(case: Case, boss: User) -> None:
    suspend_case(case=case, by=boss, starts_on=NOW, reason="detained")


def died(case: Case, boss: User) -> None:
    Person.objects.filter(pk=case.person_id).update(life_status="deceased", life_status_since=NOW)


def away(case: Case, boss: User) -> None:
    report_leave(
        case=case,
        by=boss,
        starts_on=NOW,
        until_on=UNTIL,
        destination="海口",
        reported_in_writing_on=NOW,
    )


@pytest.mark.parametrize("ends", [held, died, away])
def test_who_was_drawn_and_is_held_away_or_dead_is_asked_no_more(
    boss: User, case: Case, clock: Any, ends: Callable[[Case, User], None]
) -> None:
    drawn_from()
    ends(case, boss)
    assert not is_asked(boss)
    # A draw whose last day was one of those asks for nothing when they are over.
    case.suspensions.update(ended_on=UNTIL)
    clock.move_to("2024-06-08T12:00:00+08:00")
    assert ends is died or not Drawn.objects.all().unanswered_on(today()).exists()


def test_who_is_held_later_is_asked_again_once_free(boss: User, case: Case, clock: Any) -> None:
    drawn_from()
    clock.move_to("2024-06-08T12:00:00+08:00")
    suspend_case(case=case, by=boss, starts_on=UNTIL + timedelta(days=1), reason="detained")
    assert not is_asked(boss)
    case.suspensions.update(ended_on=UNTIL + timedelta(days=1))
    assert is_asked(boss)


def test_nobody_dead_stands_in_a_pool(boss: User, case: Case) -> None:
    died(case, boss)
    with pytest.raises(Refused, match="Nobody of this unit can be drawn"):
        drawn_from()
