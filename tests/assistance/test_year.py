"""The ledger of a year explains what came back later; a sheet of help says nobody's name."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.assistance import figures
from apps.assistance.models import LetterSender
from apps.assistance.services import reverse_payment, set_budget
from apps.assistance.year import lines_of
from apps.audit.models import AccessLog
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, area
from tests.factories.assistance import approved, paid
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2023, 12, 29), date(2024, 1, 3)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-02-05T10:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True, name="苏月霞", username="suyuexia")
    return made


@pytest.fixture
def _reversed_later(boss: User) -> None:
    """Of 500 yuan for the year 200 are left; 100 of them came back in the next one."""
    one = approved(by=boss, found_on=BEFORE)
    set_budget(programme=one.programme, area=area(QIONGHAI), year=2023, amount_fen=50_000, by=boss)
    paid(one, 30_000, by=boss, paid_on=BEFORE)
    wrong = paid(one, 10_000, by=boss, paid_on=BEFORE)
    reverse_payment(payment=wrong, by=boss, client_uuid=uuid4(), on=AFTER, reason="重复登记")


def shown(boss: User, year: int) -> str:
    url = f"{reverse('assistance:ledger')}?year={year}"
    answer = signed_in(boss).get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en")
    return " ".join(answer.content.decode().split())


@pytest.mark.usefixtures("_reversed_later")
def test_last_year_s_page_says_why_more_is_left_than_was_not_paid(boss: User) -> None:
    page = shown(boss, 2023)
    assert "400.00" in page
    assert "200.00 left of 500.00" in page
    assert "of it 100.00 came back after the year, by reversals" in page


@pytest.mark.usefixtures("_reversed_later")
def test_this_year_s_page_says_what_of_its_sum_is_of_earlier_years(boss: User) -> None:
    page = shown(boss, 2024)
    assert "-100.00" in page
    assert "after reversals of earlier years: 100.00" in page
    assert "came back after the year" not in page


def test_a_reversal_within_the_year_is_told_as_nothing_more(boss: User) -> None:
    one = approved(by=boss, found_on=AFTER)
    set_budget(programme=one.programme, area=area(QIONGHAI), year=2024, amount_fen=50_000, by=boss)
    row = paid(one, 10_000, by=boss, paid_on=AFTER)
    reverse_payment(payment=row, by=boss, client_uuid=uuid4(), on=AFTER, reason="重复登记")
    [line] = lines_of(area(QIONGHAI), 2024, boss)
    assert list(line.told_budgets) == [("琼海市", "500.00", "500.00", "", "")]
    assert line.taken_back == ""


SHEETS = (
    "assistance:list", "reports:assistance_yuan", "reports:assistance_person_times",
    "reports:assistance_household", "reports:assistance_persons",
)  # fmt: skip


def sheet(user: User, name: str) -> str:
    sent = {"purpose": "年度救助核对", "format": "csv", "whole": "1"}
    url = f"{reverse(name)}?from=2024-01-01&to=2024-02-05"
    answer: Any = signed_in(user).post(url, sent, secure=True, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 200, name
    return b"".join(answer.streaming_content).decode("utf-8-sig")


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_goes_out_under_the_neutral_name_and_the_log_knows_the_account(
    boss: User, name: str
) -> None:
    paid(approved(by=boss, found_on=AFTER), 10_000, by=boss, paid_on=AFTER, household=1)
    text = sheet(boss, name).splitlines()[-1]
    assert "for: 年度救助核对" in text
    assert " by " not in text
    LetterSender.objects.create(area=area(QIONGHAI), name="琼海市综治中心")
    town = UserFactory(town_supervisor=True, area=area(JIAJI), name="符秀英", username="fuxiuying")
    for user in (boss, town):
        text = sheet(user, name)
        assert "by 琼海市综治中心 for: 年度救助核对" in text
        assert user.name not in text
        assert user.username not in text
        assert AccessLog.objects.filter(action="export", user_id=user.pk).exists()


def test_each_figure_says_that_the_office_that_paid_counts() -> None:
    of_persons = {figures.HELP_RATE}  # of those in need, from whichever office
    for one in figures.LISTS:
        if one.indicator in of_persons:
            continue
        assert "by the office that paid" in str(one.indicator.definition)
