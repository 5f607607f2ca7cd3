"""Which windows are asked about on a day: of each some that are and some that are not."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from apps.cases.models import Case
from apps.cases.services import report_leave, resume_case, suspend_case
from apps.schedule.models import DueItem
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.schedule import looked_at

pytestmark = pytest.mark.django_db
NOW, DAY = date(2024, 6, 3), timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def case() -> Case:
    return looked_at(CaseFactory())


def answers(case: Case, opens: int, due: int, day: date = NOW, **facts: Any) -> str:
    """Letters of the questions that find a window of these days, counted from the day."""
    row = DueItem.objects.filter(case=case, kind="checkin").earliest("opens_on")
    # No other window may lie on these days.
    DueItem.objects.filter(case=case, kind="checkin").exclude(pk=row.pk).delete()
    rows = DueItem.objects.filter(pk=row.pk)
    rows.update(**{"opens_on": day + opens * DAY, "due_on": day + due * DAY, "outcome": "open"}
                | facts)  # fmt: skip
    asked = {
        "a": rows.asked_on(day), "s": rows.standing_on(day), "o": rows.overdue_on(day),
        "e": rows.elsewhere_on(day), "p": rows.stood_on(day),
    }  # fmt: skip
    return "".join(letter for letter, found in asked.items() if found.exists())


@pytest.mark.parametrize(
    ("opens", "due", "facts", "found"),
    [
        (-3, 3, {}, "asp"),
        (0, 3, {}, "asp"),
        (1, 3, {}, "a"),
        (-3, 0, {}, "asp"),
        (-9, -1, {}, "asop"),
        (-3, 3, {"carried_over": True}, ""),
        (-3, 3, {"recorded_elsewhere": True}, "e"),
        (-3, 0, {"recorded_elsewhere": True}, "e"),
        (-9, -1, {"recorded_elsewhere": True}, ""),
        (0, 3, {"recorded_elsewhere": True}, "e"),
        (1, 3, {"recorded_elsewhere": True}, ""),
        (-3, 3, {"recorded_elsewhere": True, "carried_over": True}, ""),
        (-9, -1, {"outcome": "missed"}, "p"),
        (-9, -1, {"outcome": "excused"}, ""),
    ],
)
def test_a_window_is_asked_about_from_its_first_day_until_it_is_done(
    case: Case, opens: int, due: int, facts: dict[str, Any], found: str
) -> None:
    assert answers(case, opens, due, **facts) == found


AWAY = [
    (-2, 2, 1, ""),
    (-2, 2, 2, ""),
    (-2, 2, 3, "asp"),
    (-2, 0, -3, ""),
    (-5, -1, -6, "asop"),
    (-5, -1, -5, ""),
    (1, 2, -1, "asop"),
    (0, 2, -1, ""),
    (1, 2, 0, "asp"),
    (1, 2, 1, ""),
]


@pytest.mark.parametrize(
    ("held", "first", "last", "due", "found"),
    # Nobody is held from tomorrow on.
    [(held, *row) for row in AWAY for held in (False, True) if row[0] <= 0 or not held],
)
def test_nobody_is_asked_about_who_is_away_or_held(
    *, case: Case, held: bool, first: int, last: int, due: int, found: str
) -> None:
    """What falls on those days asks for nothing; what was late before rests until the last."""
    boss, span = UserFactory(town_supervisor=True), (NOW + first * DAY, NOW + last * DAY)
    if not held:
        report_leave(
            case=case, by=boss, starts_on=span[0], until_on=span[1], destination="三亚",
            reported_in_writing_on=NOW + min(first, 0) * DAY,
        )  # fmt: skip
    else:
        made = suspend_case(case=case, by=boss, starts_on=span[0], reason="detained")
        if last < 0:
            resume_case(suspension=made, by=boss, on=span[1] + DAY)
    if held and last >= 0 and due > last:
        found = ""  # until somebody says when it ended
    assert answers(case, -9, due) == found


@pytest.mark.parametrize(
    ("signed", "due", "found"), [(0, -1, ""), (0, 0, "asp"), (-1, -1, "asop"), (-9, 3, "asp")]
)
def test_a_window_binds_from_the_agreement(signed: int, due: int, found: str) -> None:
    case = looked_at(CaseFactory(agreement_on=NOW + signed * DAY))
    assert answers(case, -9, due) == found


@pytest.mark.parametrize(
    ("after", "due", "found"),
    [(-1, 0, "asp"), (-1, 1, "asp"), (-1, 2, ""), (0, 0, "asp"), (0, 1, ""), (0, -1, "asop"),
     (1, 0, ""), (1, -1, "")],
)  # fmt: skip
def test_a_window_binds_to_the_last_day_of_the_order(
    case: Case, clock: Any, after: int, due: int, found: str
) -> None:
    assert case.duties_end_on is not None
    day = case.duties_end_on + after * DAY
    clock.move_to(f"{day}T10:00:00+08:00")
    assert answers(case, -9, due, day) == found
