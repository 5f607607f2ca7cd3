"""set_plan, advance_schedule and what a plan changes at once."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.areas.services import merge_areas
from apps.cases.codes import LevelSource
from apps.cases.services import correct_case, set_risk_level
from apps.core.days import SHANGHAI
from apps.core.refusals import Refused
from apps.schedule.models import DueItem, PlanRule
from apps.schedule.services import replan
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WENCHANG, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory
from tests.factories.schedule import FRIDAY, plan, seen, windows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_checkins")]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment:
        yield moment


def set_plan(*args: str) -> None:
    call_command("set_plan", "checkins", *args)


def spans(case: Any) -> list[tuple[date, date]]:
    return [(item.opens_on, item.due_on) for item in windows_of(case)]


def test_a_plan_of_a_county_begins_on_its_day_and_ends_the_window_it_cuts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    case, other = CaseFactory(), CaseFactory(person=PersonFactory(area=area(WENCHANG)))
    before = spans(other)
    set_plan(
        "--area",
        QIONGHAI,
        "--every",
        "1w",
        "--from",
        "2024-04-01",
        "--basis",
        "琼禁毒办〔2024〕3号",
    )
    assert spans(case)[:3] == [
        (FRIDAY, date(2024, 3, 14)),
        (date(2024, 3, 15), date(2024, 3, 28)),
        (date(2024, 4, 1), date(2024, 4, 7)),
    ]
    assert spans(other) == before
    assert "windows written" in capsys.readouterr().out
    rule = PlanRule.objects.get(area__code=QIONGHAI)
    assert (rule.basis, rule.recorded_by.username) == ("琼禁毒办〔2024〕3号", "system")


def test_the_same_plan_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    CaseFactory()
    facts = ("--area", QIONGHAI, "--every", "1d", "--from", "2024-01-01", "--recorded-elsewhere")
    set_plan(*facts)
    set_plan(*facts)
    assert "0 windows written, 0 removed, 0 outcomes changed." in capsys.readouterr().out
    assert PlanRule.objects.filter(area__code=QIONGHAI).count() == 1
    assert DueItem.objects.filter(recorded_elsewhere=False).count() == 0


def test_a_later_plan_ends_the_one_before_it() -> None:
    area(QIONGHAI)
    set_plan("--area", QIONGHAI, "--every", "1d", "--from", "2024-01-01")
    set_plan(
        "--area", QIONGHAI, "--every", "1m", "--from", "2024-05-01", "--by", UserFactory().username
    )
    first, second = PlanRule.objects.filter(area__code=QIONGHAI).order_by("effective_from")
    assert (first.effective_to, second.effective_to) == (date(2024, 4, 30), None)
    set_plan("--area", QIONGHAI, "--every", "2w", "--from", "2024-09-01")
    rules = PlanRule.objects.filter(area__code=QIONGHAI).order_by("effective_from")
    ends = [date(2024, 4, 30), date(2024, 8, 31), None]
    assert [rule.effective_to for rule in rules] == ends, "what has ended stays as it was"


def test_a_plan_for_a_risk_level_and_a_measure_concerns_those() -> None:
    case = CaseFactory()
    set_plan("--every", "3d", "--from", "2024-05-01", "--risk-level", "low", "--measure", "SQKF")
    assert spans(case)[-1][1] - spans(case)[-1][0] == 13 * DAY


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--every", "1y", "--from", "2024-01-01"], "is no rhythm"),
        (["--every", "1d", "--from", "yesterday"], "is no date"),
        (["--every", "1d", "--from", "2024-01-01", "--area", "999999"], "no area with the code"),
        (["--every", "1d", "--from", "2024-01-01", "--by", "nobody"], "no account named nobody"),
        (["--every", "1d", "--from", "2024-01-01", "--quiet-days", "0"], "Between 1 and 365"),
    ],
)
def test_what_makes_no_sense_is_said(args: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        set_plan(*args)


def test_windows_advance_with_the_days_and_a_second_run_writes_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = CaseFactory()
    last = spans(case)[-1]
    assert last[0] > date(2024, 6, 3) + 60 * DAY
    with time_machine.travel("2024-06-20T01:00:00+08:00", tick=False):
        call_command("advance_schedule")
        assert spans(case)[-1][0] > last[0]
        call_command("advance_schedule")
    assert "0 windows written" in capsys.readouterr().out


def test_windows_follow_an_assessed_risk_level_at_once_and_a_ledgers_word_only_to_medium() -> None:
    case, by = CaseFactory(), UserFactory(county_supervisor=True)
    before = spans(case)
    set_risk_level(
        person=case.person, risk_level="high", source=LevelSource.LEDGER, by=by, on=FRIDAY
    )
    assert spans(case) == before
    on = date(2024, 6, 3)
    set_risk_level(
        person=case.person, risk_level="high", source="assessed", by=by, on=on, reason="多次未到场"
    )
    assert (on, on + 6 * DAY) in spans(case)
    assert (date(2024, 5, 24), date(2024, 6, 6)) not in spans(case)


def test_windows_follow_a_corrected_report_at_once() -> None:
    case = CaseFactory()
    seen(case, date(2024, 3, 20))
    correct_case(
        case=case,
        by=UserFactory(county_supervisor=True),
        reason="登记日期有误",
        reported_on=date(2024, 2, 28),
        agreement_on=date(2024, 2, 28),
    )
    assert spans(case)[0] == (date(2024, 2, 28), date(2024, 3, 12))
    assert [item.outcome for item in windows_of(case)[:2]] == ["missed", "done"]


def test_a_merged_town_follows_the_plan_of_its_successor() -> None:
    case = CaseFactory()
    old, new = area("469002100"), area("469002101")
    before = spans(case)[0]
    plan("3d", new)
    with time_machine.travel(datetime(2024, 5, 1, 9, tzinfo=SHANGHAI), tick=False):
        merge_areas(area=old, into=new, by=User.objects.system())
    assert spans(case)[0] == before
    assert (date(2024, 5, 1), date(2024, 5, 3)) in spans(case)


def test_from_a_day_on_leaves_older_windows_alone() -> None:
    case = CaseFactory()
    DueItem.objects.filter(case=case, due_on__lt=date(2024, 5, 1)).delete()
    replan([case.pk], from_day=date(2024, 5, 1))
    assert spans(case)[0][1] >= date(2024, 5, 1)
    told: list[int] = []
    replan([case.pk], progress=told.append)
    assert spans(case)[0][0] == FRIDAY
    assert told == [1]


def test_quiet_days_have_limits() -> None:
    with pytest.raises(Refused, match="365"):
        plan("1d", quiet_days=400)
