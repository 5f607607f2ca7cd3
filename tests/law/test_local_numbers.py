"""A number that an area sets for itself counts the same in each place that shows it."""

from datetime import date, timedelta

import pytest
import time_machine

from apps.accounts.models import User
from apps.cases.gaps import gaps_of
from apps.cases.models import Case
from apps.cases.order_cards import orders_of
from apps.law.parameters import Parameter
from apps.law.services import set_parameter
from apps.workbench.order_lines import StepHead
from apps.workbench.today import heads_of
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WENCHANG, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import AssignmentFactory

pytestmark = pytest.mark.django_db
REPORTED = date(2024, 3, 1)


@pytest.fixture
def worker() -> User:
    return UserFactory()


def number(name: str, value: int, place: str = "", since: date = date(2024, 1, 1)) -> None:
    set_parameter(
        name=name, value=value, effective_from=since, by=User.objects.system(), basis="办法",
        area=area(place) if place else None,
    )  # fmt: skip


def order(worker: User, **facts: object) -> Case:
    case: Case = CaseFactory(**facts)
    AssignmentFactory(person=case.person, worker=worker)
    return case


def due_of(case: Case, worker: User, day: date) -> date | None:
    """Of the step that is awaited; the person's page and Today say the same."""
    with time_machine.travel(f"{day.isoformat()}T09:00:00+08:00", tick=False):
        [shown] = orders_of(case.person, worker, day)
        lines = [head for head in heads_of(worker, day) if isinstance(head, StepHead)]
    assert shown.next is not None
    assert [head.final_on for head in lines] == [shown.next.due_on]
    return shown.next.due_on


def lacks_agreement(case: Case, day: date) -> bool:
    return "no_agreement" in {gap.code for gap in gaps_of(case, day)}


@pytest.mark.parametrize(
    ("numbers", "days"),
    [
        ([], 3),
        ([(7, "")], 7),
        ([(7, ""), (5, QIONGHAI)], 5),
        ([(7, ""), (5, WENCHANG)], 7),
        ([(5, QIONGHAI), (9, "")], 5),
    ],
)
def test_regulation_16_the_days_to_the_agreement_are_those_of_the_nearest_area(
    worker: User, numbers: list[tuple[int, str]], days: int
) -> None:
    for value, place in numbers:
        number(Parameter.AGREEMENT_DAYS, value, place)
    case = order(worker, not_agreed=True)
    last = REPORTED + timedelta(days=days)
    assert due_of(case, worker, REPORTED) == last
    assert not lacks_agreement(case, last)
    assert lacks_agreement(case, last + timedelta(days=1))


def test_a_number_of_a_later_day_does_not_hold_for_a_report_before_it(worker: User) -> None:
    number(Parameter.AGREEMENT_DAYS, 1, QIONGHAI, since=REPORTED + timedelta(days=1))
    case = order(worker, not_agreed=True)
    assert due_of(case, worker, REPORTED) == date(2024, 3, 4)
    assert not lacks_agreement(case, date(2024, 3, 4))


def test_regulation_23_the_days_to_the_notice_are_those_of_the_area(worker: User) -> None:
    number(Parameter.RELEASE_DAYS, 5, QIONGHAI)
    case = order(worker, measure="SQKF", term_months=12)
    assert due_of(case, worker, date(2025, 3, 2)) == date(2025, 3, 5)


def test_regulation_14_the_words_say_the_days_that_were_counted(worker: User) -> None:
    number(Parameter.REPORT_DAYS, 2, QIONGHAI)
    received = date(2024, 3, 4)
    case = order(worker, not_reported=True, received_on=received)
    assert due_of(case, worker, received) == date(2024, 3, 6)
    [shown] = orders_of(case.person, worker, received)
    assert shown.next is not None
    assert "2日" in shown.next.why
    assert "15" not in shown.next.why
