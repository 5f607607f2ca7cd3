"""The board of data quality: every number is its list, and nothing restricted is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.cases.models import Case
from apps.checkins.models import CheckIn
from apps.core.days import today
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WENCHANG, area
from tests.factories.assistance import helped
from tests.factories.pages import running_case, signed_in
from tests.factories.schedule import seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> Client:
    return signed_in(UserFactory(county_supervisor=True))


def totals(client: Client, **asked: str) -> dict[str, int]:
    page: Any = client.get(reverse("reports:quality"), asked, secure=True)
    return {
        cell.code.removeprefix("quality_"): cell.figure.numerator
        for board in page.context["boards"] for cell in board["sums"]
    }  # fmt: skip


def changed(case: Case, **facts: Any) -> Case:
    Person.objects.filter(pk=case.person_id).update(**facts)
    return case


def test_each_number_is_the_number_of_rows_it_opens(county: Client) -> None:
    changed(running_case(), phone_index=None, sex="", employment="")
    changed(running_case(), born_on=date(1925, 1, 1), residence_area=None, residence_address=b"")
    page: Any = county.get(reverse("reports:quality"), secure=True, HTTP_ACCEPT_LANGUAGE="en")
    opened = 0
    for board in page.context["boards"]:
        for cell in [*board["sums"], *(cell for line in board["lines"] for cell in line.cells)]:
            if cell.url:
                listed: Any = county.get(cell.url, secure=True)
                assert listed.context["page"].total == cell.figure.numerator, cell.code
                opened += 1
    assert opened > 10
    found = totals(county)
    assert (found["no_birth"], found["odd_age"], found["no_employment"]) == (1, 1, 2)


def test_units_add_up_to_the_area(county: Client) -> None:
    for _order in range(3):
        changed(running_case(), sex="")
    page: Any = county.get(reverse("reports:quality"), secure=True)
    for board in page.context["boards"]:
        for place, cell in enumerate(board["sums"]):
            parts = [line.cells[place].figure.numerator for line in board["lines"]]
            assert sum(parts) == cell.figure.numerator


def test_nobody_entered_anything_for_ninety_days(county: Client) -> None:
    quiet, touched = running_case(days=200), running_case(days=200)
    Case.objects.update(created_at="2020-01-01T00:00:00Z")
    seen(touched, today() - timedelta(days=2))
    assert totals(county)["untouched"] == 1
    CheckIn.objects.update(recorded_at="2020-01-02T00:00:00Z")
    assert totals(county)["untouched"] == 2
    # A restricted one would tell of itself.
    helped("hiv", person=quiet.person)
    assert totals(county)["untouched"] == 2
    helped(person=quiet.person)
    assert totals(county)["untouched"] == 1


def test_no_contact_for_sixty_days_counts_orders_as_long_in_force(county: Client) -> None:
    seen(running_case(days=100), today() - timedelta(days=59))
    running_case(days=59)
    assert totals(county)["quiet"] == 0
    running_case(days=60)
    assert totals(county)["quiet"] == 1


def test_whoever_died_with_an_open_order_stands_there(county: Client) -> None:
    case = running_case()
    changed(case, life_status="deceased", life_status_since=today())
    assert totals(county)["dead"] == 1


def test_it_is_for_who_can_mend_it(county: Client) -> None:
    url = reverse("reports:quality")
    assert county.get(url, {"area": WENCHANG}, secure=True).status_code == 404
    assert county.get(url, {"area": JIAJI}, secure=True).status_code == 200
    for user in (UserFactory(), UserFactory(province_viewer=True, area=area("46"))):
        assert signed_in(user).get(url, secure=True).status_code == 403
