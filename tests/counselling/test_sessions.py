"""Sessions as they are recorded, put right and taken back; counselling is help, and no duty."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.counselling.figures import PERSONS, SESSIONS
from apps.counselling.models import Session
from apps.counselling.services import (
    ByWhom,
    correct_session,
    withdraw_session,
)
from apps.needs.models import Need
from apps.needs.services import record_need
from apps.notices.models import Notice
from apps.persons.figures import Period
from apps.persons.models import Person
from apps.persons.services.moving import move_person
from apps.schedule.models import DueItem
from apps.visits.facts import last_contacts
from tests.checkins.test_at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.counselling import counselled
from tests.factories.persons import PersonFactory
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db
DAY = date(2024, 9, 3)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-09-05T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def by() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def person() -> Person:
    """With an order in force."""
    found: Person = CaseFactory().person
    return found


def needed(person: Person) -> Need:
    facts = {"kind": "counselling", "urgency": "normal", "said_by": "person", "said_on": DAY}
    return record_need(person=person, by=UserFactory(), **facts)  # type: ignore[arg-type]


AGREED: dict[str, Any] = {"kind": "both", "family_told": "agreed", "agreed_on": DAY}


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"kind": "group"}, "kind", "what kind"),
        ({"at": at(date(2024, 9, 6))}, "occurred_at", "did not take place is not recorded"),
        ({"who": ByWhom("nobody")}, "counsellor", "who counselled"),
        ({"who": ByWhom("other", " ", " ")}, "counsellor_name", "a name or a body"),
        ({"who": ByWhom("recorder", "李医生")}, "counsellor", "only of somebody else"),
        ({"kind": "family"}, "family_told", "what the family was told"),
        ({"kind": "both", "family_told": "all"}, "family_told", "what the family was told"),
        ({"kind": "both", "family_told": "agreed"}, "agreed_on", "told nothing about the person"),
        (AGREED | {"family_told": "nothing"}, "agreed_on", "day of agreement belongs"),
        (AGREED | {"agreed_on": date(2024, 9, 4)}, "agreed_on", "comes before"),
        (AGREED | {"kind": "person"}, "kind", "No family takes part"),
        ({"minutes": 0}, "minutes", "1 to 600"),
        ({"minutes": 601}, "minutes", "1 to 600"),
        ({"next_on": date(2024, 9, 2)}, "next_on", "before the session"),
    ],
)
def test_what_a_session_cannot_say_is_refused_at_its_field(
    person: Person, by: User, facts: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        counselled(person, by=by, **({"at": at(DAY)} | facts))
    assert refusal.value.field == field
    assert not Session.objects.exists()


def test_the_family_is_told_what_the_person_agreed_to_or_nothing(person: Person, by: User) -> None:
    counselled(person, by=by, at=at(DAY), **AGREED)
    row = counselled(person, by=by, kind="family", family_told="nothing")
    assert row.agreed_on is None


def test_without_an_order_in_force_it_is_for_whoever_asks(by: User) -> None:
    """After the term, and for who never had an order, nothing is offered and nothing is refused."""
    days = {name: date(2021, 3, 1) for name in ("decided_on", "received_on", "reported_on")}
    case = CaseFactory(agreement_on=date(2021, 3, 1), **days)
    for person in (case.person, PersonFactory()):
        with pytest.raises(Refused, match="only if the person asks") as refusal:
            counselled(person, by=by, asked=False)
        assert refusal.value.field == "asked"
        assert "23" in str(refusal.value.article)
        assert counselled(person, by=by, asked=True).ground == "asked"


def test_during_an_order_it_may_be_offered(person: Person, by: User) -> None:
    assert counselled(person, by=by, asked=False).ground == "order"


def test_nothing_is_recorded_of_days_before_the_order_or_after_a_death(by: User) -> None:
    case = CaseFactory()
    with pytest.raises(Refused, match="before it is not recorded"):
        counselled(case.person, by=by, at=at(case.decided_on - timedelta(days=1)))
    dead = PersonFactory(life_status="deceased", life_status_since=DAY)
    with pytest.raises(Refused, match="had died before"):
        counselled(dead, by=by)
    assert counselled(dead, by=by, at=at(DAY)).day == DAY


def test_a_person_sits_in_one_session_at_a_time(person: Person, by: User) -> None:
    first = counselled(person, by=by, at=at(DAY))
    with pytest.raises(Refused, match=f"{by.name} has recorded") as refusal:
        counselled(person, at=at(DAY), kind="family", family_told="nothing")
    assert refusal.value.field == "occurred_at"
    withdraw_session(session=first, by=by, reason="记错了人")
    counselled(person, by=by, at=at(DAY))


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_who_record_the_same_at_once_make_one_row() -> None:
    case = CaseFactory()
    users = [UserFactory(), UserFactory()]

    def record(who: User) -> str:
        with translation.override("en"):
            try:
                return str(counselled(case.person, by=who, at=at(DAY)))
            except Refused as refused:
                return str(refused)

    told = at_once(*[lambda who=who: record(who) for who in users])
    assert Session.objects.count() == 1
    assert sum("has recorded a session" in words for words in told) == 1


def test_a_need_that_it_answers_is_the_persons_own(person: Person, by: User) -> None:
    need = needed(person)
    assert counselled(person, by=by, need=need, at=at(DAY)).need == need
    with pytest.raises(Refused, match="another person's") as refusal:
        counselled(person, by=by, need=needed(PersonFactory()))
    assert refusal.value.field == "need"


def test_a_correction_keeps_the_rules_and_the_old_value(person: Person, by: User) -> None:
    row = counselled(person, by=by, at=at(DAY), asked=False)
    changes: dict[str, Any] = {"kind": "family", "family_told": "nothing", "minutes": 50}
    with pytest.raises(Refused, match="Say why") as refusal:
        correct_session(session=row, by=by, reason="。", version=1, changes=changes)
    assert refusal.value.field == "why"
    with pytest.raises(Refused, match="what the family was told"):
        correct_session(session=row, by=by, reason="选错了", version=1, changes={"kind": "family"})
    with pytest.raises(TypeError, match="recorded_by"):
        correct_session(session=row, by=by, reason="选错了", version=1, changes={"recorded_by": by})
    put_right = correct_session(session=row, by=by, reason="选错了", version=1, changes=changes)
    assert (put_right.kind, put_right.minutes, put_right.version) == ("family", 50, 2)
    with pytest.raises(Refused, match="Somebody else corrected"):
        correct_session(session=row, by=by, reason="选错了", version=1, changes=changes)
    before: Any = Session.events.rel.related_model.objects.filter(pgh_obj_id=row.pk)  # type: ignore[attr-defined]
    assert list(before.order_by("pgh_id").values_list("kind", flat=True)) == ["person", "family"]


def test_a_correction_of_the_day_asks_for_its_ground_anew(person: Person, by: User) -> None:
    row = counselled(person, by=by, at=at(DAY), asked=False)
    early = {"occurred_at": at(date(2020, 1, 1))}
    with pytest.raises(Refused, match="before it is not recorded"):
        correct_session(session=row, by=by, reason="日期错了", version=1, changes=early)
    changes = {"occurred_at": at(date(2024, 9, 2)), "asked": True}
    moved = correct_session(session=row, by=by, reason="日期错了", version=1, changes=changes)
    assert (moved.day, moved.ground) == (date(2024, 9, 2), "asked")


def test_a_withdrawn_session_stays_and_counts_no_more(person: Person, by: User) -> None:
    row = counselled(person, by=by, at=at(DAY))
    with pytest.raises(Refused, match="Say why") as refusal:
        withdraw_session(session=row, by=by, reason="x")
    assert refusal.value.field == "reason"
    withdraw_session(session=row, by=by, reason="没有进行")
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_session(session=row, by=by, reason="没有进行")
    with pytest.raises(Refused, match="cannot be changed any more"):
        correct_session(session=row, by=by, reason="改回来", version=2, changes={"minutes": 5})
    assert SESSIONS.measure(period()).numerator == 0
    assert person.pk not in last_contacts([person.pk], DAY)


def test_a_session_with_the_person_is_a_contact_and_one_with_the_family_is_none(
    person: Person, by: User
) -> None:
    """Somebody met the person; no duty is done by it."""
    windows = list(DueItem.objects.filter(person=person).order_by("pk").values())
    counselled(person, by=by, at=at(DAY), kind="family", family_told="nothing")
    assert last_contacts([person.pk], date(2024, 9, 5)) == {}
    counselled(person, by=by, at=at(DAY, "15:00"), **AGREED)
    assert last_contacts([person.pk], date(2024, 9, 5)) == {person.pk: DAY}
    assert list(DueItem.objects.filter(person=person).order_by("pk").values()) == windows


def period(unit: str = QIONGHAI) -> Period:
    return Period(area(unit), date(2024, 9, 1), date(2024, 9, 30), date(2024, 9, 5))


def test_persons_and_sessions_are_two_figures_and_count_where_they_were_held(by: User) -> None:
    one, other = CaseFactory().person, CaseFactory().person
    for day in (1, 2, 3):
        counselled(one, by=by, at=at(date(2024, 9, day)))
    counselled(one, by=by, at=at(date(2024, 8, 31)))
    counselled(other, by=by, at=at(DAY))
    move_person(person=other, area=area(WANQUAN), by=UserFactory(county_supervisor=True))
    assert (PERSONS.measure(period()).numerator, SESSIONS.measure(period()).numerator) == (2, 4)
    assert SESSIONS.measure(period(WANQUAN)).numerator == 0
    for indicator, told in ((PERSONS, 2), (SESSIONS, 4)):
        units = indicator.by_unit(period(), "town_id").values_list("unit", flat=True)
        assert sorted(units) == [one.town_id] * told
    assert SESSIONS.day == "day"


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"counsellor": "other"}, "counselling_by_somebody"),
        ({"counsellor_body": "医院"}, "counselling_by_somebody"),
        ({"kind": "family"}, "counselling_says_what_family_was_told"),
        ({"family_told": "nothing"}, "counselling_says_what_family_was_told"),
        ({"kind": "both", "family_told": "agreed"}, "counselling_family_told_as_agreed"),
        (
            {"kind": "both", "family_told": "nothing", "agreed_on": DAY},
            "counselling_family_told_as_agreed",
        ),
        (AGREED | {"agreed_on": date(2024, 9, 9)}, "counselling_agreed_before"),
        ({"minutes": 0}, "counselling_minutes"),
        ({"minutes": 601}, "counselling_minutes"),
        ({"next_on": date(2024, 9, 1)}, "counselling_next_not_before"),
        ({"withdrawn_at": timezone.now()}, "counselling_withdrawn_by_somebody"),
    ],
)
def test_the_database_keeps_what_a_session_cannot_say(
    person: Person, by: User, facts: dict[str, Any], name: str
) -> None:
    row = counselled(person, by=by, at=at(DAY))
    for column, value in facts.items():
        setattr(row, column, value)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save()


def test_who_recorded_it_hears_that_somebody_took_it_back(person: Person, by: User) -> None:
    row = counselled(person, by=by, at=at(DAY))
    withdraw_session(session=row, by=UserFactory(town_supervisor=True), reason="没有进行")
    assert Notice.objects.filter(reader=by, subject=row.public_id).count() == 1
