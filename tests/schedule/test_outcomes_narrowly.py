"""What an act changes is found without weighing the windows that it cannot change."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, strategies as st

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.cases.models import Case
from apps.checkins.models import CheckIn
from apps.schedule.models import DueItem, Outcome, PlanRule
from apps.schedule.outcomes import UPDATE, _statement, differences, settle
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db
FIRST = date(2024, 4, 1)
DAYS = 60


@dataclass(frozen=True)
class Act:
    """Something that happens to the acts of a person, on a day counted from FIRST."""

    what: str
    day: int
    minute: int
    done: bool
    retry_in: int
    which: int


ACTS = st.builds(
    Act,
    what=st.sampled_from(["add", "add", "add", "withdraw", "move"]),
    day=st.integers(-5, DAYS),
    minute=st.integers(0, 1439),
    done=st.booleans(),
    retry_in=st.integers(0, 30),
    which=st.integers(0, 9),
)
# Days between two windows and length of a window: a leave of months or none, daily or monthly.
SPANS = st.lists(st.tuples(st.sampled_from([0, 0, 0, 3, 9]), st.integers(1, 12)), max_size=9)


@given(first=SPANS, second=SPANS, acts=st.lists(ACTS, max_size=9))
def holds(
    cases: tuple[Case, Case],
    by: User,
    first: list[tuple[int, int]],
    second: list[tuple[int, int]],
    acts: list[Act],
) -> None:
    CheckIn.objects.all().delete()
    DueItem.objects.all().delete()
    person = cases[0].person
    end = _lay_out(cases[0], FIRST, first)
    _lay_out(cases[1], end, second)
    for act in acts:
        settle([person.pk], since=_happens(act, cases[0], by))
        assert list(differences([person.pk])) == []


def test_settling_from_the_act_before_equals_settling_everything() -> None:
    case = CaseFactory()
    holds((case, CaseFactory(person=case.person, not_reported=True)), UserFactory())


def test_a_tap_of_somebody_who_signs_in_daily_weighs_few_windows() -> None:
    case, by = CaseFactory(), UserFactory()
    DueItem.objects.all().delete()
    _lay_out(case, FIRST, [(0, 1)] * 400)
    days = [FIRST + timedelta(days=n) for n in range(400)]
    CheckIn.objects.bulk_create([_checkin(case, by, at(day)) for day in days])
    assert _weighed(case, None) == (400, 400)
    assert _weighed(case, days[-1]) == (2, 2)


def test_whatever_the_planner_believes_windows_and_acts_are_not_compared_in_pairs() -> None:
    """Right after an import it may believe the tables empty, and join them loop in loop."""
    cases, by = [CaseFactory() for _n in range(9)], UserFactory()
    with transaction.atomic():  # an import that was tried first leaves empty pages
        _a_year_of(cases, by)
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE schedule_dueitem; ANALYZE checkins_checkin")
        _a_year_of(cases, by)
        cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
        explain = "EXPLAIN (ANALYZE, FORMAT JSON) " + _statement(UPDATE, "checkin")
        cursor.execute(explain, [None, [case.person_id for case in cases]])
        plan = cursor.fetchone()[0][0]["Plan"]
    assert DueItem.objects.filter(outcome=Outcome.DONE).count() == 9 * 365
    assert _compared_in_vain(plan) < 9 * 365  # in pairs they would be millions


def _a_year_of(cases: list[Case], by: User) -> None:
    """Daily windows, each with its act."""
    DueItem.objects.all().delete()
    days = [FIRST + timedelta(days=n) for n in range(365)]
    for case in cases:
        _lay_out(case, FIRST, [(0, 1)] * 365)
        CheckIn.objects.bulk_create([_checkin(case, by, at(day)) for day in days])


def _compared_in_vain(plan: dict[str, Any]) -> float:
    """Pairs of rows that joins have compared and dropped."""
    below = sum(_compared_in_vain(part) for part in plan.get("Plans", []))
    removed: float = plan.get("Rows Removed by Join Filter", 0) * plan["Actual Loops"]
    return below + removed


def _weighed(case: Case, since: date | None) -> tuple[int, ...]:
    """How many windows and acts the derivation looks at."""
    count = "SELECT (SELECT count(*) FROM items), (SELECT count(*) FROM acts)"
    with connection.cursor() as cursor:
        cursor.execute(_statement(count, "checkin"), [since, [case.person_id]])
        return tuple(cursor.fetchone())


def _lay_out(case: Case, day: date, spans: list[tuple[int, int]]) -> date:
    """Windows one after the other; the day after the last one."""
    rule = PlanRule.objects.order_by("pk").first()
    items = []
    for number, (gap, length) in enumerate(spans, 1):
        opens_on = day + timedelta(days=gap)
        day = opens_on + timedelta(days=length)
        items.append(
            DueItem(
                case=case,
                person=case.person,
                kind="checkin",
                opens_on=opens_on,
                due_on=day - timedelta(days=1),
                number=number,
                rule=rule,
                year_of_term=1,
                recorded_elsewhere=False,
                carried_over=number == 1,
                outcome=Outcome.OPEN,
                **place_ids(case),
            )
        )
    DueItem.objects.bulk_create(items)
    return day


def _happens(act: Act, case: Case, by: User) -> date:
    """Store it; the first day on which an act came or went."""
    moment = at(FIRST + timedelta(days=act.day), f"{act.minute // 60:02}:{act.minute % 60:02}")
    valid = list(CheckIn.objects.valid().order_by("pk"))
    if act.what == "add" or not valid:
        checkin = _checkin(case, by, moment)
        if not act.done:
            checkin.outcome, checkin.reason = "not_done", "away"
            checkin.next_on = moment.date() + timedelta(days=act.retry_in)
        checkin.save()
        return checkin.day
    checkin = valid[act.which % len(valid)]
    before = checkin.day
    if act.what == "withdraw":
        checkin.withdrawn_at, checkin.withdrawn_by = timezone.now(), by
    else:
        checkin.occurred_at, checkin.day = moment, moment.date()
        checkin.next_on = None if checkin.outcome == "done" else checkin.day
    checkin.save()
    return min(before, checkin.day)


def _checkin(case: Case, by: User, moment: datetime) -> CheckIn:
    return CheckIn(
        person=case.person,
        case=case,
        method="phone",
        outcome="done",
        occurred_at=moment,
        day=moment.date(),
        recorded_at=moment,
        recorded_by=by,
        **place_ids(case),
    )
