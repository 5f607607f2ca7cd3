"""What laying out windows touches: the kinds, the days and the rules that were asked for."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.cases.models import Case
from apps.schedule.models import DueItem, PlanRule
from apps.schedule.querysets import next_on
from apps.schedule.rules import Every
from apps.schedule.services import finish_laying_out, replan, set_plan
from tests.factories.areas import JIAJI, area
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db
NOW, DAY = date(2024, 6, 3), timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def case() -> Case:
    made: Case = CaseFactory()
    return made


def plan(every: str, **facts: Any) -> PlanRule:
    facts = {"kind": "checkin", "area": area(JIAJI), "from_day": date(2024, 3, 1)} | facts
    return set_plan(by=User.objects.system(), every=Every.parse(every), **facts)


def test_windows_go_to_the_first_that_opens_after_sixty_days(case: Case) -> None:
    plan("1d")
    replan([case.pk])
    last = DueItem.objects.filter(case=case, kind="checkin").order_by("opens_on").last()
    assert last is not None
    assert last.opens_on == NOW + 61 * DAY


def test_only_the_kinds_and_the_days_asked_for_are_laid_out(case: Case) -> None:
    DueItem.objects.all().delete()
    done = replan([case.pk], kinds=["checkin"], from_day=date(2024, 5, 10))
    rows = DueItem.objects.order_by("due_on")
    assert set(rows.values_list("kind", flat=True)) == {"checkin"}
    # Two weeks each from 1 March: the sixth ends on 23 May, the one before it on 9 May.
    assert rows.first().due_on == date(2024, 5, 23)  # type: ignore[union-attr]
    assert (done.cases, done.removed, done.written) == (1, 0, rows.count())
    told: list[int] = []
    again = replan([case.pk], progress=told.append)
    assert told == [1]
    assert again.written == DueItem.objects.count() - done.written > 0


def test_a_rule_without_words_asks_for_a_sign_in_every_week() -> None:
    rule = plan("1w")
    assert (rule.quiet_days, rule.recorded_elsewhere, rule.laid_out_to) == (7, False, None)


def test_the_night_goes_on_with_what_was_begun_alone(case: Case) -> None:
    done, begun = plan("1w"), plan("2w", kind="talk", in_pieces=True)
    assert (done.is_being_laid_out, begun.is_being_laid_out) == (False, True)
    assert [finish_laying_out() for _night in range(2)] == [1, 0]
    assert DueItem.objects.filter(case=case, rule=begun).exists()
    assert not DueItem.objects.filter(case=case, rule=done).exists()


@pytest.mark.parametrize(("retry", "found"), [(None, 0), (-1, 0), (0, 0), (1, 1), (9, 9)])
def test_after_a_try_the_day_agreed_on_is_the_next_one(
    case: Case, retry: int | None, found: int
) -> None:
    row = DueItem.objects.filter(case=case).earliest("due_on")
    agreed = None if retry is None else NOW + retry * DAY
    rows = DueItem.objects.filter(pk=row.pk)
    rows.update(retry_on=agreed, due_on=NOW)
    assert rows.annotate(next=next_on(NOW)).get().next == NOW + found * DAY
