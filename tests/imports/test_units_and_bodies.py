"""Ledgers of areas and of organisations: new ones open, and nothing is renamed in silence."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from apps.accounts.models import User
from apps.areas.loading import HAINAN, bare_code, read_areas
from apps.areas.models import Area
from apps.imports.models import LedgerImport
from apps.imports.services import import_ledger
from apps.imports.services.receiving import ask_to_apply, mend_lines
from apps.imports.services.undoing import take_back
from apps.imports.services.working import work_on
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report
from apps.organisations.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.imports import received
from tests.imports.rows_of_all import every_row
from tests.imports.sheets import write_csv
from tests.refusing import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
AREAS = ["code", "name", "level", "parent_code"]
BODIES = ["单位名称", "单位类别", "联系电话", "所在乡镇"]


def bring_in(tmp_path: Path, kind: str, rows: list[list[Any]], **options: Any) -> Report:
    path = write_csv(tmp_path / f"{kind}.csv", rows)
    options = {"by": User.objects.system()} | options
    return import_ledger(ledger=ledgers()[kind], path=path, **options)


def counts(report: Report) -> tuple[int, ...]:
    return (report.new, report.changed, report.unchanged, report.held, report.rejected)


def test_a_province_goes_in_and_the_second_time_nothing_changes() -> None:
    names = {row.code: row.name for row in read_areas(HAINAN)}
    for unit in Area.objects.all():
        Area.objects.filter(pk=unit.pk).update(name=names[unit.code])
    system, known = User.objects.system(), Area.objects.count()
    tried = import_ledger(ledger=ledgers()["areas"], path=HAINAN, by=system, dry_run=True)
    assert Area.objects.count() == known
    first = import_ledger(ledger=ledgers()["areas"], path=HAINAN, by=system)
    assert counts(tried) == counts(first) == (3572 - known, 0, known, 0, 0)
    assert Area.objects.get(code="469002100").parent.code == "469002"
    assert Area.objects.get(code="4690").is_pseudo
    again = import_ledger(ledger=ledgers()["areas"], path=HAINAN, by=system)
    assert counts(again) == (0, 0, 3572, 0, 0)


def test_a_unit_of_another_name_waits_and_is_renamed_by_decision_alone(tmp_path: Path) -> None:
    area()
    rows = [AREAS, ["469002100", "新嘉积镇", "town", "469002"]]
    report = bring_in(tmp_path, "areas", rows)
    assert counts(report) == (0, 0, 0, 1, 0)
    (conflict,) = report.conflicts
    assert (conflict.here, conflict.file) == ("嘉积镇", "新嘉积镇")
    assert Area.objects.get(code="469002100").name == "嘉积镇"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["46900299", "某镇", "", ""], "A code has 2, 4, 6, 9 or 12 digits"),
        (["469002199", "", "town", ""], "required"),
        (["469002199", "某镇", "village", ""], "the level Town"),
        (["469002199", "某镇", "town", "469005"], "begins with the code"),
        (["469077100", "某镇", "town", ""], "neither here nor in the file"),
        (["469005199", "某镇", "town", ""], "outside the area of the import"),
        (["4690０2199", "某镇", "some", ""], "is not known here"),
    ],
)
def test_a_wrong_line_is_turned_away_with_its_reason(
    tmp_path: Path, line: list[str], words: str
) -> None:
    county = area(QIONGHAI)
    area("469005")
    report = bring_in(tmp_path, "areas", [AREAS, line], area=county)
    assert counts(report) == (0, 0, 0, 0, 1)
    assert words in report.errors[0].reason


@pytest.mark.parametrize(
    ("code", "level", "bare"),
    [("469002000000", "", "469002"), ("469002100000", "", "469002100"),
     ("460000", "province", "46"),
     ("469002100001", "village", "469002100001"), ("460400", "county", "460400"),
     ("460400", "city", "4604"), ("460400", "", "460400"), ("abc", "", "abc"), ("", "", "")],
)  # fmt: skip
def test_zeros_that_fill_a_code_up_are_no_part_of_it(code: str, level: str, bare: str) -> None:
    assert bare_code(code, level) == bare


def test_a_new_unit_lies_where_the_one_above_it_lies_today(tmp_path: Path) -> None:
    """Below a town that another county took over, whatever its code begins with."""
    town, county = area("469002100"), area(QIONGHAI)
    other = area("469005")
    Area.objects.filter(pk=town.pk).update(active=False, merged_into=area("469005100"),
                                           merged_on=date(2024, 1, 1))  # fmt: skip
    rows = [AREAS, ["469002100299", "某村", "village", "469002100"]]
    assert counts(bring_in(tmp_path, "areas", rows, area=county))[-1] == 1
    assert counts(bring_in(tmp_path, "areas", rows, area=other)) == (1, 0, 0, 0, 0)


def test_a_unit_that_is_no_more_stays_so(tmp_path: Path) -> None:
    area()
    Area.objects.filter(code="469002100").update(active=False)
    rows = [AREAS, ["469002100", "另一名", "", ""]]
    report = bring_in(tmp_path, "areas", rows)
    assert counts(report) == (0, 0, 1, 0, 0)
    assert [gap.gap for gap in report.gaps] == ["retired"]


def test_who_keeps_units_brings_them_in_and_nobody_else(tmp_path: Path) -> None:
    area()
    rows = [AREAS, ["469002199", "某镇", "town", "469002"]]
    with refused("Your account may not import this ledger."):
        bring_in(tmp_path, "areas", rows, by=UserFactory(records_admin=True))
    report = bring_in(tmp_path, "areas", rows, by=UserFactory(system_admin=True))
    assert counts(report) == (1, 0, 0, 0, 0)


def test_bodies_are_registered_once_and_a_change_shows_before_and_after(tmp_path: Path) -> None:
    county = area(QIONGHAI)
    area()
    first = [
        BODIES,
        ["嘉积卫生院", "卫生院", "0898-62822222", "嘉积镇"],
        ["某公司", "企业", "", "某地"],
    ]
    report = bring_in(tmp_path, "organisations", first, area=county)
    assert counts(report) == (2, 0, 0, 0, 0)
    assert [gap.gap for gap in report.gaps] == ["no_place"]
    row = Organisation.objects.get(name="嘉积卫生院")
    assert (row.kind, row.town.code, row.county.code) == ("clinic", "469002100", QIONGHAI)
    assert counts(bring_in(tmp_path, "organisations", first, area=county)) == (0, 0, 2, 0, 0)
    first[1][2] = "0898-62833333"
    changed = bring_in(tmp_path, "organisations", first, area=county)
    assert counts(changed) == (0, 1, 1, 0, 0)
    (change,) = changed.changes
    # A phone as everywhere: with stars.
    assert (change.before, change.after) == ("089******2222", "089******3333")


def test_a_body_of_an_unknown_kind_or_without_a_county_is_turned_away(tmp_path: Path) -> None:
    area()
    rows = [BODIES, ["某所", "奇怪", "", ""]]
    assert counts(bring_in(tmp_path, "organisations", rows, area=area(QIONGHAI)))[-1] == 1
    rows = [BODIES, ["某所", "司法所", "", ""]]
    assert counts(bring_in(tmp_path, "organisations", rows, area=area("46")))[-1] == 1


def test_a_closed_entry_stays_closed(tmp_path: Path) -> None:
    area()
    rows = [BODIES, ["某所", "司法所", "1", ""]]
    bring_in(tmp_path, "organisations", rows, area=area(QIONGHAI))
    Organisation.objects.update(active=False)
    rows[1][2] = "2"
    report = bring_in(tmp_path, "organisations", rows, area=area(QIONGHAI))
    assert counts(report) == (0, 0, 1, 0, 0)
    assert not Organisation.objects.get().active


def through_the_page(kind: str, rows: list[list[Any]], by: User, path: Path, **decided: str) -> Any:
    """As a page does it: read, tried, decided, applied."""
    content = write_csv(path / "page.csv", rows).read_bytes()
    one = received([], by=by, content=content, ledger=kind, area=area("46"))
    work_on(one)
    one = LedgerImport.objects.get(pk=one.pk)
    if decided:
        numbers = {line.number: decided["all"] for line in one.lines.filter(state="held")}
        mend_lines(ledger_import=one, by=by, cells={}, decisions=numbers)
        work_on(one)
    ask_to_apply(ledger_import=LedgerImport.objects.get(pk=one.pk), by=by)
    work_on(LedgerImport.objects.get(pk=one.pk))
    return LedgerImport.objects.get(pk=one.pk)


def test_a_list_of_units_is_taken_back_with_the_name_that_it_changed(tmp_path: Path) -> None:
    area()
    by = UserFactory(system_admin=True)
    before = every_row()
    rows = [AREAS, ["469002100", "新嘉积镇", "town", "469002"],
            ["469002199", "某镇", "town", "469002"],
            ["469002199001", "某村", "village", "469002199"]]  # fmt: skip
    one = through_the_page("areas", rows, by, tmp_path, all="take")
    assert (one.state, one.new, one.changed) == ("applied", 2, 1), one.refused_words
    assert Area.objects.get(code="469002100").name == "新嘉积镇"
    assert one.lines.get(state="changed").told["changes"][0]["after"] == "新嘉积镇"
    take_back(ledger_import=one, by=by, reason="The list was of another year")
    after = every_row()
    # The name that it had for a while stays among the former ones.
    Area.objects.filter(code="469002100").update(former_names=[])
    assert {t: after[t] ^ before[t] for t in before if t != "areas_area"} == {
        t: set() for t in before if t != "areas_area"
    }
    assert every_row()["areas_area"] == before["areas_area"]


def test_a_unit_in_which_something_stands_is_not_taken_back(tmp_path: Path) -> None:
    area()
    by = UserFactory(system_admin=True)
    one = through_the_page("areas", [AREAS, ["469002199", "某镇", "town", "469002"]], by, tmp_path)
    UserFactory(area=Area.objects.get(code="469002199"))
    with refused("It cannot be taken back as a whole"):
        take_back(ledger_import=one, by=by, reason="The list was of another year")
