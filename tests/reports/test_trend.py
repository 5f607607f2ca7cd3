"""Twelve months: each number is that of the dashboard of its month, and no more is told."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.reports.trend import DUE, SHOWN, months_until
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WENCHANG, area
from tests.factories.cases import CaseFactory
from tests.factories.drugtests import sampled
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory
from tests.factories.schedule import seen

pytestmark = pytest.mark.django_db
TODAY = datetime(2024, 4, 10, 3, tzinfo=UTC)
MARCH = {"from": "2024-03-01", "to": "2024-03-31"}


def trend(client: Client, **asked: str) -> Any:
    url = reverse("reports:trend")
    return client.get(url, asked or MARCH, secure=True, HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture(autouse=True)
def in_april() -> Iterator[None]:
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def county() -> Client:
    return signed_in(UserFactory(county_supervisor=True))


@pytest.fixture
def province() -> Client:
    return signed_in(UserFactory(province_viewer=True, area=area("46")))


def some_orders(number: int) -> None:
    for _each in range(number):
        case = CaseFactory(
            decided_on=date(2023, 10, 1),
            received_on=date(2023, 10, 1),
            reported_on=date(2023, 10, 3),
            agreement_on=date(2023, 10, 3),
        )
        for month in (1, 2, 3):
            seen(case, date(2024, month, 5))
        sampled(case.person, date(2024, 2, 6))


def test_months_end_where_the_period_does_and_know_february() -> None:
    found = months_until(date(2024, 3, 9))
    assert len(found) == 12
    assert found[-3:] == [
        (date(2024, 1, 1), date(2024, 1, 31)),
        (date(2024, 2, 1), date(2024, 2, 29)),
        (date(2024, 3, 1), date(2024, 3, 9)),
    ]


def test_each_month_says_what_its_dashboard_says(county: Client) -> None:
    some_orders(3)
    told = 0
    for month in trend(county).context["months"]:
        shown: Any = county.get(month.url, secure=True, HTTP_ACCEPT_LANGUAGE="en").context
        cells = {cell.code: cell for cell in (*shown["cards"], *shown["leads"])}
        for code in SHOWN:
            assert month.cells[code].text == cells[code].text, (code, month.label)
            assert month.cells[code].fraction == cells[code].fraction, (code, month.label)
            told += bool(month.cells[code].figure.numerator)
    assert told > 4


@pytest.mark.parametrize("number", [3, 6])
def test_who_sees_figures_alone_gets_no_more_than_the_dashboard_of_each_month(
    province: Client, number: int
) -> None:
    """Of three persons no number is told, of six they are."""
    some_orders(number)
    answer = trend(province, month="2024-03")
    hidden = 0
    for month in answer.context["months"]:
        shown: Any = province.get(month.url, secure=True, HTTP_ACCEPT_LANGUAGE="en").context
        cells = {cell.code: cell for cell in (*shown["cards"], *shown["leads"])}
        for code in SHOWN:
            assert month.cells[code].masked == cells[code].masked, (code, month.label)
            assert month.cells[code].text == cells[code].text, (code, month.label)
            assert not month.cells[code].url
            hidden += month.cells[code].masked
    drawn = [one.words for one in answer.context["due"].columns]
    assert bool(hidden) == (number == 3)
    assert bool(drawn) == (number == 6)


def test_a_month_before_those_that_may_be_chosen_leads_nowhere(province: Client) -> None:
    months = trend(province, month="2021-06").context["months"]
    assert [bool(month.url) for month in months].index(True) == 9
    assert all(month.url for month in months[9:])


def test_a_month_that_is_not_over_ends_no_line_with_a_fall(county: Client) -> None:
    some_orders(1)
    asked = {"from": "2024-03-01", "to": "2024-03-09"}
    for course in trend(county, **asked).context["courses"]:
        assert course.newest[0].label == "Feb 2024"
    for course in trend(county).context["courses"]:
        assert course.newest[0].label == "Mar 2024"


def test_due_and_done_of_a_month_are_those_of_its_duties(county: Client) -> None:
    some_orders(2)
    context = trend(county).context
    due = [one.words for one in context["due"].columns if "Due" in one.words]
    march = context["months"][-1]
    whole = sum(march.cells[code].figure.denominator for code in DUE)
    assert whole > 0
    assert f"Mar · Due {whole:,}" in due


def test_the_dashboard_gets_its_lines_and_charts_without_the_frame(county: Client) -> None:
    some_orders(1)
    url = reverse("reports:trend")
    part = county.get(url, MARCH, secure=True, HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in part
    assert 'id="course-checkin_rate" hx-swap-oob="true"' in part
    page = county.get(reverse("reports:dashboard"), MARCH, secure=True).content.decode()
    assert 'id="course-checkin_rate"' in page
    assert "/dashboard/trend/?area=" in page


def test_another_countys_months_are_not_there(county: Client) -> None:
    assert trend(county, area=WENCHANG).status_code == 404
    assert trend(county, area=JIAJI).status_code == 200


def test_a_worker_has_no_such_page() -> None:
    worker: User = UserFactory()
    PersonFactory()
    assert trend(signed_in(worker)).status_code == 403
