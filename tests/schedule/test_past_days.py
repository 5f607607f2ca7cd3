"""As at any past day: what stood then follows from what is known now, entries made later too."""

from datetime import date, timedelta

import pytest
import time_machine

from apps.cases.current_order import state_of
from apps.cases.models import Case
from apps.cases.services import report_leave, suspend_case
from apps.core.days import today
from apps.schedule.models import DueItem
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.schedule import FRIDAY, seen
from tests.factories.visits import met

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = FRIDAY + 90 * DAY


def clock(day: date) -> time_machine.travel:
    return time_machine.travel(f"{day}T10:00:00+08:00", tick=False)


def windows(day: date, *, past: bool) -> set[int]:
    rows = DueItem.objects.stood_on(day) if past else DueItem.objects.standing_on(day)
    return set(rows.values_list("pk", flat=True))


def state(case: Case, day: date) -> str:
    return state_of(Case.objects.with_absence_on(day).get(pk=case.pk), day)


def live_through() -> dict[date, set[int]]:
    """Ninety days of two persons, recorded on their days; what stood on each morning."""
    with clock(FRIDAY):
        cases, first = [CaseFactory(), CaseFactory()], FRIDAY + 40 * DAY
        report_leave(
            case=cases[1], by=UserFactory(), starts_on=first, until_on=first + 6 * DAY,
            destination="三亚", reported_in_writing_on=FRIDAY,
        )  # fmt: skip
    stood = {}
    for number in range(90):
        day = FRIDAY + number * DAY
        with clock(day):
            if number % 9 == 0:
                seen(cases[0], day)
            if number in (20, 70):
                met(cases[1], day, "talk")
            stood[day] = windows(day, past=False)
    return stood


def test_what_stood_on_each_day_is_found_again_later() -> None:
    stood = live_through()
    with clock(NOW):
        found = {day: windows(day, past=True) for day in stood}
    assert [day for day in stood if stood[day] != found[day]] == []
    assert len({frozenset(rows) for rows in stood.values()}) > 10


def test_today_both_ways_of_asking_agree() -> None:
    live_through()
    with clock(NOW):
        assert windows(today(), past=True) == windows(today(), past=False)


def test_an_entry_made_later_for_a_day_shows_in_it() -> None:
    day = FRIDAY + 50 * DAY
    with clock(FRIDAY):
        case = CaseFactory()
    with clock(NOW):
        standing = DueItem.objects.stood_on(day).filter(kind="checkin")
        late = standing.filter(due_on__lt=day).count()
        assert late > 0
        assert state(case, day) == "active"
        seen(case, day - DAY)
        assert standing.filter(due_on__lt=day).count() == 0
        report_leave(
            case=case, by=UserFactory(), starts_on=day, until_on=day + DAY, destination="海口"
        )
        assert state(case, day) == "on_leave"
        assert state(case, day + 2 * DAY) == "active"
        assert not DueItem.objects.stood_on(day).filter(due_on__lt=day).exists()
        suspend_case(case=case, by=UserFactory(), starts_on=day + 5 * DAY, reason="detained")
        assert state(case, day + 5 * DAY) == "suspended"
        assert not DueItem.objects.stood_on(day + 6 * DAY).filter(due_on__lt=day).exists()
