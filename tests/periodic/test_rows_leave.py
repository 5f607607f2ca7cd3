"""The rows behind a frozen number leave like those of any list, with a second person, too."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from apps.audit.models import AccessLog, Action
from apps.exports import services
from apps.exports.models import ExportRequest
from apps.exports.telling import title_of
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.exports import above
from tests.factories.pages import signed_in
from tests.factories.periodic import frozen
from tests.factories.persons import PersonFactory
from tests.once import once
from tests.reports.test_dashboard import units_with_persons

pytestmark = pytest.mark.django_db
PURPOSE = {"purpose": "季度核对", "format": "csv"}


@pytest.fixture(scope="module")
def persons(django_db_setup, django_db_blocker):
    with once(django_db_blocker, units_with_persons) as cases:
        yield cases


def test_the_menu_of_the_page_gives_a_file(persons):
    boss = UserFactory(county_supervisor=True)
    url = reverse("periodic:rows", args=[frozen(by=boss).public_id, "persons"])
    assert 'name="purpose"' in signed_in(boss).get(url).content.decode()
    answer = signed_in(boss).post(url, PURPOSE)
    assert answer.status_code == 200
    assert answer.has_header("Content-Disposition")
    assert AccessLog.objects.filter(action=Action.EXPORT_MASKED, user_id=boss.pk).count() == 1


def test_who_approves_reads_which_number_it_is(persons):
    boss, second = UserFactory(county_supervisor=True), UserFactory(county_supervisor=True)
    above(1)
    PersonFactory(area=area(QIONGHAI), brought_in_on=date(2024, 3, 1))
    url = reverse("periodic:rows", args=[frozen(by=boss).public_id, "persons"])
    assert signed_in(boss).post(url, PURPOSE).status_code == 302
    row = ExportRequest.objects.get()
    with override("en"):
        assert title_of(row) == "Persons on the register"
    services.approve(row=row, by=second)
    answer = signed_in(boss).post(reverse("exports:take", args=[row.public_id]))
    assert answer.has_header("Content-Disposition")


@pytest.mark.parametrize("unit", ["%00", "%ED%A0%80", "x" * 300])
def test_a_unit_that_is_none_is_no_page(persons, unit):
    boss = UserFactory(county_supervisor=True)
    url = reverse("periodic:rows", args=[frozen(by=boss).public_id, "persons"])
    assert signed_in(boss).get(f"{url}?unit={unit}").status_code in (400, 404)
