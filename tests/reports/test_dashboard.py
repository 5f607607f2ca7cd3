"""Every number is its list, units add up, and who sees figures only sees no person."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.areas.models import Area
from apps.areas.services import merge_areas
from apps.core.days import today
from apps.needs.services import record_need
from apps.persons.figures import Period
from apps.persons.services import change_person
from apps.reports.breakdown import break_down
from apps.reports.indicators import INDICATORS
from apps.reports.lists import PAGES
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WENCHANG, WENCHENG, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory
from tests.factories.schedule import seen
from tests.once import once

pytestmark = pytest.mark.django_db

MARCH = {"from": "2024-03-01", "to": "2024-03-31", "as_at": "2024-03-31"}
DASHBOARD = "reports:dashboard"


def period(unit: str = QIONGHAI) -> Period:
    return Period(area(unit), date(2024, 3, 1), date(2024, 3, 31), date(2024, 3, 31))


@pytest.fixture(scope="module")
def persons(django_db_setup, django_db_blocker):
    """Two in 嘉积镇, three in 万泉镇, one in another county; with orders, a check-in and a need."""
    with once(django_db_blocker, units_with_persons) as cases:
        yield cases


def units_with_persons():
    worker = UserFactory()
    places = ["469002100200", JIAJI, *["469002101200"] * 3, "469005100200"]
    cases = [CaseFactory(person=PersonFactory(area=area(place))) for place in places]
    seen(cases[0], date(2024, 3, 5))
    seen(cases[2], date(2024, 3, 25))
    record_need(
        urgency="normal",
        said_by="person",
        person=cases[3].person,
        by=worker,
        kind="work",
        said_on=date(2024, 3, 9),
    )
    PersonFactory(area=area(QIONGHAI), brought_in_on=date(2024, 3, 1))
    return cases


@pytest.fixture
def boss(client: Client):
    user = UserFactory(county_supervisor=True)
    client.force_login(user)
    return user


def get(client: Client, name: str, **params: str):
    return client.get(reverse(name), MARCH | params, secure=True)


@pytest.mark.parametrize("code", list(INDICATORS))
@pytest.mark.parametrize("unit", [QIONGHAI, JIAJI])
def test_a_figure_is_the_number_of_rows_it_opens(client, boss, persons, code, unit):
    figure = INDICATORS[code].measure(period(unit))
    counted = figure.numerator if figure.denominator is None else figure.denominator
    page = get(client, f"reports:{code}", area=unit)
    assert page.status_code == 200
    assert page.context["page"].total == counted
    assert len(page.context["page"].rows) == counted


def test_the_rate_opens_what_is_done_and_what_is_not(client, boss, persons):
    figure = INDICATORS["checkin_rate"].measure(period())
    done = get(client, "reports:checkin_rate", only="done").context["page"].total
    open_ = get(client, "reports:checkin_rate", only="not_done").context["page"].total
    assert (done, done + open_) == (figure.numerator, figure.denominator)


def test_units_add_up_to_the_area_and_rows_without_a_unit_are_named(persons):
    found = break_down(period())
    assert [unit.area and unit.area.name for unit in found.units] == ["嘉积镇", "万泉镇", None]
    for code in INDICATORS:
        assert sum(unit.figures[code].numerator for unit in found.units) == (
            INDICATORS[code].measure(period()).numerator
        )
        assert found.total[code] == INDICATORS[code].measure(period())


def test_rows_of_a_merged_unit_count_in_the_unit_it_became(persons):
    merge_areas(area=area(JIAJI), into=area("469002101"), by=User.objects.system())
    found = break_down(period())
    assert [unit.area and unit.area.name for unit in found.units] == ["万泉镇", None]
    assert found.units[0].figures["cases_in_force"].numerator == 5


def test_what_is_written_once_counts_what_changed_since(persons):
    """Somebody moves away, a unit becomes part of another, a row comes in: the statement of the
    dashboard is written anew, or answers anew.
    """

    def compared():
        found = break_down(period())
        for code in INDICATORS:
            assert found.total[code] == INDICATORS[code].measure(period()), code
        return found.total["cases_in_force"].numerator

    first = compared()
    moved, system = CaseFactory().person, User.objects.system()
    assert compared() == first + 1
    change_person(person=moved, by=system, area=area(WENCHENG), reason="户籍在那里")
    compared()
    merge_areas(area=area(JIAJI), into=area("469002101"), by=system)
    compared()


def test_a_province_is_broken_down_to_counties_without_the_pseudo_city(persons):
    names = [unit.area.name for unit in break_down(period("46")).units if unit.area]
    assert names == ["秀英区", "琼海市", "文昌市"]


def test_the_page_links_every_figure_to_its_list(client, boss, persons):
    page = get(client, DASHBOARD)
    html = page.content.decode()
    assert "area=469002100&" in html.replace("&amp;", "&")
    assert "20.0 %" in html
    html += get(client, "reports:indicators").content.decode()
    # Of a first month no visit is due, nobody is away, was tested or has written.
    none = {"visit_rate", "nobody_present", "letters_waiting", "test_rate", "tests_due",
            "tests_done", "persons_tested", "positive_screened", "positive_confirmed",
            "tests_refused", "disputes_open", "assistance_persons", "assistance_person_times",
            "assistance_household", "assistance_yuan", "help_better_rate", "needs_met_rate",
            "followup_rate",
            "released_followed_rate",
            "counselled_persons", "counselling_sessions",
            "employed_rate", "certificates_rate", "in_treatment",
            "treatment_attendance", "care_plan_rate", "newly_recorded", "relapse_events",
            "clean_three_years", "consolidation_rate", "without_plan",
            "followup_in_person_rate", "positive_rate", "assistance_needs_rate"}  # fmt: skip
    for code in set(INDICATORS) - none:
        assert f"{reverse(f'reports:{code}')}?area=469002" in html, code


def test_units_with_nothing_stand_in_one_line_that_opens(client, boss, persons):
    page = get(client, DASHBOARD, area=JIAJI)
    assert [line.name for line in page.context["empty"]] == ["东风社区"]
    shown = [line.name for line in page.context["lines"]]
    assert (shown[0], len(shown)) == ("先锋村", 2)  # and what is of no village
    for place, cell in enumerate(page.context["sums"]):
        cells = [line.cells[place].figure.numerator for line in page.context["lines"]]
        assert cell.figure.numerator == sum(cells)
    html = page.content.decode()
    folded = html[html.index('<tr class="folded">') : html.index("<tfoot>")]
    assert "<summary>" in folded
    assert "469002100001" in folded
    assert "469002100200" not in folded


def test_pages_ask_the_same_number_of_queries_however_many_rows(
    client, boss, persons, django_assert_num_queries, django_assert_max_num_queries
):
    get(client, DASHBOARD)  # the session's own first request
    with django_assert_max_num_queries(13) as before:
        get(client, DASHBOARD)
    for _ in range(10):
        CaseFactory()
    with django_assert_num_queries(len(before)):
        get(client, DASHBOARD)


@pytest.mark.parametrize("code", list(PAGES))
def test_lists_ask_at_most_nineteen_queries(
    client, boss, persons, code, django_assert_max_num_queries
):
    """Two of them say who looks after the persons and who met them last, one the list's own."""
    with django_assert_max_num_queries(19):
        get(client, f"reports:{code}")


@pytest.mark.parametrize("name", [DASHBOARD, *(f"reports:{code}" for code in PAGES)])
@pytest.mark.parametrize("code", ["469005", "46", "4690", "nowhere"])
def test_another_area_is_not_found(client, boss, persons, name, code):
    assert get(client, name, area=code).status_code == 404


def test_a_wrong_day_shows_the_page_with_words(client, boss, persons):
    page = client.get(reverse(DASHBOARD), {"from": "2024-03-31", "to": "2024-03-01"}, secure=True)
    assert page.status_code == 200
    assert page.context["form"].errors


class TestWhoSeesFiguresOnly:
    @pytest.fixture
    def viewer(self, client: Client):
        user = UserFactory(province_viewer=True)
        client.force_login(user)
        return user

    def test_small_numbers_are_not_told(self, client, viewer, persons):
        page = get(client, DASHBOARD, month="2024-03")
        orders = {line.name: line.cells[1] for line in page.context["lines"]}
        orders |= {line.name: line.cells[1] for line in page.context["empty"]}
        assert orders["文昌市"].masked
        assert orders["琼海市"].masked  # else 文昌市 would follow from the total
        assert not orders["秀英区"].masked

    def test_nothing_leads_to_a_list_or_a_unit(self, client, viewer, persons):
        html = get(client, DASHBOARD).content.decode()
        main = html[html.index("<main") :]
        assert not re.search(r'href="/dashboard/(?!help/|trend/|indicators/)\w+', main)
        assert "area=469002" not in main

    @pytest.mark.parametrize("code", list(PAGES))
    def test_lists_are_refused(self, client, viewer, persons, code):
        assert get(client, f"reports:{code}").status_code == 403

    def test_a_county_is_not_opened(self, client, viewer, persons):
        assert get(client, DASHBOARD, area=QIONGHAI).status_code == 404
        assert get(client, DASHBOARD, area=WENCHANG).status_code == 404


def test_a_worker_has_no_dashboard(client, persons):
    client.force_login(UserFactory())
    assert get(client, DASHBOARD).status_code == 403
    assert get(client, "reports:persons").status_code == 403


@pytest.mark.parametrize(
    "days",
    [
        {"as_at": "9999-12-31"},
        {"as_at": "0001-01-01"},
        {"from": "0001-01-01"},
        {"from": "9999-12-31", "to": "9999-12-31"},
    ],
)
def test_days_that_leave_the_calendar_are_named_and_break_nothing(client: Client, days):
    client.force_login(UserFactory(county_supervisor=True))
    answer = client.get(reverse(DASHBOARD), days)
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_an_area_that_is_no_code_is_not_there(client: Client):
    client.force_login(UserFactory(county_supervisor=True))
    assert client.get(reverse(DASHBOARD), {"area": "4\0"}).status_code == 404


def test_a_viewer_of_figures_gets_whole_months_and_cannot_shift_a_day(client, persons):
    viewer = UserFactory(province_viewer=True)
    client.force_login(viewer)
    told = client.get(reverse(DASHBOARD), {"month": "2024-03"}, secure=True).context["period"]
    assert (told.first, told.last, told.as_at) == (
        date(2024, 3, 1), date(2024, 3, 31), date(2024, 3, 31),
    )  # fmt: skip
    shifted = {"from": "2024-03-02", "to": "2024-03-30", "as_at": "2024-03-29", "month": "2024-3-1"}
    page = client.get(reverse(DASHBOARD), shifted, secure=True, headers={"Accept-Language": "en"})
    told = page.context["period"]
    assert told.first == told.last.replace(day=1)
    assert (told.last + timedelta(days=1)).day == 1
    assert told.as_at == told.last < today()
    assert "Whole months only" in page.content.decode()


def test_a_unit_that_was_merged_across_the_border_of_the_county_is_not_there(client, boss, persons):
    moved, taken = area("469002101200"), area("469005100200")
    Area.objects.filter(pk=moved.pk).update(active=False, merged_into=taken, merged_on=today())
    assert get(client, DASHBOARD, area=moved.code).status_code == 404
    Area.objects.filter(pk=moved.pk).update(merged_into=area("469002100200"))
    assert get(client, DASHBOARD, area=moved.code).context["period"].area.code == "469002100200"
