"""Who is responsible or covers, at the bounds: the day before, the day itself, the day after."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from apps.accounts.models import User
from apps.core.days import today
from apps.core.refusals import Refused
from apps.covers.services import begin_cover
from apps.notices.codes import NoticeKind
from apps.notices.models import Notice
from apps.persons.models import Assignment, Person
from apps.persons.services import (
    assign_village,
    assign_worker,
    end_assignment,
    mark_life_status,
    withdraw_assignment,
)
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.persons import VILLAGE, PersonFactory

pytestmark = pytest.mark.django_db
EAST = "469002100001"  # another village of the town


@pytest.fixture
def boss() -> User:
    found: User = UserFactory(town_supervisor=True)
    return found


def day(number: int) -> date:
    return today() + timedelta(days=number)


def refused(act: Callable[[], Any]) -> str:
    with translation.override("en"):
        try:
            act()
        except Refused as refusal:
            return str(refusal)
    return ""


def give(person: Person, worker: User, boss: User, on: int = 0, **more: Any) -> list[Assignment]:
    return assign_worker(persons=[person], worker=worker, by=boss, on=day(on), **more)


def spans(person: Person, **kind: str) -> list[tuple[int, int, int | None]]:
    """Worker, first and last day, as days from today."""
    rows = Assignment.objects.filter(person=person, **kind).order_by("starts_on", "pk")
    return [
        (r.worker_id, (r.starts_on - today()).days, r.ends_on and (r.ends_on - today()).days)
        for r in rows
    ]


def told(user: User, kind: NoticeKind) -> list[tuple[Person, date | None]]:
    rows = Notice.objects.filter(reader=user, kind=kind).order_by("pk").select_related("about")
    return [(row.about, row.starts_on) for row in rows]


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (-4, "The end lies before the beginning."),
        (-3, ""),
        (1, ""),
        (2, ""),
        (3, "The assignment has ended already."),
    ],
)
def test_the_last_day_of_an_assignment_is_only_brought_forward(
    boss: User, on: int, words: str
) -> None:
    """Who loses the person hears it, and from which day on."""
    worker, person = UserFactory(), PersonFactory()
    [row] = give(person, worker, boss, on=-3)
    end_assignment(assignment=row, by=boss, on=day(2))
    assert refused(lambda: end_assignment(assignment=row, by=boss, on=day(on))) == words
    assert spans(person) == [(worker.pk, -3, 2 if words else on)]
    losses = [(person, day(3))] + ([(person, day(on + 1))] if not words and on != 2 else [])
    assert told(worker, NoticeKind.UNCOVERED) == losses


@pytest.mark.parametrize(("began", "words"), [(-1, "has begun"), (0, "has begun"), (1, "")])
def test_what_has_begun_is_not_taken_back(boss: User, began: int, words: str) -> None:
    worker, person = UserFactory(), PersonFactory()
    [row] = give(person, worker, boss, on=began)
    assert words in refused(lambda: withdraw_assignment(assignment=row, by=boss))
    assert bool(spans(person)) == bool(words)
    assert told(worker, NoticeKind.HANDED_BACK) == ([] if words else [(person, day(began))])


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_whom_an_assignment_would_have_relieved_goes_on(boss: User, gap: int) -> None:
    """Whoever had ended before that does not come back."""
    first, person = UserFactory(), PersonFactory()
    [before] = give(person, first, boss, on=-5)
    if gap:
        end_assignment(assignment=before, by=boss, on=day(4 - gap))
    [row] = give(person, UserFactory(), boss, on=4)
    back = withdraw_assignment(assignment=row, by=boss)
    assert (back == before) == (gap < 2)
    assert spans(person) == [(first.pk, -5, 4 - gap if gap > 1 else None)]
    assert len(told(first, NoticeKind.HANDED)) == (2 if gap < 2 else 1)


def test_a_cover_that_is_taken_back_brings_nobody_back(boss: User) -> None:
    responsible, cover, person = UserFactory(), UserFactory(), PersonFactory()
    [own] = give(person, responsible, boss, on=-5)
    end_assignment(assignment=own, by=boss, on=day(3))
    [row] = give(person, cover, boss, on=4, kind="cover")
    assert withdraw_assignment(assignment=row, by=boss) is None
    assert spans(person) == [(responsible.pk, -5, 3)]


def test_what_an_absence_gives_is_not_taken_back_person_by_person(boss: User) -> None:
    away, mate, person = UserFactory(), UserFactory(), PersonFactory()
    give(person, away, boss)
    begin_cover(
        worker=away, cover=mate, by=boss, client_uuid=uuid4(), starts_on=day(1), until_on=day(9)
    )
    row = Assignment.objects.get(worker=mate)
    words = refused(lambda: withdraw_assignment(assignment=row, by=boss))
    assert words.startswith(f"{away.name} is away until later")
    [by_hand] = give(person, UserFactory(), boss, on=1, kind="cover")
    assert refused(lambda: withdraw_assignment(assignment=by_hand, by=boss)) == ""
    assert spans(person, kind="cover") == [(mate.pk, 1, 9)]


@pytest.mark.parametrize(
    ("hand", "left"),
    [
        ((0, None), [(0, None)]),
        ((0, 9), [(0, 9)]),
        ((0, 10), [(0, 10)]),
        ((0, 8), [(0, 8), (0, 9)]),
        ((1, 9), [(0, 9), (1, 9)]),
        ((-1, 9), [(-1, 9)]),
    ],
)
def test_who_covers_by_hand_on_all_of_the_days_is_passed_over(
    boss: User, hand: tuple[int, int | None], left: list[tuple[int, int | None]]
) -> None:
    away, mate, person = UserFactory(), UserFactory(), PersonFactory()
    give(person, away, boss, on=-9)
    [row] = give(person, mate, boss, on=hand[0], kind="cover")
    Assignment.objects.filter(pk=row.pk).update(ends_on=None if hand[1] is None else day(hand[1]))
    begin_cover(
        worker=away, cover=mate, by=boss, client_uuid=uuid4(), starts_on=day(0), until_on=day(9)
    )
    found = [(first, last) for _pk, first, last in spans(person, kind="cover")]
    assert sorted(found, key=str) == sorted(left, key=str)


@pytest.mark.parametrize(
    ("kind", "other", "on", "free"),
    [
        ("responsible", True, 4, False),
        ("responsible", True, 5, True),
        ("responsible", True, 6, True),
        ("responsible", False, 4, False),
        ("cover", True, 4, True),
        ("cover", False, 4, False),
        ("cover", False, 5, True),
    ],
)
def test_what_stands_from_a_later_day_on_goes_before(
    *, boss: User, kind: str, other: bool, on: int, free: bool
) -> None:
    """Beside a cover there may be others; the refusal says who and from when."""
    worker, person = UserFactory(name="周晓岚"), PersonFactory(name="陈海生")
    give(person, worker, boss, on=5, kind=kind)
    act = lambda: give(person, UserFactory() if other else worker, boss, on=on, kind=kind)  # noqa: E731
    words = refused(act)
    assert words.startswith("周晓岚 has 陈海生 from ") != free
    assert (str(day(5).day) in words) != free
    # Of the other kind nothing stands in the way.
    unlike = "cover" if kind == "responsible" else "responsible"
    assert refused(lambda: give(person, UserFactory(), boss, on=on, kind=unlike)) == ""


@pytest.mark.parametrize(
    ("who", "where", "words"),
    [
        ({}, VILLAGE, ""),
        ({}, JIAJI, ""),
        ({}, QIONGHAI, ""),
        ({"town_supervisor": True}, VILLAGE, ""),
        ({"county_supervisor": True}, WANQUAN, ""),
        ({"area": EAST}, VILLAGE, "works in 东风社区; 陈海生 belongs to 先锋村, outside of it."),
        ({"area": EAST}, JIAJI, ""),
        ({"area": EAST}, EAST, ""),
        ({}, WANQUAN, "works in 嘉积镇; 陈海生 belongs to 万泉镇, outside of it."),
        ({"records_admin": True}, VILLAGE, "Only an active case worker or supervisor"),
        ({"is_active": False}, VILLAGE, "Only an active case worker or supervisor"),
        ({"province_viewer": True}, VILLAGE, "Only an active case worker or supervisor"),
    ],
)
def test_whoever_is_responsible_works_where_the_person_is(
    who: dict[str, Any], where: str, words: str
) -> None:
    if "area" in who:
        who = {"area": area(who["area"])}
    worker, person = UserFactory(**who), PersonFactory(area=area(where), name="陈海生")
    found = refused(lambda: give(person, worker, User.objects.system()))
    assert words in found
    assert bool(spans(person)) == (not found) == (not words)


def test_of_a_village_the_dead_and_those_abroad_get_nobody(boss: User) -> None:
    lives, dead, abroad, clean = (PersonFactory() for _ in range(4))
    for person, status in ((dead, "deceased"), (abroad, "abroad"), (clean, "clean")):
        mark_life_status(person=person, by=boss, status=status, since=day(-1))
    worker = UserFactory()
    assign_village(village=area(VILLAGE), worker=worker, by=boss, on=today())
    assert set(Person.objects.in_caseload_of(worker)) == {lives, clean}


def test_who_is_changed_on_the_first_day_leaves_no_trace_but_hears_of_it(boss: User) -> None:
    first, second, person = UserFactory(), UserFactory(), PersonFactory()
    give(person, first, boss, on=2)
    assert give(person, second, boss, on=2)[0].recorded_by == boss
    assert spans(person) == [(second.pk, 2, None)]
    assert told(first, NoticeKind.TAKEN) == [(person, day(2))]
    assert told(second, NoticeKind.HANDED) == [(person, day(2))]
    assert told(second, NoticeKind.TAKEN) == []


@pytest.mark.parametrize("on", [2, 3, 4, 5, 6])
def test_an_assignment_with_a_last_day_goes_on_with_the_same_worker(boss: User, on: int) -> None:
    """Until its last day it is the same one; from the day after on another."""
    worker, person = UserFactory(), PersonFactory()
    [row] = give(person, worker, boss, on=2)
    end_assignment(assignment=row, by=boss, on=day(5))
    give(person, worker, boss, on=on)
    assert spans(person) == (
        [(worker.pk, 2, None)] if on < 6 else [(worker.pk, 2, 5), (worker.pk, 6, None)]
    )
    assert told(worker, NoticeKind.TAKEN) == []
