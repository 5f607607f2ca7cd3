"""Occupational screenings are sums of nobody: on no register and in no figure of persons."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.drugtests.models import DrugTest, OccupationalScreening
from apps.drugtests.occupational import sums_by_year
from apps.imports.services import import_ledger
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import area
from tests.imports.sheets import write_xlsx

pytestmark = pytest.mark.django_db

FILE = Path(__file__).parents[1] / "data/ledgers/06-driver-hair-screening-2024-qionghai.xlsx"
HEADER = ["检测日期", "行业", "检测人数", "阳性人数", "备注"]


def bring_in(path: Path, **options: Any) -> Report:
    options = {"by": User.objects.system(), "area": area("469002")} | options
    return import_ledger(ledger=ledgers()["occupational"], path=path, **options)


def of_lines(tmp_path: Path, *rows: list[Any], header: list[str] = HEADER) -> Report:
    return bring_in(write_xlsx(tmp_path / "sums.xlsx", [header, *rows]))


def numbers(report: Report) -> tuple[int, ...]:
    return (report.new, report.changed, report.unchanged, report.duplicates, report.rejected)


def test_the_list_of_drivers_is_1192_tested_and_nobody_on_the_register():
    assert numbers(bring_in(FILE)) == (8, 0, 0, 0, 0)
    assert sums_by_year(OccupationalScreening.objects.all()) == [
        {"year": 2024, "sum_tested": 1192, "sum_positive": 0}
    ]
    assert not Person.objects.exists()
    assert not DrugTest.objects.exists()
    assert numbers(bring_in(FILE)) == (0, 0, 8, 0, 0)
    row = OccupationalScreening.objects.order_by("first_on").first()
    assert (row.county.code, row.town, row.occupation) == ("469002", None, "road")
    assert (row.source, row.occupation_words) == ("ledger", "道路运输")


def test_years_are_never_added_up(tmp_path):
    of_lines(
        tmp_path, ["2023-05-01", "水运", 20, 1, ""], ["2024-04-22", "水运", "3 0人", 0, "码头"],
        ["2024-04-23", "公交", 5, 0, ""],
    )  # fmt: skip
    assert sums_by_year(OccupationalScreening.objects.all()) == [
        {"year": 2024, "sum_tested": 35, "sum_positive": 0},
        {"year": 2023, "sum_tested": 20, "sum_positive": 1},
    ]


def test_wrong_lines_are_named_and_names_of_people_are_not_read(tmp_path):
    report = of_lines(
        tmp_path,
        ["2024-04-22", "道路运输", 10, 0, "", "陈海生"],
        ["2024-04-23", "道路运输", 10, 11, "", ""],
        ["2024-04-24", "魔术", 10, 0, "", ""],
        ["2024-04-25", "道路运输", "许多", 0, "", ""],
        ["2024-06-04", "道路运输", 10, 0, "", ""],
        ["2024-04-26", "道路运输", "", 0, "", ""],
        header=[*HEADER, "姓名"],
    )
    assert numbers(report) == (1, 0, 0, 0, 5)
    assert report.ignored == ["姓名"]
    assert [(fault.row, fault.column) for fault in report.errors] == [
        (3, "阳性人数"), (4, "行业"), (5, "检测人数"), (6, "检测日期"), (7, "检测人数"),
    ]  # fmt: skip


def test_other_numbers_of_the_same_are_refused_and_a_remark_may_come_later(tmp_path):
    of_lines(tmp_path, ["2024-04-22", "道路运输", 10, 0, ""])
    assert numbers(of_lines(tmp_path, ["2024-04-22", "道路运输", 10, 0, "夜间"])) == (0, 1, 0, 0, 0)
    report = of_lines(tmp_path, ["2024-04-22", "道路运输", 12, 1, ""])
    assert numbers(report) == (0, 0, 0, 0, 1)
    assert "10 tested, 0 positive" in report.errors[0].reason
    assert OccupationalScreening.objects.get().words == "夜间"


def test_sums_need_a_county(tmp_path):
    for place in (None, area("46")):
        with pytest.raises(Refused, match="which county"):
            bring_in(FILE, area=place)


def test_the_database_keeps_the_numbers_in_order():
    facts = {"county": area("469002"), "occupation": "road", "source": "ledger",
             "recorded_by": User.objects.system()}  # fmt: skip
    day = date(2024, 4, 22)
    wrong = [
        {"first_on": day, "last_on": day, "tested": 1, "positive": 2},
        {"first_on": day, "last_on": date(2024, 4, 21), "tested": 2, "positive": 1},
    ]
    for one in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            OccupationalScreening.objects.create(**facts, **one)
    right = {"first_on": day, "last_on": day, "tested": 2, "positive": 1}
    OccupationalScreening.objects.create(**facts, **right)
    with pytest.raises(IntegrityError), transaction.atomic():
        OccupationalScreening.objects.create(**facts, **right)


def test_the_page_shows_the_sums_to_who_supervises_the_county(client):
    bring_in(FILE)
    client.force_login(UserFactory(county_supervisor=True))
    html = client.get(reverse("drugtests:occupational"), secure=True).content.decode()
    assert "1,192" in html or "1192" in html
    client.force_login(UserFactory(county_supervisor=True, area=area("469005")))
    page = client.get(reverse("drugtests:occupational"), secure=True)
    assert page.context["page"].total == 0
    assert page.context["years"] == []
