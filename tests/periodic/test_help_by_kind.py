"""A report tells help apart by kind: persons, times and yuan, each with its rows."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.periodic.models import PeriodicReport
from apps.periodic.services import change_form
from apps.periodic.shown import changes_of, frozen_table
from apps.reports.indicators import PARTS
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.assistance import approved, paid
from tests.factories.periodic import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(client: Client) -> User:
    user: User = UserFactory(county_supervisor=True)
    client.force_login(user)
    return user


def given(kind: str, by: User, fen: int) -> None:
    day = date(2024, 3, 9)
    paid(approved(kind, by=by, found_on=day), by=by, paid_on=day, amount_fen=fen)


def kinds(report: PeriodicReport, *, exact: bool = True) -> dict[str, str]:
    table = frozen_table(report, exact=exact)
    return {cell.code: cell.text for cell in table.totals if cell.code in PARTS}


def test_kinds_that_were_received_stand_in_it_and_no_other(client: Client, county: User) -> None:
    given("relief", county, 300_00)
    given("relief", county, 12_34)
    given("medical", county, 99_99)
    report = frozen(by=county)
    assert kinds(report) == {
        "assistance_persons_relief": "2", "assistance_persons_medical": "1",
        "assistance_person_times_relief": "2", "assistance_person_times_medical": "1",
        "assistance_yuan_relief": "312.34", "assistance_yuan_medical": "99.99",
    }  # fmt: skip
    for cell in frozen_table(report, exact=True).totals:
        if cell.code in PARTS:
            listed: Any = client.get(cell.url, secure=True)
            assert listed.status_code == 200
            count = 2 if cell.code.endswith("relief") else 1
            assert listed.context["page"].total == count, cell.code


def test_before_it_is_frozen_it_shows_the_same(client: Client, county: User) -> None:
    given("relief", county, 300_00)
    days = {"every": "month", "day": "2024-03-09"}
    shown: Any = client.get(reverse("periodic:preview"), days, secure=True)
    found = {cell.code: cell.text for cell in shown.context["table"].totals if cell.code in PARTS}
    assert found == kinds(frozen(by=county))


def test_a_correction_says_which_kind_changed(county: User) -> None:
    given("relief", county, 300_00)
    frozen(by=county)
    given("medical", county, 5_00)
    later = frozen(by=county, reason="补录")
    changed = {change.code for change in changes_of(later)}
    assert "assistance_yuan_medical" in changed
    assert "assistance_yuan_relief" not in changed


def test_where_small_numbers_are_masked_no_kind_is_told(county: User) -> None:
    """Seven of one kind and one of another: the sum less the one would tell the other."""
    for _person in range(7):
        given("relief", county, 300_00)
    given("medical", county, 5_00)
    assert kinds(frozen(by=county), exact=False) == {}


def test_who_may_not_know_of_restricted_help_sees_no_kind(client: Client, county: User) -> None:
    given("relief", county, 300_00)
    report = frozen(by=county)
    town = UserFactory(county_supervisor=True)
    client.force_login(town)
    hidden = {code for code in PARTS if code.startswith("assistance_")}
    table = frozen_table(report, exact=True, hidden=hidden)
    assert all(cell.masked and not cell.url for cell in table.totals if cell.code in PARTS)


def test_an_office_chooses_whether_kinds_stand_in_its_form(county: User) -> None:
    given("relief", county, 300_00)
    form = {
        "area": area(QIONGHAI), "by": county, "every": "month", "title": "月报", "opening": "",
        "closing": "", "columns": [],
    }  # fmt: skip
    change_form(**form, client_uuid=uuid4(), codes=["persons"])
    assert kinds(frozen(by=county)) == {}
    change_form(**form, client_uuid=uuid4(), codes=["persons", "by_kind"])
    assert "assistance_yuan_relief" in kinds(frozen(by=county, reason="换表样"))
