"""Another number of days moves the deadlines that run, each by its own receipt and place."""

from datetime import date
from typing import Any

import pytest

from apps.accounts.models import User
from apps.cases.deadlines import Books, book_of, deadline_of
from apps.cases.models import Case
from apps.cases.services import close_case
from apps.law.current import load_rulebook
from apps.law.parameters import Parameter
from apps.law.services import set_parameter
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
WAITS: dict[str, Any] = {"not_reported": True}


def days(value: int, since: date, code: str = "") -> None:
    set_parameter(
        name="report_days", value=value, effective_from=since, basis="通知",
        by=User.objects.system(), area=area(code) if code else None,
    )  # fmt: skip


def deadlines(*cases: Case) -> list[date | None]:
    return [Case.objects.get(pk=case.pk).report_by for case in cases]


def test_deadlines_that_run_follow_a_number_and_the_others_stay() -> None:
    received = date(2024, 2, 26)
    first, second = CaseFactory(**WAITS), CaseFactory(**WAITS, received_on=received)
    reported, unknown = CaseFactory(), CaseFactory(**WAITS, received_on=None)
    closed = close_case(
        case=CaseFactory(**WAITS), by=UserFactory(county_supervisor=True), reason="revoked",
        on=date(2024, 3, 1),
    )  # fmt: skip
    everybody = (first, second, reported, closed, unknown)
    before = deadlines(*everybody)
    assert before == [date(2024, 3, 8), date(2024, 3, 12), *[date(2024, 3, 8)] * 2, None]
    days(5, since=received)  # of receipts from that day on
    assert deadlines(*everybody) == [before[0], date(2024, 3, 2), *before[2:]]
    days(6, since=date(2024, 2, 22))
    assert deadlines(*everybody) == [date(2024, 2, 28), date(2024, 3, 2), *before[2:]]


def test_a_number_of_a_town_moves_the_deadlines_of_that_town() -> None:
    here, there = (
        CaseFactory(**WAITS),
        CaseFactory(**WAITS, person=PersonFactory(area=area(WANQUAN))),
    )
    days(5, since=date(2024, 1, 1), code=WANQUAN)
    assert deadlines(here, there) == [date(2024, 3, 8), date(2024, 2, 27)]
    books = Books(load_rulebook(), [here, there])
    on = date(2024, 2, 22)
    told = [books.of(case).value(Parameter.REPORT_DAYS, on) for case in (here, there)]
    assert told == [15, 5]
    assert book_of(there).value(Parameter.REPORT_DAYS, on) == 5
    assert deadline_of(Case(received_on=None)) is None
