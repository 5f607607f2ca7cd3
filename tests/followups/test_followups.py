"""Whom a round asks for, what is noted of a try, and what a list and a figure say of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.cases.models import Case
from apps.cases.services import close_case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.followups.figures import RELEASED_RATE
from apps.followups.models import FollowUpAttempt, FollowUpRound, FollowUpTarget
from apps.followups.querysets import PARTS
from apps.followups.services import (
    close_round,
    fill_from_orders,
    fill_from_released,
    note_second_call,
    remove_target,
    withdraw_attempt,
)
from apps.followups.shown import NOBODY, coverage_words, part_of
from apps.followups.today import _rows as called
from apps.law.dates import add_months
from apps.needs.models import Need
from apps.needs.raised import RaisedNeed
from apps.persons.figures import Period
from apps.persons.models import Person
from apps.persons.services import undo_merge
from apps.schedule.scope import Scope
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.followups import looked_in_on, noted, round_of
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory, merged_into
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def found(boss: User) -> FollowUpRound:
    return round_of(by=boss)


def over(boss: User, on: date, **facts: Any) -> Case:
    """An order that has ended."""
    case: Case = CaseFactory(**facts)
    return close_case(case=case, by=boss, reason="revoked", on=on)


def persons(found: FollowUpRound) -> set[int]:
    return set(FollowUpTarget.objects.filter(round=found).values_list("person_id", flat=True))


def test_orders_in_force_and_those_that_ended_are_two_ways_to_fill(
    boss: User, found: FollowUpRound
) -> None:
    running, ended = CaseFactory(), over(boss, date(2024, 5, 2))
    CaseFactory(person=PersonFactory(area=area(WANQUAN)))
    PersonFactory()
    assert fill_from_orders(round=found, by=boss) == 1
    assert persons(found) == {running.person_id}
    assert fill_from_released(round=found, by=boss) == 1
    assert persons(found) == {running.person_id, ended.person_id}
    assert fill_from_orders(round=found, by=boss) == fill_from_released(round=found, by=boss) == 0


def test_nobody_is_asked_for_three_years_after_the_order_nor_while_a_new_one_runs(
    boss: User,
) -> None:
    ended = over(boss, date(2024, 5, 2))
    last = ended.duties_end_on
    assert last is not None
    for first, n in (
        (last + timedelta(days=1), 1), (last.replace(year=2027), 1),
        (last.replace(year=2027) + timedelta(days=1), 0), (last, 0),
    ):  # fmt: skip
        assert fill_from_released(round=round_of(by=boss, first=first), by=boss) == n
    begun = last + timedelta(days=3)
    CaseFactory(person=ended.person, decided_on=last, received_on=last, reported_on=begun,
                agreement_on=begun)  # fmt: skip
    assert fill_from_released(round=round_of(by=boss, first=date(2024, 8, 1)), by=boss) == 0


def test_who_wants_no_followup_is_left_out_of_later_rounds(boss: User) -> None:
    ended = over(boss, date(2024, 5, 2))
    first = round_of(by=boss)
    noted(looked_in_on(first, ended.person), outcome="declined")
    later = round_of(by=boss, title="秋季回访", first=date(2024, 6, 2))
    assert fill_from_released(round=later, by=boss) == 0
    withdraw_attempt(attempt=FollowUpAttempt.objects.get(), by=boss, reason="记错了人，不是他")
    assert fill_from_released(round=later, by=boss) == 1


def test_the_database_wants_an_order_that_fits_or_a_reason_in_words(
    boss: User, found: FollowUpRound
) -> None:
    running, ended, free = CaseFactory(), over(boss, date(2024, 5, 2)), PersonFactory()
    for person, facts in (
        (free, {"ground": "order"}),
        (free, {"ground": "named"}),
        (free, {"ground": "order", "case": running}),
        (ended.person, {"ground": "order", "case": ended}),
        (running.person, {"ground": "released", "case": running}),
        (running.person, {"ground": "named", "ground_words": "看看", "case": running}),
        (running.person, {"ground": "ledger", "case": running}),
    ):
        row = {"round": found, "recorded_by": boss, **place_ids(person), **facts}
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowUpTarget.objects.create(person=person, number=person.public_id, **row)


def test_the_database_asks_how_and_of_whom(found: FollowUpRound, boss: User) -> None:
    row = looked_in_on(found, PersonFactory())
    for facts in (
        {"outcome": "reached"},
        {"outcome": "declined"},
        {"outcome": "not_reached", "mind": "steady"},
        {"outcome": "declined", "way": "phone", "life": "hard"},
        {"outcome": "reached", "way": "phone", "withdrawn_at": timezone.now()},
    ):
        fixed = {"target": row, "person": row.person, "occurred_at": timezone.now(),
                 "day": today(), "recorded_at": timezone.now(), "recorded_by": boss}  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowUpAttempt.objects.create(**fixed, **facts, **place_ids(row.person))
    assert FollowUpAttempt.objects.count() == 0


def test_each_person_is_in_one_part_by_the_database_and_by_the_page(found: FollowUpRound) -> None:
    tries: tuple[tuple[dict[str, Any], ...], ...] = (
        (), ({"outcome": "not_reached", "way": ""},),
        ({"outcome": "not_reached", "way": ""}, {"outcome": "declined", "way": "phone"}),
        ({"way": "phone"},), ({"way": "phone"}, {"way": "in_person", "another": True}),
        ({"outcome": "declined"}, {"way": "phone", "another": True}),
    )  # fmt: skip
    for own in tries:
        row = looked_in_on(found, PersonFactory())
        for facts in own:
            noted(row, **facts)
    gone = looked_in_on(found, PersonFactory())
    withdraw_attempt(attempt=noted(gone), by=UserFactory(), reason="记在别人名下了")
    rows = FollowUpTarget.objects.all()
    by_page = {row.pk: part_of(row.attempts.all()) for row in rows}
    by_database = {row.pk: part for part in PARTS for row in rows.in_part(part)}
    assert by_page == by_database
    counts = rows.counted()[found.pk]
    assert counts == {"whole": 7, "in_person": 1, "phone": 2, "declined": 1, "not_reached": 1,
                      "left": 2}  # fmt: skip
    assert sum(rows.in_part(part).count() for part in PARTS) == rows.count()
    assert rows.in_part("reached").count() == 3


def test_a_rate_is_never_all_unless_it_is() -> None:
    counts = NOBODY | {"whole": 2097, "in_person": 2000, "phone": 96}
    assert coverage_words(counts) == "2,096 of 2,097 · 99.9 %"
    assert coverage_words(counts | {"phone": 97}).endswith("100 %")
    newspaper = NOBODY | {"whole": 177, "in_person": 146, "phone": 21, "not_reached": 10}
    assert coverage_words(newspaper) == "167 of 177 · 94.4 %"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"way": ""}, "way"),
        ({"outcome": "not_reached", "life": "hard"}, "outcome"),
        ({"mind": "distress"}, "words"),
        ({"occurred_at": at(date(2024, 6, 4), "08:00")}, "occurred_at"),
        ({"occurred_at": at(date(2024, 5, 23), "23:59")}, "occurred_at"),
    ],
)
def test_what_a_try_cannot_say_is_refused_at_its_field(
    found: FollowUpRound, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        noted(looked_in_on(found, PersonFactory()), **facts)
    assert refusal.value.field == field


def test_who_comes_second_is_told_who_was_first_and_may_say_another(found: FollowUpRound) -> None:
    row = looked_in_on(found, PersonFactory())
    noted(row, by=UserFactory(name="周晓岚"), way="phone")
    with pytest.raises(Refused, match="周晓岚 has reached the person") as refusal:
        noted(row, by=UserFactory())
    assert refusal.value.field == "another"
    noted(row, by=UserFactory(), another=True)
    assert FollowUpAttempt.objects.count() == 2


def test_a_need_that_came_up_is_opened_and_goes_with_the_try(found: FollowUpRound) -> None:
    row = looked_in_on(found, PersonFactory())
    need = RaisedNeed("housing", "soon", "person", "房子漏雨")
    made = noted(row, needs=[need])
    assert Need.objects.get().source_id == made.public_id
    withdraw_attempt(attempt=made, by=UserFactory(), reason="不是这一户，记错了")
    assert not Need.objects.filter(closed_on=None).exists()


def test_a_second_call_is_for_who_was_not_reached_and_within_the_round(
    found: FollowUpRound,
) -> None:
    row, by = looked_in_on(found, PersonFactory()), UserFactory()
    with pytest.raises(Refused, match="none of the round's"):
        note_second_call(target=row, by=by, on=found.last + timedelta(days=1))
    assert note_second_call(target=row, by=by, on=today()).second_call_on == today()
    noted(row)
    with pytest.raises(Refused, match="reached already"):
        note_second_call(target=row, by=by, on=today())


def test_a_closed_round_takes_nothing_more(found: FollowUpRound, boss: User) -> None:
    row = looked_in_on(found, PersonFactory())
    made = noted(row)
    close_round(round=found, by=boss)
    for act in (
        lambda: noted(row, another=True),
        lambda: looked_in_on(found, PersonFactory()),
        lambda: fill_from_orders(round=found, by=boss),
        lambda: close_round(round=found, by=boss),
    ):
        with pytest.raises(Refused, match="closed"):
            act()
    # What was wrong is still taken back: it would stand on the wrong file for good.
    assert withdraw_attempt(attempt=made, by=boss, reason="记错了，不是本人").withdrawn_at


def test_whoever_has_died_or_is_long_abstinent_is_asked_for_nowhere(
    boss: User, found: FollowUpRound
) -> None:
    """Nor whose order was closed because somebody else has the person."""
    for reason in ("deceased", "isolation", "imprisoned"):
        close_case(case=CaseFactory(), by=boss, reason=reason, on=date(2024, 5, 2))
    silent = {"clean": over(boss, date(2024, 5, 2)), "deceased": CaseFactory()}
    for status, case in silent.items():
        Person.objects.filter(pk=case.person_id).update(life_status=status)
    assert fill_from_released(round=found, by=boss) == 0
    assert fill_from_orders(round=found, by=boss) == 0
    with pytest.raises(Refused, match="has died"):
        looked_in_on(found, PersonFactory(life_status="deceased"))


def test_a_no_holds_for_every_round_until_the_person_asks(boss: User, found: FollowUpRound) -> None:
    person = PersonFactory()
    noted(looked_in_on(found, person), outcome="declined")
    later = round_of(by=boss, title="秋季回访", first=date(2024, 6, 2))
    with pytest.raises(Refused, match="want no follow-up") as refusal:
        looked_in_on(later, person)
    assert refusal.value.field == "asked_for_it"
    assert looked_in_on(later, person, asked_for_it=True).ground == "named"


def test_a_second_call_ends_with_a_no_elsewhere_with_death_and_after_three_years(
    boss: User,
) -> None:
    ended = over(boss, date(2024, 5, 2))
    found = round_of(by=boss)
    fill_from_released(round=found, by=boss)
    row = note_second_call(target=FollowUpTarget.objects.get(), by=boss, on=today())

    def waits(day: date) -> int:
        return len(list(called(Scope(boss, day))))

    assert waits(today()) == 1
    FollowUpRound.objects.filter(pk=found.pk).update(last=date(2027, 6, 3))
    assert waits(date(2027, 5, 1)) == 1
    assert waits(date(2027, 5, 3)) == 0
    other = round_of(by=boss, title="村里的回访")
    noted(looked_in_on(other, ended.person), outcome="declined")
    assert waits(today()) == 0
    FollowUpAttempt.objects.all().delete()
    assert waits(today()) == 1
    Person.objects.filter(pk=row.person_id).update(life_status="deceased")
    assert waits(today()) == 0


def test_the_database_takes_nothing_into_a_closed_round(found: FollowUpRound, boss: User) -> None:
    row = looked_in_on(found, PersonFactory())
    close_round(round=found, by=boss)
    other = PersonFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUpTarget.objects.create(
            round=found, person=other, number=other.public_id, ground="ledger", recorded_by=boss,
            **place_ids(other),
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUpAttempt.objects.create(
            target=row, person=row.person, outcome="not_reached", occurred_at=timezone.now(),
            day=today(), recorded_at=timezone.now(), recorded_by=boss, **place_ids(row.person),
        )  # fmt: skip


def test_a_merged_file_stands_on_the_list_once(boss: User, found: FollowUpRound) -> None:
    gone, kept = PersonFactory(), PersonFactory()
    row = looked_in_on(found, gone)
    FollowUpTarget.objects.filter(pk=row.pk).update(person=kept)
    with pytest.raises(Refused, match="on the list already"):
        looked_in_on(found, kept)


def test_an_undone_merge_gives_back_the_row_of_a_round(boss: User, found: FollowUpRound) -> None:
    records = UserFactory(records_admin=True)
    gone, kept = PersonFactory(), PersonFactory()
    theirs, own = looked_in_on(found, gone), looked_in_on(found, kept)
    merge = merged_into(kept, gone, records)
    own.refresh_from_db()
    remove_target(target=own, by=boss, reason="登记错了")
    assert not FollowUpTarget.objects.standing().filter(round=found).exists()
    close_round(round=found, by=boss)
    undo_merge(merge=merge, by=records, reason="是两个人")
    [row] = FollowUpTarget.objects.standing().filter(round=found)
    assert (row.pk, row.person, row.withdrawn_reason) == (theirs.pk, gone, "")


def test_a_town_does_not_close_the_round_of_its_county(boss: User) -> None:
    county = UserFactory(county_supervisor=True)
    found = round_of(by=county, area=area("469002"))
    with pytest.raises(PermissionDenied):
        close_round(round=found, by=boss)
    page = signed_in(boss)
    url = reverse("followups:round", args=[found.public_id])
    close = reverse("followups:close", args=[found.public_id])
    assert close not in page.get(url, secure=True).content.decode()
    assert page.get(close, secure=True).status_code == 403
    assert close_round(round=found, by=county).closed_by == county


def test_who_was_released_is_looked_in_on_once_a_year(boss: User) -> None:
    """The day is counted, not the list: two lists in a year are one person once."""
    ended = over(boss, date(2024, 3, 2)).duties_end_on
    assert ended is not None
    found = round_of(by=boss)
    assert fill_from_released(round=found, by=boss) == 1
    day = noted(found.targets.get(), outcome="reached").day

    def rate(on: date) -> tuple[int, int | None]:
        figure = RELEASED_RATE.measure(Period(area(QIONGHAI), on, on, on))
        return figure.numerator, figure.denominator

    assert rate(ended) == (0, 0)
    assert rate(day - timedelta(days=1)) == (0, 1)
    assert rate(day) == rate(add_months(day, 12)) == (1, 1)
    assert rate(add_months(day, 12) + timedelta(days=1)) == (0, 1)
    assert rate(ended.replace(year=2027) + timedelta(days=1)) == (0, 0)
