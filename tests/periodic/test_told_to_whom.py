"""What a report tells to whom, and what its words and files say."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from apps.accounts.models import User
from apps.areas.services import merge_areas
from apps.core.days import today
from apps.periodic.calendar import owed_by
from apps.periodic.models import PeriodicReport
from apps.periodic.papers import sheet_of
from apps.periodic.services import ask_for_reports, change_form, send_report
from apps.periodic.shown import changes_of, frozen_table, hidden_from
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.assistance import approved, paid
from tests.factories.pages import running_case
from tests.factories.periodic import frozen
from tests.factories.schedule import at
from tests.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return UserFactory(county_supervisor=True)


def page(client, user, name, row, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"periodic:{name}", args=[row.public_id, *args]), query, secure=True)


def test_figures_of_help_are_told_to_who_may_know_of_restricted_help(client, county):
    records = UserFactory(records_admin=True)
    row = frozen(by=county)
    assert hidden_from(county, row) == frozenset()
    assert "assistance_persons" in hidden_from(records, row)
    assert page(client, records, "rows", row, "assistance_persons").status_code == 404
    told = page(client, records, "report", row).context["table"].totals
    assert all(c.masked for c in told if c.code.startswith("assistance_"))


def test_words_name_figures_of_the_report_alone(county):
    with refused("{{cases_in_force}} is none of the figures", "opening"):
        change_form(
            area=area(QIONGHAI), by=county, client_uuid=uuid4(), every="month", title="月报",
            opening="执行中{{cases_in_force}}件", closing="", codes=["persons"], columns=[],
        )  # fmt: skip


def test_a_merged_unit_leaves_the_reports_of_its_successor_alone(county):
    into, old = area(WANQUAN), area(JIAJI)
    first = frozen(into, by=county)
    frozen(old, by=county)
    merge_areas(area=old, into=into, by=User.objects.system())
    later = frozen(area(WANQUAN), by=county, reason="更正")
    assert (later.replaces, later.version) == (first, 2)


def test_a_report_of_a_merged_unit_is_not_that_of_its_successor(county):
    ask_for_reports(
        area=area(QIONGHAI), by=county, client_uuid=uuid4(), level="town", every="month",
        due_days=5, first_day=date(2024, 3, 1),
    )  # fmt: skip
    with time_machine.travel(at(date(2024, 4, 2))):
        frozen(area(JIAJI), by=county)
        merge_areas(area=area(JIAJI), into=area(WANQUAN), by=User.objects.system())
        assert {one.state for one in owed_by(area(WANQUAN))} == {"missing"}


def test_a_town_asks_no_county(client):
    with refused("A town asks no county", "level"):
        ask_for_reports(
            area=area(JIAJI), by=UserFactory(town_supervisor=True), client_uuid=uuid4(),
            level="county", every="month", due_days=5, first_day=date(2024, 3, 1),
        )  # fmt: skip


def test_the_days_that_were_shown_are_frozen_whenever_the_form_is_sent(client, county):
    client.force_login(county)
    with time_machine.travel(at(date(2024, 4, 30))):
        shown = client.get(reverse("periodic:preview"), secure=True).context["form"]
    sent = {name: shown.initial[name] for name in ("shown_every", "shown_first", "shown_last")}
    with time_machine.travel(at(date(2024, 5, 1))):
        client.force_login(county)
        client.post(reverse("periodic:preview"), sent | {"client_uuid": uuid4()}, secure=True)
    assert PeriodicReport.objects.get().first == date(2024, 3, 1)


def test_a_wrong_address_freezes_nothing(client, county):
    client.force_login(county)
    address = reverse("periodic:preview") + "?every=year&day=2024-13-99"
    days = {"shown_every": "month", "shown_first": "2024-03-01", "shown_last": "2024-03-31"}
    client.post(address, days | {"client_uuid": uuid4()}, secure=True)
    assert not PeriodicReport.objects.exists()


def test_another_form_is_no_change_of_figures(county):
    frozen(by=county)
    change_form(
        area=area(QIONGHAI), by=county, client_uuid=uuid4(), every="month", title="月报",
        opening="", closing="", codes=["persons"], columns=[],
    )  # fmt: skip
    assert changes_of(frozen(by=county, reason="换表样")) == []


def test_money_leaves_in_yuan(county):
    day = today()
    paid(approved())
    with time_machine.travel(at(day + timedelta(days=1))):
        row = frozen(by=county, every="any", first=day, last=day)
    lines = list(sheet_of(row, frozen_table(row, exact=True), county).rows)
    assert [one[3] for one in lines if "100.00" in one] == [100, 100]  # whole, and of its kind


def test_the_province_keeps_what_was_sent_until_the_correction_is_sent_too(client, county):
    viewer = UserFactory(province_viewer=True)
    row = frozen(by=county)
    send_report(report=row, by=county)
    later = frozen(by=county, reason="核减一人")
    assert page(client, viewer, "report", row).status_code == 200
    assert page(client, viewer, "report", later).status_code == 404
    send_report(report=later, by=county)
    assert page(client, viewer, "report", row).status_code == 404
    shown = page(client, viewer, "report", later)
    assert "核减一人" not in shown.content.decode()


def test_rows_of_no_unit_open_alone(client, county):
    running_case()
    row = frozen(by=county)
    assert page(client, county, "rows", row, "persons", unit="none").status_code in {200, 404}
    assert page(client, county, "xlsx", row, masked="1").status_code == 200
    other = frozen(by=county, every="quarter", first=date(2024, 1, 1))
    assert page(client, county, "xlsx", other, masked="1").status_code == 404
