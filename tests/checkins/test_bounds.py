"""Which tap is the same tap again."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from apps.cases.models import Case
from apps.checkins.models import CheckIn
from apps.schedule.models import DueItem
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.schedule import seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_checkins")]
NOW, LATER = date(2024, 6, 3), date(2024, 6, 5)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False):
        yield


def tap(case: Case, **facts: Any) -> CheckIn:
    window = DueItem.objects.get(case=case, opens_on__lte=NOW, due_on__gte=NOW)
    facts = {"due_item": window, "by": UserFactory()} | facts
    return seen(case, NOW, **facts).checkin


def test_attempts_are_the_same_with_the_same_reason_and_next_day() -> None:
    case = CaseFactory()
    tried: dict[str, Any] = {"outcome": "not_done", "reason": "away", "next_on": LATER}
    first = tap(case, **tried)
    assert tap(case, **tried).pk == first.pk
    assert tap(case, **tried | {"next_on": date(2024, 6, 6)}).pk != first.pk
    assert CheckIn.objects.count() == 2


def test_what_was_done_of_another_person_is_no_twin() -> None:
    first, second = CaseFactory(), CaseFactory()
    done = tap(first)
    assert tap(first).pk == done.pk
    assert tap(second).pk != done.pk
    assert tap(second).person == second.person
    assert CheckIn.objects.count() == 2
