"""A frozen report keeps its numbers and their rows; a correction says what changed."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import InternalError, transaction
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.areas.services import merge_areas
from apps.core.days import today
from apps.periodic.forms_of_offices import form_for
from apps.periodic.models import FrozenFigure, PeriodicReport
from apps.periodic.services import change_form, period_for
from apps.periodic.shown import changes_of, frozen_table
from apps.persons.codes import LifeStatus
from apps.persons.models import Person
from apps.reports.breakdown import break_down
from apps.reports.indicators import INDICATORS
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHANG, area
from tests.factories.periodic import MARCH, frozen
from tests.factories.persons import PersonFactory
from tests.factories.schedule import seen
from tests.once import once
from tests.refusing import refused
from tests.reports.test_dashboard import units_with_persons

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def persons(django_db_setup, django_db_blocker):
    with once(django_db_blocker, units_with_persons) as cases:
        yield cases


@pytest.fixture
def boss(client: Client):
    user = UserFactory(county_supervisor=True)
    client.force_login(user)
    return user


def test_frozen_numbers_are_those_of_the_dashboard_unit_by_unit(persons):
    row = frozen()
    table = frozen_table(row, exact=True)
    now = break_down(period_for(row.unit, row.first, row.last))
    for code in INDICATORS:
        one, other = table.found.total[code], now.total[code]
        assert (one.numerator, one.denominator) == (other.numerator, other.denominator), code
    assert [unit.area for unit in table.found.units] == [unit.area for unit in now.units]
    for code in table.form.columns:
        numbers = [unit.figures[code].numerator for unit in table.found.units]
        assert numbers == [unit.figures[code].numerator for unit in now.units], code


@pytest.mark.parametrize("code", list(INDICATORS))
def test_every_number_opens_exactly_its_rows(client, boss, persons, code):
    row = frozen(by=boss)
    figure = frozen_table(row, exact=True).found.total[code]
    counted = figure.numerator if figure.denominator is None else figure.denominator
    page = client.get(reverse("periodic:rows", args=[row.public_id, code]), secure=True)
    assert page.status_code == 200
    if code not in SUMS:
        assert page.context["page"].total == counted
    assert page.context["gone"] == 0


# What stands in a column of the rows is added up.
SUMS = {
    "assistance_person_times", "assistance_household", "assistance_yuan", "treatment_attendance",
}  # fmt: skip


def test_what_is_entered_later_changes_nothing_and_a_correction_says_what(client, boss, persons):
    row = frozen(by=boss)
    before = frozen_table(row, exact=True).found.total["checkin_rate"]
    seen(persons[3], date(2024, 3, 6))
    assert frozen_table(row, exact=True).found.total["checkin_rate"] == before
    with refused("This report was frozen on", "reason"):
        frozen(by=boss)
    later = frozen(by=boss, reason="补录一次签到")
    assert (later.version, later.replaces) == (2, row)
    changed = {str(one.title): one for one in changes_of(later)}
    one = changed[str(INDICATORS["checkin_rate"].title)]
    assert (one.came, one.went) == (0, 0)
    assert one.before != one.after
    page = client.get(reverse("periodic:report", args=[row.public_id]), secure=True)
    assert str(later.public_id) in page.content.decode()


def test_rows_that_count_no_more_are_said(client, boss, persons):
    row = frozen(by=boss)
    keys = FrozenFigure.objects.filter(report=row, code="persons")
    counted = sum(len(one.rows) for one in keys)
    Person.every.filter(brought_in_on=date(2024, 3, 1)).update(
        life_status=LifeStatus.DECEASED, life_status_since=date(2024, 3, 2)
    )
    page = client.get(reverse("periodic:rows", args=[row.public_id, "persons"]), secure=True)
    assert (page.context["gone"], page.context["page"].total) == (1, counted - 1)


def test_nothing_of_a_frozen_report_is_changed(persons):
    row = frozen()
    for change in (
        lambda: PeriodicReport.objects.filter(pk=row.pk).update(title="另一个"),
        lambda: FrozenFigure.objects.filter(report=row).update(number=0),
        lambda: FrozenFigure.objects.filter(report=row).delete(),
    ):
        with pytest.raises(InternalError, match="Cannot"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("facts", "words", "field"),
    [
        ({"last": date(2024, 3, 30)}, "These days are no whole period", "first"),
        ({"last": date(2024, 2, 28)}, "The last day lies before the first", "last"),
        ({"every": "any", "last": date(2026, 4, 1)}, "A report covers two years", "last"),
        ({"every": "any", "first": date(24, 3, 1)}, "There was no such duty", "first"),
    ],
)
def test_days_that_are_no_report(facts, words, field):
    with refused(words, field):
        frozen(**facts)


def test_days_that_are_not_over_can_still_change():
    first = today().replace(day=1)
    with refused("A report is frozen when its last day is over", "last"):
        frozen(every="any", first=first, last=today())
    assert frozen(every="any", first=first - timedelta(days=9), last=first - timedelta(days=1))


def test_another_county_is_outside():
    with refused("lies outside your area"):
        frozen(area(WENCHANG))


def test_sent_twice_it_is_one(boss):
    key = uuid4()
    assert frozen(by=boss, client_uuid=key) == frozen(by=boss, client_uuid=key)
    assert PeriodicReport.objects.count() == 1


def test_a_town_has_its_own_report_beside_that_of_the_county(persons):
    county = frozen()
    town = frozen(area(JIAJI), by=UserFactory(town_supervisor=True))
    assert (county.version, town.version) == (1, 1)
    found = PeriodicReport.objects.of_unit(area(QIONGHAI))
    assert list(found) == [county]
    number = frozen_table(town, exact=True).found.total["cases_in_force"].numerator
    assert number == 2


def test_a_merged_unit_leads_to_the_report_of_the_unit_it_became(persons):
    old = frozen(area(JIAJI), by=UserFactory(town_supervisor=True))
    merge_areas(area=area(JIAJI), into=area(WANQUAN), by=User.objects.system())
    boss = UserFactory(county_supervisor=True)
    assert old in PeriodicReport.objects.visible_to(boss)


def test_the_form_of_the_office_holds_from_then_on(boss):
    row = frozen(by=boss)
    change_form(
        area=area(QIONGHAI), by=boss, client_uuid=uuid4(), every="month", title="社戒社康月报",
        opening="{{unit}}在册{{persons}}人。", closing="", codes=["persons", "checkin_rate"],
        columns=["persons"],
    )  # fmt: skip
    assert form_for(area(JIAJI), "month").title == "社戒社康月报"
    later = frozen(by=boss, reason="换了表样")
    assert (row.title, later.title) != (later.title, row.title)
    PersonFactory(area=area(JIAJI), brought_in_on=date(2024, 3, 1))
    table = frozen_table(later, exact=True)
    assert table.text(later.opening, "month") == ["琼海市在册1人。"]


def test_a_name_that_means_nothing_is_refused(boss):
    with refused("{{nobody}} means nothing here", "opening"):
        change_form(
            area=area(QIONGHAI), by=boss, client_uuid=uuid4(), every="month", title="月报",
            opening="{{nobody}}", closing="", codes=["persons"], columns=[],
        )  # fmt: skip


def test_march_is_prepared_and_frozen_on_a_page(client, boss, persons):
    asked = {"every": "month", "day": "2024-03-09"}
    page = client.get(reverse("periodic:preview"), asked, secure=True)
    assert page.status_code == 200
    address = f"{reverse('periodic:preview')}?every=month&day=2024-03-09"
    days = {"shown_every": "month", "shown_first": "2024-03-01", "shown_last": "2024-03-31"}
    answer = client.post(address, days | {"client_uuid": uuid4()}, secure=True)
    row = PeriodicReport.objects.get()
    assert answer.url == reverse("periodic:report", args=[row.public_id])
    assert (row.first, row.last) == (MARCH["first"], MARCH["last"])
    again = client.post(address, days | {"client_uuid": uuid4()}, secure=True)
    assert again.status_code == 422
    corrected = days | {"client_uuid": uuid4(), "reason": "补录了三条记录"}
    assert client.post(address, corrected, secure=True).status_code == 302


def test_it_is_taken_out_as_sheet_and_paper(client, boss, persons):
    row = frozen(by=boss)
    for name, magic in (("xlsx", b"PK"), ("docx", b"PK")):
        answer = client.get(reverse(f"periodic:{name}", args=[row.public_id]), secure=True)
        content = b"".join(answer) if answer.streaming else answer.content
        assert content[:2] == magic
