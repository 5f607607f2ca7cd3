"""Who has died counts in nothing that runs, whether somebody has ended it or not."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.care.figures import CARERS, PLANS
from apps.care.models import CareListEntry
from apps.care.services import fill_list
from apps.care.today import _reviews, _steps
from apps.cases.models import Case
from apps.cases.services import add_member
from apps.core.refusals import Refused
from apps.employment.figures import EMPLOYED_RATE
from apps.employment.models import Base, Placement
from apps.employment.services import record_examination
from apps.employment.today import _rows
from apps.persons.figures import Period
from apps.persons.models import Person
from apps.persons.services import change_person
from apps.schedule.scope import Scope
from apps.treatment.figures import IN_TREATMENT
from apps.treatment.models import Treatment
from apps.treatment.services import change_clinic, correct_attendance
from apps.treatment.shown import state_of
from tests.factories.accounts import UserFactory
from tests.factories.areas import area
from tests.factories.care import care_list_of, cared_for, looked_at, planned, stepped
from tests.factories.cases import CaseFactory
from tests.factories.counselling import counselled
from tests.factories.employment import base_of, course_of, enrolled, looked, placed
from tests.factories.learning import learned
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory
from tests.factories.schedule import at
from tests.factories.treatment import attended, clinic_of, treated

pytestmark = pytest.mark.django_db
DAY, DIED = date(2024, 6, 3), date(2024, 5, 20)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


def dies(person: Person, boss: User, on: date | None = DIED) -> Person:
    return change_person(person=person, by=boss, life_status="deceased", life_status_since=on)


def measured(indicator: Any, day: date) -> tuple[int | None, int | None]:
    figure = indicator.measure(Period(area(), day.replace(day=1), day, day))
    return figure.numerator, figure.denominator


def test_the_day_of_the_death_is_the_first_that_counts_no_more(boss: User) -> None:
    person = dies(PersonFactory(), boss)
    for day, dead in ((date(2024, 5, 19), False), (DIED, True), (DAY, True)):
        assert person.is_dead_by(day) is dead
        assert Person.objects.living_on(day).filter(pk=person.pk).exists() is not dead
    unknown = dies(PersonFactory(), boss, None)
    assert unknown.is_dead_by(date(2000, 1, 1))
    assert not Person.objects.living_on(date(2000, 1, 1)).filter(pk=unknown.pk).exists()
    away = change_person(person=PersonFactory(), by=boss, life_status="abroad",
                         life_status_since=DIED)  # fmt: skip
    assert not away.is_dead_by(DAY)
    assert Person.objects.living_on(DAY).filter(pk=away.pk).exists()


def test_nobody_is_in_treatment_who_has_died(boss: User) -> None:
    clinic = clinic_of()
    row = treated(PersonFactory(), by=boss, clinic=clinic, since=date(2024, 3, 1))
    assert measured(IN_TREATMENT, DAY)[0] == 1
    dies(row.person, boss)
    assert measured(IN_TREATMENT, DAY)[0] == 0
    assert measured(IN_TREATMENT, date(2024, 5, 19))[0] == 1, "a figure of before stays"
    assert Treatment.objects.running_on(DAY).by_clinic() == {}
    assert row in Treatment.objects.in_month(date(2024, 5, 1))
    assert row not in Treatment.objects.in_month(date(2024, 6, 1))
    stored = Treatment.objects.select_related("person").get(pk=row.pk)
    assert state_of(stored)[1] == "The person has died"
    change_clinic(clinic=clinic, by=boss, name=clinic.name, closed_on=DAY)
    dead = dies(PersonFactory(), boss)
    with pytest.raises(Refused, match="had died before") as refusal:
        treated(dead, by=boss, clinic=clinic_of(name="另一门诊"), since=date(2024, 5, 21))
    assert refusal.value.field == "since"


def test_nobody_works_who_has_died_and_the_place_is_free(boss: User) -> None:
    base = base_of(1)
    case: Case = CaseFactory()
    row = placed(case.person, by=boss, kind="site", base=base, days=60)
    assert len(_rows(Scope(boss, DAY))) == 1
    assert measured(EMPLOYED_RATE, DAY)[0] == 1
    dies(case.person, boss)
    assert list(_rows(Scope(boss, DAY))) == []
    assert measured(EMPLOYED_RATE, DAY) == (0, 0)
    assert measured(EMPLOYED_RATE, date(2024, 5, 19))[0] == 1
    assert not Placement.objects.running().exists()
    assert Base.objects.with_running().get().running == 0  # type: ignore[attr-defined]
    second = placed(PersonFactory(), by=boss, kind="site", base=base)
    assert Base.objects.with_running().get().running == 1  # type: ignore[attr-defined]
    assert second != row
    with pytest.raises(Refused, match="had died before"):
        placed(dies(PersonFactory(), boss), by=boss, days=2)


def test_a_course_under_way_keeps_no_place_for_who_has_died(boss: User) -> None:
    course = course_of(places=1)
    first = enrolled(course, PersonFactory(), by=boss)
    with pytest.raises(Refused, match="taken: 1"):
        enrolled(course, PersonFactory(), by=boss)
    dies(first.person, boss)
    enrolled(course, PersonFactory(), by=boss)
    with pytest.raises(Refused, match="had died before"):
        enrolled(course_of(title="焊工"), dies(PersonFactory(), boss), by=boss, enrolled_on=DAY)


def test_nobody_is_cared_for_on_a_list_who_has_died(boss: User) -> None:
    case: Case = CaseFactory()
    found = care_list_of(by=boss)
    plan = planned(case.person, by=boss, day=date(2024, 5, 1), review_on=date(2024, 6, 1))
    stepped(plan, by=boss, by_day=date(2024, 6, 1))
    add_member(case=case, by=boss, kind="police", on=date(2024, 4, 1), name="符建民")
    entry = cared_for(found, case.person, by=boss)
    assert (len(_reviews(Scope(boss, DAY))), len(_steps(Scope(boss, DAY)))) == (1, 1)
    assert measured(CARERS, DAY) == (1, 1)
    assert measured(PLANS, DAY) == (1, 1)
    dies(case.person, boss)
    assert (len(_reviews(Scope(boss, DAY))), len(_steps(Scope(boss, DAY)))) == (0, 0)
    assert measured(CARERS, DAY) == (0, 0)
    assert measured(PLANS, DAY) == (0, 0)
    assert entry not in CareListEntry.objects.under_order_on(DAY)
    other = dies(CaseFactory().person, boss)
    assert fill_list(found=found, by=boss, whom="all", reason="全镇一起关爱") == 0
    with pytest.raises(Refused, match="has died"):
        cared_for(found, other, by=boss)


def test_pages_of_who_has_died_ask_for_nothing(boss: User) -> None:
    person = CaseFactory(person=PersonFactory(name="陈海生")).person
    plan = planned(person, by=boss, day=date(2024, 5, 1), review_on=date(2024, 6, 1))
    stepped(plan, by=boss, by_day=date(2024, 6, 1))
    placed(person, by=boss, days=60)
    treated(person, by=boss, since=date(2024, 3, 1))
    counselled(person, by=boss, next_on=date(2024, 6, 20), at=at(date(2024, 5, 6)))
    client = signed_in(boss)

    def page(name: str, *args: Any, query: str = "") -> str:
        answer = client.get(reverse(name, args=args) + query, secure=True,
                            HTTP_ACCEPT_LANGUAGE="en")  # fmt: skip
        assert answer.status_code == 200
        return str(answer.content.decode())

    tabs = ("care:person", "employment:person", "treatment:person")
    pages = [page(name, person.public_id) for name in tabs]
    assert "the day has come" in pages[0]
    assert "Works there" in pages[1]
    assert "In treatment<" in pages[2]
    for name in ("employment:list", "treatment:list"):
        assert "陈海生" in page(name, query="?state=running")
    assert "陈海生" in page("counselling:list", query="?next_from=2024-06-03")
    dies(person, boss)
    pages = [page(name, person.public_id) for name in tabs]
    assert "the day has come" not in pages[0]
    assert "Works there" not in pages[1]
    assert "In treatment<" not in pages[2]
    assert all("The person has died" in text for text in pages[1:])
    for name in ("employment:list", "treatment:list"):
        assert "陈海生" not in page(name, query="?state=running")
        assert "陈海生" in page(name)
    assert "陈海生" not in page("counselling:list", query="?next_from=2024-06-03")
    assert "陈海生" in page("counselling:list")


def test_of_who_has_died_nothing_is_recorded_of_days_after(boss: User) -> None:
    """What was on days before, and on the day itself, is still written down."""
    case: Case = CaseFactory()
    person = case.person
    work = placed(person, by=boss, days=60)
    place = enrolled(course_of(), person, by=boss)
    plan = planned(person, by=boss, day=date(2024, 5, 1), review_on=date(2024, 6, 1))
    person = dies(person, boss)
    after = date(2024, 5, 21)
    late: tuple[tuple[str, Any], ...] = (
        ("day", lambda on: looked(work, by=boss, day=on)),
        ("on", lambda on: record_examination(enrolment=place, by=boss, result="passed", on=on)),
        ("first", lambda on: learned(person, by=boss, first=on)),
        ("last", lambda on: learned(person, by=boss, title="急救", first=DIED, last=on)),
        ("day", lambda on: looked_at(plan, by=boss, day=on)),
    )
    for field, act in late:
        with pytest.raises(Refused, match="had died before") as refusal:
            act(after)
        assert refusal.value.field == field
        act(DIED)


def test_days_of_treatment_are_those_that_the_person_lived(boss: User) -> None:
    row = treated(PersonFactory(), by=boss, since=date(2024, 1, 1))
    dies(row.person, boss, date(2024, 4, 10))
    with pytest.raises(Refused, match="had died before") as refusal:
        attended(row, by=boss, month=date(2024, 5, 1), attended=0, expected=31)
    assert refusal.value.field == "month"
    with pytest.raises(Refused, match="ran on 10 days"):
        attended(row, by=boss, month=date(2024, 4, 1), attended=8, expected=11)
    stored = attended(row, by=boss, month=date(2024, 4, 1), attended=8, expected=10)
    with pytest.raises(Refused, match="ran on 10 days"):
        correct_attendance(attendance=stored, by=boss, reason="抄错了一天", version=1,
                           attended=8, expected=30)  # fmt: skip
    attended(row, by=boss, month=date(2024, 3, 1), attended=20, expected=31)
