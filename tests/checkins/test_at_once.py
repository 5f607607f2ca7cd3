"""Two at once: threads with their own connections, as two tabs and two phones have."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection

from apps.checkins.answers import CheckInResult
from apps.checkins.models import CheckIn
from apps.checkins.services import undo_checkin
from apps.core.differing import Differs
from apps.needs.models import Need
from apps.needs.raised import RaisedNeed
from apps.schedule.models import DueItem
from apps.schedule.services import replan
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.schedule import outcomes_of, seen

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("only_checkins"),
]
NOW = date(2024, 6, 3)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment:
        yield moment


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


def test_the_same_tap_from_eight_threads_is_one_row() -> None:
    case, by, tap = CaseFactory(), UserFactory(), uuid4()
    item = DueItem.objects.filter(case=case).latest("opens_on")
    results: list[CheckInResult] = at_once(
        *[lambda: seen(case, NOW, by=by, client_uuid=tap, due_item=item)] * 8
    )
    assert [result.created for result in results].count(True) == 1
    assert len({result.checkin.pk for result in results}) == 1
    assert CheckIn.objects.count() == 1


def test_taps_of_different_tabs_for_one_window_are_one_row() -> None:
    case, by = CaseFactory(), UserFactory()
    item = DueItem.objects.filter(case=case).earliest("opens_on")
    results = at_once(*[lambda: seen(case, NOW, by=by, due_item=item)] * 4)
    assert [result.created for result in results].count(True) == 1
    assert CheckIn.objects.count() == 1


def test_an_undo_and_a_twin_of_its_tap_leave_nothing() -> None:
    case, by, tap = CaseFactory(), UserFactory(), uuid4()
    item = DueItem.objects.filter(case=case).earliest("opens_on")
    first = seen(case, NOW, by=by, client_uuid=tap, due_item=item)
    at_once(
        lambda: undo_checkin(checkin=first.checkin, by=by),
        lambda: seen(case, NOW, by=by, client_uuid=tap, due_item=item),
    )
    assert CheckIn.objects.valid().count() == 0
    assert set(outcomes_of(case, 8)) == {"open"}


def test_a_tap_while_the_windows_are_laid_out_anew() -> None:
    case, by = CaseFactory(), UserFactory()
    item = DueItem.objects.filter(case=case).earliest("opens_on")
    at_once(
        lambda: replan([case.pk]),
        lambda: seen(case, NOW, by=by, due_item=item),
        lambda: replan([case.pk]),
    )
    assert outcomes_of(case, 7) == ["missed"] * 6 + ["done"]


def test_two_colleagues_at_once_lose_no_word_and_no_need() -> None:
    """One is stored; the other reads both, and sends it once more as a further contact."""
    case = CaseFactory()
    item = DueItem.objects.filter(case=case).earliest("opens_on")
    users = [UserFactory(), UserFactory()]

    def log(who: int, item: DueItem | None) -> str:
        said = {
            "note": f"第{who}位的话",
            "mood": 2,
            "needs": [RaisedNeed("work", "normal", "person", words=f"需要{who}")],
        }
        try:
            seen(case, NOW, by=users[who], due_item=item, whole=True, **said)
        except Differs as conflict:
            return str(conflict)
        return ""

    told = at_once(lambda: log(0, item), lambda: log(1, item))
    lost = 0 if told[0] else 1
    assert [bool(words) for words in told].count(True) == 1
    assert f"第{lost}位的话" in told[lost]
    assert f"需要{lost}" in told[lost]
    assert f"第{1 - lost}位的话" in told[lost]
    assert Need.objects.count() == 1
    assert log(lost, None) == ""
    assert {row.note for row in CheckIn.objects.all()} == {"第0位的话", "第1位的话"}
    assert {row.words for row in Need.objects.all()} == {"需要0", "需要1"}


def test_sixty_four_equal_posts_make_one_row() -> None:
    case, by, tap = CaseFactory(), UserFactory(), uuid4()
    said = {"note": "已到村委会", "needs": [RaisedNeed("work", "normal", "person")], "whole": True}
    results = at_once(*[lambda: seen(case, NOW, by=by, client_uuid=tap, **said)] * 64)
    assert [result.created for result in results].count(True) == 1
    assert (CheckIn.objects.count(), Need.objects.count()) == (1, 1)
