"""The acts on covers at their bounds: the day before, the day itself, the day after."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from apps.accounts.models import User
from apps.core.days import today
from apps.core.refusals import Refused
from apps.covers.models import Cover
from apps.covers.services import begin_cover, call_off, name_another, set_last_day
from apps.notices.codes import NoticeKind
from apps.notices.models import Notice
from apps.persons.models import Assignment, Person
from apps.persons.services import assign_worker, withdraw_assignment
from tests.covers.test_covers import Office, after
from tests.factories.accounts import UserFactory
from tests.factories.pages import running_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def day(number: int) -> date:
    return today() + timedelta(days=number)


def refused(act: Callable[[], Any]) -> tuple[str, str | None]:
    """The words of the refusal and their field, or two times nothing."""
    with translation.override("en"):
        try:
            act()
        except Refused as refusal:
            return str(refusal), refusal.field
    return "", None


def spans(worker: User, person: Person | None = None) -> list[tuple[int, int | None]]:
    """First and last day of what the worker covers, as days from today."""
    rows = Assignment.objects.filter(worker=worker, kind="cover").order_by("starts_on", "pk")
    rows = rows if person is None else rows.filter(person=person)
    return [
        ((row.starts_on - today()).days, row.ends_on and (row.ends_on - today()).days)
        for row in rows
    ]


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(reader=user).order_by("pk").values_list("kind", flat=True))


def given(office: Office, worker: User, on: int = 0, **more: Any) -> Person:
    person: Person = running_case().person
    assign_worker(persons=[person], worker=worker, by=office.boss, on=day(on), **more)
    return person


@pytest.mark.parametrize(
    ("facts", "words", "field"),
    [
        ({"starts_on": -1}, "A cover begins today or later.", "starts_on"),
        ({"starts_on": 0}, "", None),
        ({"starts_on": 1}, "", None),
        ({"until_on": 9, "starts_on": 10}, "The end lies before the beginning.", None),
        ({"until_on": 9, "starts_on": 9}, "", None),
    ],
)
def test_the_first_day_of_a_cover(
    office: Office, facts: dict[str, int], words: str, field: str | None
) -> None:
    days = {name: day(number) for name, number in facts.items()}
    assert refused(lambda: office.cover(**days)) == (words, field)
    assert Cover.objects.count() == (not words)


def test_nobody_covers_for_themselves(office: Office) -> None:
    assert refused(lambda: office.cover(cover=office.away)) == (
        "Nobody covers for themselves.", "cover",
    )  # fmt: skip
    assert refused(lambda: office.cover(worker=office.mate, cover=office.away)) == ("", None)


@pytest.mark.parametrize(
    ("first", "last", "absent"),
    [(0, 4, False), (0, 5, True), (7, 9, True), (8, 9, False), (0, None, True), (8, None, False)],
)
def test_whoever_is_away_too_covers_on_the_other_days(
    office: Office,
    first: int,
    last: int | None,
    absent: bool,
) -> None:
    office.cover(worker=office.mate, cover=UserFactory(), starts_on=day(5), until_on=day(7))
    until = None if last is None else day(last)
    words, field = refused(lambda: office.cover(starts_on=day(first), until_on=until))
    assert bool(words) == absent
    if absent:
        assert words == f"{office.mate.name} is away on some of these days, too."
        assert field == "cover"


@pytest.mark.parametrize(
    ("now", "on", "words"),
    [
        (0, 1, "The last day is today or later, and not before the beginning."),
        (0, 2, ""),
        (5, 4, "The last day is today or later, and not before the beginning."),
        (5, 5, ""),
        (9, 10, ""),
        (10, 11, "The cover has ended; begin a new one."),
    ],
)
def test_the_last_day_is_changed_until_it_has_passed(
    office: Office, now: int, on: int, words: str
) -> None:
    cover, last = office.cover(starts_on=day(2)), day(on)
    with after(now):
        found = refused(lambda: set_last_day(cover=cover, on=last, by=office.boss))
    assert found == (words, None)
    assert Cover.objects.get().until_on == (day(9) if words else last)
    assert {end for _begin, end in spans(office.mate)} == {9 if words else on}


def test_the_last_day_stays_where_who_covers_is_away(office: Office) -> None:
    cover = office.cover()
    office.cover(worker=office.mate, cover=UserFactory(), starts_on=day(12), until_on=day(14))
    words, field = refused(lambda: set_last_day(cover=cover, on=day(12), by=office.boss))
    assert (words, field) == (f"{office.mate.name} is away on some of these days, too.", "cover")
    assert refused(lambda: set_last_day(cover=cover, on=day(11), by=office.boss)) == ("", None)


@pytest.mark.parametrize(
    ("before", "then"), [(9, 4), (9, 20), (9, None), (None, 4), (4, 4), (None, None)]
)
def test_whom_the_worker_gets_later_is_covered_on_the_days_of_the_cover(
    office: Office, before: int | None, then: int | None
) -> None:
    """Both sides hear of a change, and of none where nothing changes."""
    until, last = (None if n is None else day(n) for n in (before, then))
    cover = office.cover(until_on=until)
    newcomer = given(office, office.away, on=7)
    set_last_day(cover=cover, on=last, by=office.boss)
    assert spans(office.mate, newcomer) == ([] if then == 4 else [(7, then)])
    assert {end for _begin, end in spans(office.mate)} == {then}
    for user in (office.away, office.mate):
        assert told(user).count(NoticeKind.COVER_CHANGED) == (before != then)


@pytest.mark.parametrize(
    ("now", "on", "words", "field"),
    [
        (5, 4, "A cover begins today or later.", "on"),
        (5, 5, "", None),
        (5, 9, "", None),
        (5, 10, "The cover has ended by then.", "on"),
    ],
)
def test_somebody_else_covers_from_today_to_the_last_day(
    office: Office, now: int, on: int, words: str, field: str | None
) -> None:
    cover, third, begins = office.cover(), UserFactory(), day(on)
    with after(now):
        act = lambda: name_another(cover=cover, to=third, on=begins, by=office.boss)  # noqa: E731
        assert refused(act) == (words, field)
    assert spans(third) == ([] if words else [(on, 9)] * 2)
    assert spans(office.mate) == [(0, 9 if words else on - 1)] * 2


def test_who_covers_already_is_nobody_else(office: Office) -> None:
    cover = office.cover()
    found = refused(lambda: name_another(cover=cover, to=office.mate, on=day(3), by=office.boss))
    assert found == (f"{office.mate.name} covers already.", "to")


def test_a_cover_is_called_off_until_the_day_before(office: Office) -> None:
    cover = office.cover(starts_on=day(1))
    with after(1):
        found = refused(lambda: call_off(cover=cover, by=office.boss))
        assert found == ("The cover has begun; enter its last day.", None)
    assert spans(office.mate) == [(1, 9)] * 2
    call_off(cover=cover, by=office.boss)
    assert spans(office.mate) == []
    assert not Cover.objects.exists()
    assert [told(user)[-1] for user in (office.mate, office.away)] == [NoticeKind.COVER_OFF] * 2


def test_only_whom_a_worker_is_responsible_for_comes_to_the_cover(office: Office) -> None:
    """Nor does anybody who is given for days after the absence, or once it is over."""
    office.cover()
    own = given(office, office.away)
    assert spans(office.mate, own) == [(0, 9)]
    assert spans(office.mate, given(office, office.away, kind="cover")) == []
    assert spans(office.mate, given(office, office.away, on=9)) == [(9, 9)]
    assert spans(office.mate, given(office, office.away, on=10)) == []
    assert spans(office.mate, given(office, UserFactory())) == []
    with after(10):
        person = running_case().person
        assign_worker(persons=[person], worker=office.away, by=office.boss, on=day(-6))
        assert spans(office.mate, person) == []


def test_absences_of_others_are_not_looked_at(office: Office) -> None:
    office.cover()
    persons = [running_case().person for _ in range(2)]

    def asked(person: Person) -> int:
        with CaptureQueriesContext(connection) as queries:
            assign_worker(persons=[person], worker=office.away, by=office.boss, on=today())
        return len(queries)

    alone = asked(persons[0])
    for _ in range(3):
        office.cover(worker=UserFactory(), cover=UserFactory())
    assert asked(persons[1]) == alone


def test_who_is_taken_back_takes_no_cover_of_others_along(office: Office) -> None:
    office.cover()
    [row] = Assignment.objects.responsible().filter(person=given(office, office.away, on=3))
    earlier, later = (given(office, office.away, on=number) for number in (2, 4))
    withdraw_assignment(assignment=row, by=office.boss)
    assert spans(office.mate, row.person) == []
    assert spans(office.mate, earlier) == [(2, 9)]
    assert spans(office.mate, later) == [(4, 9)]
    assert len(spans(office.mate)) == 4
    assert Cover.assignments.through.objects.count() == 4


@pytest.mark.parametrize(
    ("first", "on", "left"),
    [(0, 1, [(0, 0)]), (0, 5, [(0, 4)]), (0, 9, [(0, 8)]), (0, 10, [(0, 9)]), (0, 11, [(0, 9)]),
     (3, 3, []), (3, 2, []), (3, 4, [(3, 3)])],
)  # fmt: skip
def test_who_goes_to_another_worker_is_covered_until_the_day_before(
    office: Office, first: int, on: int, left: list[tuple[int, int]]
) -> None:
    """Who covered hears of it where days are lost; the other person stays covered."""
    office.cover(starts_on=day(first))
    [moved, stays], third = office.persons, UserFactory()
    assign_worker(persons=[moved], worker=third, by=office.boss, on=day(on))
    assert spans(office.mate, moved) == left
    assert spans(office.mate, stays) == [(first, 9)]
    lost = Notice.objects.filter(reader=office.mate, kind=NoticeKind.TAKEN)
    assert [(n.about, n.colleague, n.starts_on) for n in lost] == (
        [(moved, third, day(max(first, on)))] if on < 10 else []
    )


def test_who_covered_and_becomes_responsible_loses_nobody(office: Office) -> None:
    office.cover()
    assign_worker(persons=office.persons, worker=office.mate, by=office.boss, on=day(3))
    assert spans(office.mate) == [(0, 2)] * 2
    assert NoticeKind.TAKEN not in told(office.mate)
    assert told(office.away).count(NoticeKind.TAKEN) == 2


def test_who_comes_back_to_the_worker_stays_covered(office: Office) -> None:
    office.cover()
    [person, _other] = office.persons
    assign_worker(persons=[person], worker=UserFactory(), by=office.boss, on=day(2))
    assign_worker(persons=[person], worker=office.away, by=office.boss, on=day(4))
    assert spans(office.mate, person) == [(0, 1), (4, 9)]


def test_each_act_holds_the_accounts_of_all_who_are_meant(office: Office) -> None:
    """Two absences of the same people are recorded one after the other."""
    third, fourth = UserFactory(), UserFactory()

    def held(act: Callable[[], Any]) -> set[int]:
        with CaptureQueriesContext(connection) as queries:
            act()
        first = next(q["sql"] for q in queries if "accounts_user" in q["sql"]
                     and q["sql"].endswith("FOR NO KEY UPDATE OF \"accounts_user\""))  # fmt: skip
        named = re.search(r'"id" IN \(([^)]*)\)', first)
        return {int(pk) for pk in named[1].split(",")} if named else set()

    mine = {office.away.pk, office.mate.pk}
    assert held(office.cover) == mine
    cover = Cover.objects.get()
    assert held(lambda: set_last_day(cover=cover, on=day(8), by=office.boss)) == mine
    another = held(lambda: name_another(cover=cover, to=third, on=day(3), by=office.boss))
    assert another == mine | {third.pk}
    passing = {"passed_on": {office.away.pk: fourth}, "starts_on": day(3), "until_on": day(3)}
    went = {"worker": third, "cover": office.mate, "by": office.boss, "client_uuid": uuid4()}
    assert held(lambda: begin_cover(**went, **passing)) == {third.pk, office.mate.pk, fourth.pk}
