"""Orders on the dashboard: each figure with the traps that its definition names."""

from datetime import date, timedelta
from typing import Any

import pytest

from apps.accounts.models import User
from apps.cases.models import Case, PoliceReport
from apps.cases.services import close_case, suspend_case
from apps.law.services import set_parameter
from apps.persons.figures import Period
from apps.persons.models import Person
from apps.persons.services import mark_life_status
from apps.reports.indicators import INDICATORS
from apps.reports.page import Cell
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
MARCH = (date(2024, 3, 1), date(2024, 3, 31))
LONG_AGO = date(2020, 1, 6)
DAY = date(2024, 3, 31)


def numbers(code: str, as_at: date = DAY, days: tuple[date, date] = MARCH) -> tuple[int, int]:
    figure = INDICATORS[code].measure(Period(area(QIONGHAI), *days, as_at))
    return figure.numerator, figure.denominator or 0


def old(**facts: Any) -> Case:
    days = dict.fromkeys(("decided_on", "received_on", "reported_on", "agreement_on"), LONG_AGO)
    person = PersonFactory(brought_in_on=date(2024, 1, 2))
    case: Case = CaseFactory(**days | {"person": person} | facts)
    return case


def used(case: Case, happened: date, **facts: Any) -> PoliceReport:
    return PoliceReport.objects.create(
        case=case, person=case.person, county=case.county, town=case.town, village=case.village,
        happened_on=happened, facts="复检阳性", heard="承认", recorded_by=User.objects.system(),
        **{
            "ground": "use", "reported_on": happened, "replied_on": happened + timedelta(days=5),
            "outcome": "warned",
        } | facts,
    )  # fmt: skip


class TestReporting:
    """Received on 22 February 2024: to report until 8 March."""

    def test_who_came_by_the_last_day_and_who_came_at_all(self) -> None:
        CaseFactory()
        CaseFactory(reported_on=date(2024, 3, 8), agreement_on=date(2024, 3, 8))
        late = CaseFactory(reported_on=date(2024, 3, 9), agreement_on=date(2024, 3, 9))
        CaseFactory(not_reported=True)
        assert late.report_by == date(2024, 3, 8)
        assert numbers("reporting_rate") == (2, 4)
        assert numbers("reported_rate") == (3, 4)

    def test_it_counts_in_the_month_of_the_last_day_and_not_before_it(self) -> None:
        CaseFactory()
        february = (date(2024, 2, 1), date(2024, 2, 29))
        assert numbers("reporting_rate", date(2024, 2, 29), february) == (0, 0)
        assert numbers("reporting_rate", date(2024, 3, 7)) == (0, 0)
        assert numbers("reporting_rate", date(2024, 3, 8)) == (1, 1)

    def test_who_was_held_or_dead_on_the_last_day_was_asked_nothing(self) -> None:
        boss: User = UserFactory(town_supervisor=True)
        before = old()
        suspend_case(case=before, by=boss, starts_on=date(2023, 1, 2), reason="detained")
        CaseFactory(person=before.person, not_reported=True)
        dead = CaseFactory(not_reported=True).person
        Person.objects.filter(pk=dead.pk).update(
            life_status="deceased", life_status_since=date(2024, 3, 8)
        )
        revoked = CaseFactory(not_reported=True)
        close_case(case=revoked, by=boss, reason="revoked", on=date(2024, 3, 5))
        assert numbers("reporting_rate") == (0, 0)

    def test_without_a_receipt_no_last_day_is_known(self) -> None:
        CaseFactory(received_on=None)
        assert numbers("reporting_rate") == (0, 0)


class TestAgreements:
    def test_signed_within_three_days_of_the_report(self) -> None:
        CaseFactory(agreement_on=date(2024, 3, 4))
        CaseFactory(agreement_on=date(2024, 3, 5))
        CaseFactory(not_agreed=True)
        assert numbers("agreement_rate", date(2024, 3, 3)) == (0, 0)
        assert numbers("agreement_rate", date(2024, 3, 4)) == (1, 3)

    def test_an_area_may_have_set_other_days(self) -> None:
        set_parameter(
            name="agreement_days", value=7, effective_from=date(2024, 1, 1), basis="琼海禁毒办",
            by=User.objects.system(), area=area(QIONGHAI),
        )  # fmt: skip
        CaseFactory(agreement_on=date(2024, 3, 8))
        assert numbers("agreement_rate", date(2024, 3, 7)) == (0, 0)
        assert numbers("agreement_rate") == (1, 1)


def test_papers_are_complete_when_none_of_them_is_missing() -> None:
    planned = [CaseFactory(), CaseFactory(received_on=None)]
    CaseFactory()
    Case.objects.filter(pk__in=[one.pk for one in planned]).update(plan_on=date(2024, 3, 2))
    assert numbers("files_complete_rate") == (1, 3)
    assert numbers("without_plan")[0] == 1
    assert numbers("without_plan", date(2024, 3, 1))[0] == 3


class TestNewlyRecorded:
    FEBRUARY = (date(2024, 2, 1), date(2024, 2, 29))

    def test_the_first_order_of_a_person_counts_on_the_day_of_its_decision(self) -> None:
        case = old(measure="SQKF", term_months=12)
        close_case(case=case, by=UserFactory(), reason="released", on=date(2023, 1, 9))
        CaseFactory(person=case.person)
        assert numbers("newly_recorded", DAY, self.FEBRUARY)[0] == 0
        CaseFactory()
        assert numbers("newly_recorded", DAY, self.FEBRUARY)[0] == 1
        assert numbers("newly_recorded", date(2024, 2, 19), self.FEBRUARY)[0] == 0
        assert numbers("newly_recorded", DAY, (LONG_AGO, LONG_AGO))[0] == 1

    def test_a_decision_that_was_revoked_recorded_nobody(self) -> None:
        case = CaseFactory(not_reported=True)
        close_case(case=case, by=UserFactory(), reason="revoked", on=date(2024, 3, 5))
        assert numbers("newly_recorded", DAY, self.FEBRUARY)[0] == 0
        assert numbers("newly_recorded", date(2024, 3, 4), self.FEBRUARY)[0] == 1


class TestNewUse:
    def test_only_what_the_police_decided_counts_and_from_the_day_of_their_reply(self) -> None:
        case, other, waits = CaseFactory(), CaseFactory(), CaseFactory()
        used(case, date(2024, 3, 10))
        used(other, date(2024, 3, 10), outcome="not_established")
        used(waits, date(2024, 3, 10), outcome="", replied_on=None)
        assert numbers("relapse_rate") == (1, 3)
        assert numbers("relapse_events")[0] == 1
        assert numbers("relapse_rate", date(2024, 3, 14)) == (0, 3)

    def test_a_person_counts_once_and_each_event_for_itself(self) -> None:
        case = CaseFactory()
        used(case, date(2024, 3, 10))
        used(case, date(2024, 3, 20))
        assert numbers("relapse_rate") == (1, 1)
        assert numbers("relapse_events")[0] == 2

    def test_a_serious_breach_is_no_use(self) -> None:
        used(CaseFactory(), date(2024, 3, 10), ground="serious")
        assert numbers("relapse_rate") == (0, 1)

    def test_few_are_good_so_a_low_rate_is_not_marked(self) -> None:
        CaseFactory()
        period = Period(area(QIONGHAI), *MARCH, DAY)
        assert not Cell(INDICATORS["relapse_rate"].measure(period)).is_low
        assert Cell(INDICATORS["checkin_rate"].measure(period)).is_low


class TestThreeYears:
    def released(self) -> Case:
        case = old()
        close_case(case=case, by=UserFactory(), reason="released", on=date(2023, 1, 9))
        return case

    def test_three_years_after_the_report_to_the_day(self) -> None:
        self.released()
        assert numbers("consolidation_rate", date(2023, 1, 5)) == (0, 0)
        assert numbers("consolidation_rate") == (1, 1)
        assert numbers("clean_three_years")[0] == 1

    def test_an_established_use_begins_them_anew(self) -> None:
        used(self.released(), date(2021, 6, 1))
        assert numbers("consolidation_rate") == (0, 1)

    def test_who_has_an_order_again_is_not_counted(self) -> None:
        CaseFactory(person=self.released().person)
        assert numbers("clean_three_years")[0] == 0
        assert numbers("consolidation_rate") == (0, 1)

    def test_the_word_of_the_file_counts_too(self) -> None:
        person = PersonFactory(brought_in_on=date(2024, 1, 2))
        mark_life_status(person=person, by=UserFactory(), status="clean", since=date(2024, 3, 5))
        assert numbers("clean_three_years", date(2024, 3, 4))[0] == 0
        assert numbers("clean_three_years")[0] == 1
        assert numbers("consolidation_rate") == (0, 0)

    def test_the_dead_are_on_no_register(self) -> None:
        person = self.released().person
        mark_life_status(person=person, by=UserFactory(), status="deceased", since=date(2024, 3, 1))
        assert numbers("consolidation_rate") == (0, 0)
