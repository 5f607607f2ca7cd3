"""Met, lost, and in normal execution: what a day knows, and what is no contact."""

from datetime import date, timedelta

import pytest
import time_machine

from apps.accounts.models import User
from apps.cases.models import Case
from apps.cases.services import suspend_case
from apps.persons.figures import Period
from apps.persons.models import Person
from apps.reports.indicators import INDICATORS
from apps.visits.lost import set_lost_contact
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, area
from tests.factories.cases import CaseFactory
from tests.factories.schedule import at, seen
from tests.factories.visits import met, tried

pytestmark = pytest.mark.django_db
MARCH = (date(2024, 3, 1), date(2024, 3, 31))
DAY = date(2024, 3, 31)


def numbers(code: str, as_at: date = DAY) -> tuple[int, int]:
    figure = INDICATORS[code].measure(Period(area(QIONGHAI), *MARCH, as_at))
    return figure.numerator, figure.denominator or 0


def lives(case: Case) -> Case:
    """Somewhere that the file knows."""
    Person.objects.filter(pk=case.person_id).update(residence_area=area(JIAJI))
    return case


def homeless(case: Case) -> Case:
    Person.objects.filter(pk=case.person_id).update(residence_area=None, residence_address=b"")
    return case


def lost(case: Case) -> None:
    by: User = UserFactory()
    for day, kind in ((20, "visit"), (21, "talk"), (22, "visit")):
        way = {"way": "phone"} if kind == "talk" else {}
        tried(case, date(2024, 3, day), kind, by=by, **way)
    with time_machine.travel(at(date(2024, 3, 25)), tick=False):
        set_lost_contact(person=case.person, by=by, reason="多方查找无果")


class TestMet:
    def test_in_the_period_and_with_a_residence_on_file(self) -> None:
        seen(lives(CaseFactory()), date(2024, 3, 5))
        met(homeless(CaseFactory()), date(2024, 3, 5))
        lives(CaseFactory())
        assert numbers("contact_rate") == (1, 3)
        assert numbers("contact_rate", date(2024, 3, 4)) == (0, 3)

    def test_an_attempt_met_nobody(self) -> None:
        tried(lives(CaseFactory()), date(2024, 3, 5))
        assert numbers("contact_rate") == (0, 1)

    def test_who_is_held_is_not_asked(self) -> None:
        boss: User = UserFactory(town_supervisor=True)
        case = lives(CaseFactory())
        suspend_case(case=case, by=boss, starts_on=date(2024, 3, 20), reason="detained")
        assert numbers("contact_rate", date(2024, 3, 19)) == (0, 1)
        assert numbers("contact_rate") == (0, 0)


class TestLost:
    def test_from_the_flag_to_the_next_contact_as_each_day_knew_it(self) -> None:
        case = lives(CaseFactory())
        lost(case)
        assert numbers("lost_contact_rate", date(2024, 3, 24)) == (0, 1)
        assert numbers("lost_contact_rate", date(2024, 3, 25)) == (1, 1)
        assert numbers("execution_rate", date(2024, 3, 25)) == (0, 1)
        seen(case, date(2024, 3, 28))
        days = [date(2024, 3, 27), date(2024, 3, 28)]
        assert [numbers("lost_contact_rate", day) for day in days] == [(1, 1), (0, 1)]
        assert numbers("execution_rate") == (1, 1)

    def test_who_was_met_and_is_lost_is_not_counted_as_met(self) -> None:
        case = lives(CaseFactory())
        seen(case, date(2024, 3, 2))
        lost(case)
        assert numbers("contact_rate") == (0, 1)


class TestExecution:
    def test_without_report_or_agreement_an_order_does_not_run(self) -> None:
        CaseFactory()
        CaseFactory(not_agreed=True)
        CaseFactory(not_reported=True)
        assert numbers("execution_rate", date(2024, 3, 8)) == (1, 2)  # may still report
        assert numbers("execution_rate", date(2024, 3, 9)) == (1, 3)

    def test_what_lies_with_the_police_is_not_normal(self) -> None:
        from tests.cases.test_figures import used

        case = CaseFactory()
        used(case, date(2024, 3, 10), outcome="", replied_on=None)
        assert numbers("execution_rate", date(2024, 3, 9)) == (1, 1)
        assert numbers("execution_rate", date(2024, 3, 10) + timedelta(days=1)) == (0, 1)
