"""An office's own ledgers come in as they are, and the month's rate follows from them.

All of it happens on one day of 2024: a plan of daily check-ins has windows up to today, so on the
day of the run the same test would be longer by 420 windows with each day that passes. A second
import takes the first of the check-ins; `make soak` takes all of them.
"""

from datetime import date
from io import StringIO
from typing import Any, NamedTuple

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import translation

from apps.accounts.models import User
from apps.areas.models import Area
from apps.assessments.models import RoundTarget
from apps.assessments.services import open_round
from apps.assessments.views.rounds import coverage
from apps.assistance.figures import by_kind
from apps.assistance.models import Assistance
from apps.assistance.views.lists import amount_words
from apps.cases.models import Case, RiskLevelRecord
from apps.checkins.models import CheckIn
from apps.core.days import today
from apps.core.money import yuan
from apps.drugtests.models import DrugTest, OccupationalScreening
from apps.drugtests.occupational import sums_by_year
from apps.employment.models import Placement
from apps.followups.models import FollowUpRound, FollowUpTarget
from apps.followups.shown import coverage_words
from apps.needs.models import Need
from apps.periodic.shown import frozen_table
from apps.persons.figures import Period
from apps.persons.models import Person
from apps.reports.indicators import INDICATORS
from apps.schedule.due_lines import heads_on
from apps.schedule.models import DueItem
from tests.factories.accounts import UserFactory
from tests.factories.periodic import frozen
from tests.imports.qionghai import (
    ASSESSMENTS,
    CHECKINS,
    DRIVERS,
    EXPECTED,
    FOLLOWUPS,
    HEAD,
    HELP,
    PERSONS,
    PLACE,
    REPORTED,
    SOAK,
    TESTS,
    TRAINING,
    USERS,
    WORK,
    bring_in,
    counts,
    figures,
    head_of,
    sums,
)

# Soon after the last day that anything is asked of.
DAY = "2024-06-10T09:00:00+08:00"

pytestmark = pytest.mark.django_db


class Reports(NamedTuple):
    """What each import said, by the kind of ledger: first of the whole, then once more."""

    first: dict[str, dict[str, Any]]
    second: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def qionghai(django_db_setup, django_db_blocker, tmp_path_factory):
    """The ledgers, each brought in twice, for all tests of this module, and the day of it."""
    tmp = tmp_path_factory.mktemp("reports")
    with (
        time_machine.travel(DAY),
        django_db_blocker.unblock(),
        translation.override("en"),
        transaction.atomic(),
    ):
        call_command("load_areas", verbosity=0, stdout=StringIO())
        call_command(
            "set_plan", "checkins", "--area=469002", "--every=1d", "--from=2024-01-01",
            "--recorded-elsewhere", stdout=StringIO(), verbosity=0,
        )  # fmt: skip
        ledgers = {"users": USERS, "persons": PERSONS, "checkins": CHECKINS,
                   "drugtests": TESTS, "assistance": HELP, "occupational": DRIVERS,
                   "followups": FOLLOWUPS, "employment": WORK, "training": TRAINING}  # fmt: skip
        first = {
            kind: bring_in(kind, file, tmp, **PLACE.get(kind, {})) for kind, file in ledgers.items()
        }
        stored = sums()
        ledgers["checkins"] = head_of(CHECKINS, tmp)
        second = {
            kind: bring_in(kind, file, tmp, **PLACE.get(kind, {})) for kind, file in ledgers.items()
        }
        assert sums() == stored
        # Else the checks of half a million foreign keys would be repeated for every test.
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield Reports(first, second)
        transaction.set_rollback(True)


def test_persons_come_in_and_each_wrong_line_is_named(qionghai):
    report = qionghai.first["persons"]
    expected = {name: EXPECTED["persons"].get(name, 0) for name in counts(report)}
    assert counts(report) == expected
    assert [(fault["row"], fault["column"], fault["reason"]) for fault in report["errors"]] == [
        (1304, "身份证号码", "The check digit is wrong: one of the characters was mistyped."),
        (1305, "身份证号码", "The date of birth in the number does not exist."),
        (1305, "身份证号码", "The check digit is wrong: one of the characters was mistyped."),
        (1306, "姓名", "This field is required."),
        (1307, "性别", "The sex contradicts the number's 17th digit."),
        (1308, "管控类型", "The word “临时看看” is not known here."),
        (1309, "报到日期", "The report lies before the decision."),
    ]
    assert Person.objects.count() == 1300


def test_missing_facts_are_gaps_and_reject_nobody(qionghai):
    gaps = {gap["gap"]: gap["count"] for gap in qionghai.first["persons"]["gaps"]}
    assert gaps == {
        "no_worker": 420,
        "no_receipt": 420,
        "no_plan": 420,
        "no_team": 420,
        "paper_deviates": EXPECTED["papers_that_deviate"],
    }


def test_every_person_has_a_village_an_own_number_and_a_status_or_an_order(qionghai):
    assert not Person.objects.filter(village=None).exists()
    assert not Person.objects.filter(brought_in_on=None).exists()
    with_order = Case.objects.values("person_id")
    assert Person.objects.filter(pk__in=with_order, life_status="").count() == 420
    assert Person.objects.filter(life_status="follow_up").count() == 620
    assert Person.objects.filter(life_status="clean").count() == 260
    assert Person.objects.filter(on_allowance=None).count() == 0


def test_a_risk_level_of_a_ledger_is_no_assessment(qionghai):
    assert set(RiskLevelRecord.objects.order_by().values_list("source", "decided_by")) == {
        ("ledger", None)
    }
    assert RiskLevelRecord.objects.count() == 1300


def test_checkins_come_in_with_their_words_and_without_a_mood(qionghai):
    report = qionghai.first["checkins"]
    month = EXPECTED["checkins_2024_04"]
    assert counts(report) == {"changed": 0, "unchanged": 0, "held": 0} | {
        name: month[name] for name in ("rows", "new", "duplicates", "rejected")
    }
    assert [(fault["column"], fault["reason"]) for fault in report["errors"]] == [
        ("身份证号", "No person of this number is on the register here."),
        ("签到时间", "“2024-04-31 09:00:00” is no day of the calendar."),
        ("签到时间", "The time lies in the future."),
    ]
    assert not CheckIn.objects.exclude(mood=None).exists()
    assert "情绪低落" in {row.state_words for row in CheckIn.objects.order_by("pk")[:30]}


def test_who_asked_for_help_has_one_open_need(qionghai):
    asked = EXPECTED["persons_asking_for_help"]
    assert Need.objects.filter(closed_on=None).count() == asked
    assert Need.objects.values("person").distinct().count() == asked
    assert Need.objects.order_by("pk").first().words == "需要帮助"


def test_staff_come_in_without_passwords(qionghai):
    assert counts(qionghai.first["users"])["new"] == EXPECTED["users"]["new"]
    staff = User.objects.exclude(role="built_in")
    assert staff.count() == 28
    assert not any(user.has_usable_password() for user in staff)
    assert staff.get(username="w100").area.name == "嘉积镇"


def test_the_rate_of_the_month_is_the_newspapers(qionghai):
    month = EXPECTED["checkins_2024_04"]
    found = figures("--from=2024-04-01", "--to=2024-04-30")
    assert found["checkin_rate"] == {
        "numerator": month["new"],
        "denominator": month["due"],
        "value": 92.4,
        "text": "92.4 %",
        "unit": "%",
    }
    assert found["needs_open"]["numerator"] == 219
    assert found["persons"]["numerator"] == 1300


def test_a_month_without_records_says_so_and_never_0(qionghai):
    rate = figures("--from=2024-03-01", "--to=2024-03-31")["checkin_rate"]
    assert (rate["numerator"], rate["denominator"], rate["value"]) == (0, 0, None)
    assert rate["text"] == "暂无数据"
    quarter = figures("--from=2024-03-01", "--to=2024-05-31")["checkin_rate"]
    assert (quarter["numerator"], quarter["denominator"]) == (11642, 12600)


@pytest.mark.parametrize("day", list(EXPECTED["orders_in_force"]))
def test_orders_are_in_force_as_at_a_past_day(qionghai, day):
    found = figures("--from=2024-04-01", "--to=2024-05-31", f"--as-at={day}")
    assert found["cases_in_force"]["numerator"] == EXPECTED["orders_in_force"][day]


def test_the_report_of_january_to_may_keeps_the_newspapers_figures(qionghai):
    """Frozen with the rows behind each: as many as the figure counts."""
    boss = UserFactory(county_supervisor=True)
    spring = frozen(by=boss, every="any", first=date(2024, 1, 1), last=date(2024, 5, 31))
    april = frozen(by=boss, first=date(2024, 4, 1), last=date(2024, 4, 30))
    found = frozen_table(spring, exact=True).found.total
    told = {code: figure.text for code, figure in found.items()}
    assert {name: told[name] for name in REPORTED} == REPORTED
    assert frozen_table(april, exact=True).found.total["checkin_rate"].text == "92.4 %"
    for row, code in ((spring, "persons"), (spring, "cases_in_force"), (spring, "tests_done")):
        keys = row.figures.filter(code=code).values_list("rows", flat=True)
        assert sum(map(len, keys)) == frozen_table(row, exact=True).found.total[code].numerator


def test_the_figures_of_the_towns_add_up(qionghai):
    towns = Area.objects.filter(level="town", code__startswith="469002")
    period = (date(2024, 4, 1), date(2024, 4, 30), date(2024, 4, 30))
    for code, whole in (("checkin_rate", 11642), ("persons", 1300), ("cases_in_force", 420)):
        parts = [INDICATORS[code].measure(Period(town, *period)).numerator for town in towns]
        assert sum(parts) == whole


def test_a_second_import_changes_nothing(qionghai):
    assert counts(qionghai.second["persons"]) == counts(qionghai.first["persons"]) | {
        "new": 0,
        "unchanged": 1300,
    }
    first, again = (counts(said["checkins"]) for said in qionghai)
    rows = first["rows"] if SOAK else HEAD
    assert (again["rows"], again["new"], again["changed"]) == (rows, 0, 0)
    assert again["unchanged"] == rows - again["rejected"] - again["duplicates"]
    assert again["unchanged"] > rows * 0.9
    assert counts(qionghai.second["users"])["unchanged"] == 28
    assert qionghai.second["persons"]["gaps"] == qionghai.first["persons"]["gaps"]


def test_tests_come_in_and_none_is_confirmed(qionghai):
    expected = EXPECTED["hair_tests"]
    report = qionghai.first["drugtests"]
    assert counts(report) == {
        "rows": 1224, "new": expected["new"], "changed": 0, "unchanged": 0, "duplicates": 0,
        "rejected": expected["rejected"], "held": 0,
    }  # fmt: skip
    assert [fault["column"] for fault in report["errors"]] == ["身份证号码", "样本类型"]
    assert report["ignored"] == ["序号"]
    assert [(gap["gap"], gap["count"]) for gap in report["gaps"]] == [("no_order", 824)]
    assert counts(qionghai.second["drugtests"])["unchanged"] == expected["new"]
    # 823 outside any term; one more between a report and its agreement, three days later.
    outside = DrugTest.objects.filter(case=None)
    begun = Case.objects.filter(person=OuterRef("person"), reported_on__lte=OuterRef("day"))
    assert outside.count() == 824
    assert outside.exclude(Exists(begun)).count() == 823
    assert DrugTest.objects.filter(person__life_status="clean").count() == 241
    assert not DrugTest.objects.exclude(source="ledger", sample="hair").exists()
    found = figures("--from=2024-02-01", "--to=2024-06-09")
    numbers = {code: found[code]["numerator"] for code in found}
    assert numbers["tests_done"] == numbers["persons_tested"] == expected["new"]
    assert numbers["positive_screened"] == expected["positive_screenings"]
    assert numbers["positive_confirmed"] == numbers["tests_refused"] == 0


def test_help_comes_in_and_the_sums_are_the_newspapers(qionghai):
    expected, report = EXPECTED["assistance"], qionghai.first["assistance"]
    assert counts(report) == {
        "rows": 142, "new": expected["new"], "changed": 0, "unchanged": 0, "duplicates": 0,
        "rejected": expected["rejected"], "held": 0,
    }  # fmt: skip
    assert [(fault["column"], fault["reason"]) for fault in report["errors"]] == [
        ("金额(元)", "“-500”: an amount is above 0."), ("金额(元)", "“约三千” is no amount."),
    ]  # fmt: skip
    assert [(gap["gap"], gap["count"]) for gap in report["gaps"]] == [("no_amount", 119)]
    again = counts(qionghai.second["assistance"])
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, expected["new"])
    year = Period(Area.objects.get(code="469002"), date(2024, 1, 1), today(), today())
    found = {
        row["kind"]: (row["persons"], row["times"], row["fen"], row["unknown"])
        for row in by_kind(year)
    }
    assert found == {
        "living": (119, 119, 0, 119), "relief": (13, 13, 51_060_00, 0),
        "unemployed": (8, 8, 57_130_00, 0),
    }  # fmt: skip
    assert (yuan(round(51_060_00 / 13)), yuan(round(57_130_00 / 8))) == ("3,927.69", "7,141.25")
    page = figures("--from=2024-01-01", "--to=2024-06-09")
    assert page["assistance_persons"]["numerator"] == 140
    assert page["assistance_yuan"]["text"] == "108,190.00"
    assert not Assistance.objects.exclude(look_on=None).exists()
    assert amount_words(None, 119) == "未登记（119）"


def test_followups_come_in_and_the_rate_is_rounded_not_cut(qionghai):
    expected = EXPECTED["follow_ups"]
    assert counts(qionghai.first["followups"])["new"] == expected["total"]
    assert counts(qionghai.second["followups"])["unchanged"] == expected["total"]
    found = FollowUpRound.objects.get()
    parts = FollowUpTarget.objects.all().counted()[found.pk]
    assert parts["whole"] == expected["total"]
    assert {name: parts[name] for name in ("in_person", "phone", "not_reached")} == {
        name: expected[name] for name in ("in_person", "phone", "not_reached")
    }
    assert coverage_words(parts) == "167 / 177 · 94.4 %"
    rate = figures(f"--from={found.last}", f"--to={found.last}")["followup_rate"]
    assert (rate["numerator"], rate["denominator"]) == (167, 177)
    assert figures("--from=2024-01-01", "--to=2024-02-01")["followup_rate"]["denominator"] == 0


def test_work_and_training_come_in_and_the_rate_is_rounded(qionghai):
    for kind in ("employment", "training"):
        assert counts(qionghai.first[kind])["new"] == EXPECTED[kind]["new"]
        assert counts(qionghai.second[kind])["unchanged"] == EXPECTED[kind]["new"]
    assert Placement.objects.exclude(ended_on=None).count() == EXPECTED["employment"]["ended"]
    rate = figures("--from=2021-01-01", "--to=2021-12-31")["certificates_rate"]
    assert (rate["numerator"], rate["denominator"], rate["text"]) == (848, 855, "99.2 %")


def test_drivers_are_sums_and_in_no_figure_of_persons(qionghai):
    expected = EXPECTED["driver_screening"]
    assert counts(qionghai.first["occupational"])["new"] == 8
    assert counts(qionghai.second["occupational"])["unchanged"] == 8
    assert sums_by_year(OccupationalScreening.objects.all()) == [
        {"year": 2024, "sum_tested": expected["tested"], "sum_positive": expected["positive"]}
    ]
    assert Person.objects.count() == 1300
    april = figures("--from=2024-04-22", "--to=2024-04-29")["persons_tested"]["numerator"]
    assert april == DrugTest.objects.filter(day__range=("2024-04-22", "2024-04-29")).count()


def test_assessments_come_in_and_the_round_of_29_days_is_complete(qionghai, tmp_path):
    expected = EXPECTED["assessments"]
    report = bring_in("assessments", ASSESSMENTS, tmp_path)
    assert (report["new"], report["rejected"]) == (expected["new"], 0)
    assert report["gaps"][0]["gap"] == "not_told"
    first, last = date(2024, 2, 23), date(2024, 3, 22)
    county = Area.objects.get(code="469002")
    days = {"first": first, "last": last}
    held = open_round(area=county, title="第一轮", by=User.objects.system(), **days)
    assert held.days == expected["round_days"]
    assert coverage(RoundTarget.objects.filter(round=held)) == (420, 420)
    found = figures("--from=2024-03-01", "--to=2024-03-31", "--as-at=2024-04-30")["assessed"]
    assert (found["numerator"], found["denominator"], found["text"]) == (420, 420, "100 %")
    again = bring_in("assessments", ASSESSMENTS, tmp_path)
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 420)


def test_the_worker_of_a_town_can_begin_once_cases_are_assigned(qionghai):
    call_command("assign_cases", "--area=469002100", "--worker=w100", stdout=StringIO())
    worker = User.objects.get(username="w100")
    assert (
        Person.objects.visible_to(worker).count()
        == Case.objects.filter(town=worker.area)
        .open_on(today())
        .values("person")
        .distinct()
        .count()
    )
    asked = heads_on(DueItem.objects.visible_to(worker), today())
    assert asked
    assert {head.person_id for head in asked} <= set(
        Person.objects.visible_to(worker).values_list("pk", flat=True)
    )
