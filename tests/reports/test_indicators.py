"""Figures: what is counted, as at which day, and where there is nothing to say."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from apps.cases.services import report_leave, suspend_case
from apps.core.days import today
from apps.needs.services import close_need, record_need
from apps.persons.figures import Figure, Period
from apps.persons.services import mark_life_status
from apps.reports.indicators import INDICATORS
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import AssignmentFactory, PersonFactory
from tests.factories.schedule import seen

pytestmark = pytest.mark.django_db

MARCH = (date(2024, 3, 1), date(2024, 3, 31))


def measure(code: str, as_at: date, *, first=MARCH[0], last=MARCH[1], unit=QIONGHAI) -> Figure:
    return INDICATORS[code].measure(Period(area(unit), first, last, as_at))


class TestCheckinRate:
    def test_windows_that_end_in_the_period_are_due_and_those_with_a_checkin_are_done(self):
        case = CaseFactory()  # medium: every two weeks from 1 March
        seen(case, date(2024, 3, 5))
        figure = measure("checkin_rate", MARCH[1])
        assert (figure.numerator, figure.denominator) == (1, 2)
        assert figure.text == "50.0 %"

    def test_facts_as_at_a_day_know_only_windows_and_checkins_until_then(self):
        case = CaseFactory()
        seen(case, date(2024, 3, 5))
        seen(case, date(2024, 3, 20))
        assert measure("checkin_rate", date(2024, 3, 14)).denominator == 1
        assert measure("checkin_rate", date(2024, 3, 31)).numerator == 2

    def test_days_on_leave_are_not_due(self):
        case = CaseFactory()
        report_leave(
            case=case, by=UserFactory(), starts_on=date(2024, 3, 10), until_on=date(2024, 3, 16),
            destination="三亚", reported_in_writing_on=date(2024, 3, 9),
        )  # fmt: skip
        assert measure("checkin_rate", MARCH[1]).denominator == 1

    def test_a_carried_over_window_counts_only_in_months_with_records_of_the_county(self):
        case = CaseFactory(brought_in_on=today())
        assert measure("checkin_rate", MARCH[1]).value is None
        seen(case, date(2024, 3, 20))
        figure = measure("checkin_rate", MARCH[1])
        assert (figure.numerator, figure.denominator) == (1, 2)
        april = measure(
            "checkin_rate", date(2024, 4, 30), first=date(2024, 4, 1), last=date(2024, 4, 30)
        )
        assert april.value is None

    def test_nothing_due_is_no_data_and_never_0(self):
        with translation.override("en"):
            assert measure("checkin_rate", MARCH[1]).text == "no data"
        assert measure("checkin_rate", MARCH[1]).as_json()["value"] is None

    def test_never_100_unless_all(self):
        assert Figure(INDICATORS["checkin_rate"], 2096, 2097).text == "99.9 %"
        assert Figure(INDICATORS["checkin_rate"], 2097, 2097).text == "100 %"
        assert Figure(INDICATORS["checkin_rate"], 11642, 12600).text == "92.4 %"


class TestPersons:
    def test_one_who_was_brought_in_counts_on_every_day(self):
        PersonFactory(brought_in_on=today())
        assert measure("persons", date(2020, 1, 1)).numerator == 1

    def test_one_whose_file_was_opened_here_counts_from_that_day_on(self):
        PersonFactory()
        assert measure("persons", today()).numerator == 1
        assert measure("persons", today() - timedelta(days=1)).numerator == 0

    def test_who_died_or_lives_abroad_counts_until_then(self):
        person = PersonFactory(brought_in_on=today())
        mark_life_status(person=person, by=UserFactory(), status="deceased", since=date(2024, 5, 1))
        assert measure("persons", date(2024, 4, 30)).numerator == 1
        assert measure("persons", date(2024, 5, 1)).numerator == 0


class TestOrders:
    def test_in_force_from_the_agreement_to_the_last_day(self):
        CaseFactory(agreement_on=date(2024, 3, 4))
        assert measure("cases_in_force", date(2024, 3, 3)).numerator == 0
        assert measure("cases_in_force", date(2024, 3, 4)).numerator == 1
        assert measure("cases_in_force", date(2027, 2, 28)).numerator == 1
        assert measure("cases_in_force", date(2027, 3, 1)).numerator == 0

    def test_without_a_worker_from_the_decision_on(self):
        case = CaseFactory(not_reported=True)
        assert measure("cases_not_assigned", date(2024, 2, 19)).numerator == 0
        assert measure("cases_not_assigned", date(2024, 2, 20)).numerator == 1
        AssignmentFactory(person=case.person, worker=UserFactory(), on=date(2024, 3, 1))
        assert measure("cases_not_assigned", date(2024, 2, 29)).numerator == 1
        assert measure("cases_not_assigned", date(2024, 3, 1)).numerator == 0


class TestNotMoving:
    def test_overdue_is_a_case_once_however_many_windows_have_ended(self):
        CaseFactory()
        assert measure("overdue", date(2024, 3, 14)).numerator == 0
        assert measure("overdue", date(2024, 3, 15)).numerator == 1
        assert measure("overdue", date(2024, 5, 15)).numerator == 1

    @pytest.mark.usefixtures("only_checkins")
    def test_no_contact_is_fifteen_days_in_which_something_was_due(self):
        case = CaseFactory()  # windows end on 14 and 28 March and on 11 April
        assert measure("no_contact", date(2024, 3, 15)).numerator == 0
        assert measure("no_contact", date(2024, 3, 16)).numerator == 1
        seen(case, date(2024, 3, 16))
        assert measure("no_contact", date(2024, 3, 30)).numerator == 0
        assert measure("no_contact", date(2024, 4, 11)).numerator == 0
        assert measure("no_contact", date(2024, 4, 12)).numerator == 1

    @pytest.mark.usefixtures("only_checkins")
    def test_whoever_is_held_elsewhere_is_not_looked_for(self):
        case, by = CaseFactory(), UserFactory(town_supervisor=True)
        suspend_case(case=case, by=by, starts_on=date(2024, 3, 20), reason="detained")
        assert measure("no_contact", date(2024, 3, 19)).numerator == 1
        assert measure("no_contact", date(2024, 3, 20)).numerator == 0


def test_needs_are_open_until_the_day_they_were_closed():
    person, worker = PersonFactory(), UserFactory()
    need = record_need(
        urgency="normal",
        said_by="person",
        person=person,
        by=worker,
        kind="work",
        said_on=date(2024, 3, 3),
    )
    close_need(need=need, by=worker, outcome="met", on=date(2024, 3, 20))
    counts = [measure("needs_open", date(2024, 3, day)).numerator for day in (2, 3, 19, 20)]
    assert counts == [0, 1, 1, 0]


def test_only_the_area_asked_for_is_counted():
    CaseFactory()
    assert measure("cases_in_force", MARCH[1], unit=JIAJI).numerator == 1
    assert measure("cases_in_force", MARCH[1], unit=WANQUAN).numerator == 0
    assert measure("cases_in_force", MARCH[1], unit="46").numerator == 1


def test_the_command_gives_every_figure_with_its_fraction():
    seen(CaseFactory(), date(2024, 3, 5))
    out = StringIO()
    args = ("--area=469002", "--from=2024-03-01", "--to=2024-03-31")
    call_command("indicators", *args, "--format=json", stdout=out)
    found = json.loads(out.getvalue())
    assert set(found) == set(INDICATORS)
    for figure in found.values():
        assert set(figure) == {"numerator", "denominator", "value", "text", "unit"}
    assert found["checkin_rate"]["value"] == 50.0
    assert found["persons"]["denominator"] is None
    table = StringIO()
    call_command("indicators", *args, stdout=table)
    assert "1/2" in table.getvalue()
    with pytest.raises(CommandError):
        call_command("indicators", "--area=469002", "--from=2024-03-02", "--to=2024-03-01")


def test_a_need_recorded_by_mistake_counts_on_no_day():
    worker = UserFactory()
    need = record_need(
        urgency="normal",
        said_by="person",
        person=PersonFactory(),
        by=worker,
        kind="work",
        said_on=date(2024, 3, 3),
    )
    close_need(need=need, by=worker, outcome="mistake", on=date(2024, 3, 20))
    assert measure("needs_open", date(2024, 3, 19)).numerator == 0


def test_what_was_late_on_a_past_day_stays_late_though_a_checkin_came_after_it():
    case = CaseFactory()  # the first window ends on 14 March
    seen(case, date(2024, 3, 28))
    for code in ("overdue", "no_contact"):
        days = (14, 15, 25, 28)
        counts = [measure(code, date(2024, 3, day)).numerator for day in days]
        assert counts == ([0, 1, 1, 0] if code == "overdue" else [0, 0, 1, 0])
