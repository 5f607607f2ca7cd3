"""Who is to be assessed, on the day before, the day and the day after."""

from datetime import date, timedelta

import pytest
import time_machine

from apps.accounts.models import User
from apps.approvals.models import Proposal
from apps.approvals.services import reject
from apps.assessments.due import conditions, to_assess, why, with_standing
from apps.assessments.services import note_event
from apps.cases.services import close_case
from apps.persons.models import Person
from tests.factories.assessments import assessed
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db
NOW, ONE = date(2024, 6, 3), timedelta(days=1)


def on(day: date) -> time_machine.travel:
    return time_machine.travel(f"{day.isoformat()}T10:00:00+08:00", tick=False)


def stands(person: Person, day: date) -> set[str]:
    """The conditions that hold for the person."""
    rows = with_standing(Person.objects.filter(pk=person.pk), day)
    return {name for name, condition in conditions(day).items() if rows.filter(condition).exists()}


def asked(person: Person, day: date) -> list[str]:
    return [why(row, day)[0] for row in to_assess(Person.objects.filter(pk=person.pk), day)]


@pytest.mark.parametrize(
    ("days", "stand", "kind"),
    [
        (61, set(), []),
        (62, {"soon"}, ["soon"]),
        (92, {"soon"}, ["soon"]),
        (93, {"ended"}, ["late"]),
    ],
)
def test_an_assessment_ends_and_is_looked_at_thirty_days_before(
    person: Person, boss: User, days: int, stand: set[str], kind: list[str]
) -> None:
    """High of the third of June speaks until the third of September."""
    assessed(person, boss, NOW, risk_level="high")
    assessed(CaseFactory().person, boss, NOW, risk_level="low")
    day = NOW + days * ONE
    assert (stands(person, day), asked(person, day)) == (stand, kind)


@pytest.mark.parametrize(("days", "event"), [(-1, False), (0, True), (1, True)])
def test_what_has_happened_is_looked_at_from_its_day_on(
    person: Person, boss: User, days: int, *, event: bool
) -> None:
    assessed(person, boss, NOW - 9 * ONE)
    other = CaseFactory().person
    assessed(other, boss, NOW - 9 * ONE)
    note_event(person=person, by=boss, kind="job_lost", on=NOW)
    day = NOW + days * ONE
    assert stands(person, day) == ({"event"} if event else set())
    assert asked(person, day) == ["soon"] * event
    assert asked(other, day) == []


@pytest.mark.parametrize(
    ("assessed_on", "answered"), [(NOW - 2 * ONE, False), (NOW - ONE, True), (NOW, True)]
)
def test_it_is_answered_by_who_has_looked_on_its_day_or_later(
    person: Person, boss: User, assessed_on: date, *, answered: bool
) -> None:
    note_event(person=person, by=boss, kind="job_lost", on=NOW - ONE)
    assessed(person, boss, assessed_on)
    assert ("event" in stands(person, NOW)) is not answered
    with on(NOW + ONE):  # known later: nobody who had looked before knew of it
        note_event(person=person, by=boss, kind="bereaved", on=assessed_on - ONE)
        assert "event" in stands(person, NOW + ONE)


def test_what_is_assessed_later_or_sent_back_or_of_another_answers_nothing(
    person: Person, worker: User, boss: User
) -> None:
    note_event(person=person, by=boss, kind="job_lost", on=NOW)
    assessed(CaseFactory().person, boss, NOW)
    assert stands(person, NOW) == {"never", "event"}
    assessed(person, worker, NOW, risk_level="high")
    assert stands(person, NOW) == {"never", "waiting"}
    assert asked(person, NOW) == ["inf"]
    reject(proposal=Proposal.objects.get(), by=boss, reason="依据不足")
    assert stands(person, NOW) == {"never", "event"}
    with on(NOW + ONE):
        assessed(person, worker, NOW + ONE)
    assert "event" in stands(person, NOW)
    assert stands(person, NOW + ONE) == set()


def test_nobody_is_to_be_assessed_whose_order_is_not_in_force(person: Person, boss: User) -> None:
    waiting = CaseFactory(not_agreed=True).person
    assert (asked(person, NOW), asked(waiting, NOW)) == (["late"], [])
    close_case(case=person.cases.get(), by=boss, reason="revoked", on=NOW)
    assert (asked(person, NOW - ONE), asked(person, NOW)) == (["late"], [])
