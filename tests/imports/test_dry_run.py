"""A dry run says what applying does, writes nothing, and holds nobody up."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from apps.accounts.models import User
from apps.imports.codes import ImportState
from apps.imports.models import LedgerImport
from apps.imports.services import import_ledger, reading, working
from apps.imports.services.receiving import ask_to_apply, cancel_work
from apps.imports.services.working import work_on
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import area
from tests.factories.imports import received
from tests.factories.persons import resident_number
from tests.imports.rows_of_all import every_row, windows
from tests.imports.sheets import Rows, write_csv

HEADER = [
    "姓名",
    "身份证号码",
    "管控类型",
    "决定书文号",
    "决定日期",
    "报到日期",
    "风险等级",
    "专干",
]


def lines(count: int) -> Rows:
    found: Rows = [HEADER]
    for place in range(count):
        found.append([
            f"陈海{place}", resident_number(place), "社区戒毒", f"〔2024〕{place}号", "2024-02-20",
            "2024-03-01", "高", "",
        ])  # fmt: skip
    # A second order of the first person, a doubled line, and one that is wrong.
    found.append([*found[1][:3], "〔2020〕7号", "2020-02-20", "2020-03-01", "低", ""])
    found.append(list(found[2]))
    found.append(["林月", "x", "社区戒毒", "", "", "", "", ""])
    return found


def brought_in(path: Path, **options: Any) -> Report:
    by = User.objects.system()
    return import_ledger(
        ledger=ledgers()["persons"], path=path, by=by, area=area("469002"), **options
    )


def counts(report: Report) -> tuple[int, ...]:
    return (report.rows, report.new, report.changed, report.unchanged, report.duplicates,
            report.held, report.rejected)  # fmt: skip


@pytest.mark.django_db
def test_tried_in_parts_it_says_what_applying_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PARTS", (3, 3))
    path = write_csv(tmp_path / "a.csv", lines(10))
    before = windows(every_row())
    tried = brought_in(path, dry_run=True)
    assert windows(every_row()) == before
    applied = brought_in(path)
    assert counts(tried) == counts(applied) == (13, 10, 1, 0, 1, 0, 1)
    assert tried.lines == applied.lines
    assert [fault.reason for fault in tried.errors] == [fault.reason for fault in applied.errors]
    assert {gap.gap: gap.count for gap in tried.gaps} == {
        gap.gap: gap.count for gap in applied.gaps
    }


@pytest.mark.django_db(transaction=True)
def test_who_is_at_work_does_not_wait_for_a_dry_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PARTS", (1, 1))
    path = write_csv(tmp_path / "a.csv", lines(2))
    brought_in(path)
    changed = lines(2)
    for line in changed[1:3]:
        line[6] = "中"
    path = write_csv(tmp_path / "b.csv", changed)
    beside, taken = connection.copy(), []

    def lock_everybody(_step: str, done: int, _total: int) -> None:
        if done:
            with transaction.atomic(using="default"), beside.cursor() as cursor:
                table = Person._meta.db_table
                cursor.execute(f"SELECT id FROM {table} FOR UPDATE NOWAIT")
                taken.append(len(cursor.fetchall()))

    try:
        brought_in(path, dry_run=True, on_progress=lock_everybody)
    finally:
        beside.close()
    assert set(taken) == {2}
    assert len(taken) >= 2


@pytest.mark.django_db(transaction=True)
def test_work_that_is_broken_off_leaves_nothing_and_can_be_asked_for_again(english: None) -> None:
    by = UserFactory(records_admin=True)
    one = received(lines(3), by=by)
    work_on(one)
    ask_to_apply(ledger_import=LedgerImport.objects.get(pk=one.pk), by=by)
    cancel_work(ledger_import=LedgerImport.objects.get(pk=one.pk), by=by)
    before = windows(every_row())
    work_on(LedgerImport.objects.get(pk=one.pk))
    one = LedgerImport.objects.get(pk=one.pk)
    assert (one.state, one.work.asked) == (ImportState.TRIED, "")
    assert "broken off" in one.refused_words
    assert windows(every_row()) == before
    ask_to_apply(ledger_import=one, by=by)
    work_on(LedgerImport.objects.get(pk=one.pk))
    one = LedgerImport.objects.get(pk=one.pk)
    assert (one.state, one.refused_words) == (ImportState.APPLIED, "")


@pytest.mark.django_db(transaction=True)
def test_how_far_it_is_is_seen_while_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PARTS", (1, 1))
    monkeypatch.setattr(working, "TOLD_EVERY", 0)
    one = received(lines(4), by=UserFactory(records_admin=True))
    beside, seen = connection.copy(), []

    def look(*_given: Any) -> None:
        with beside.cursor() as cursor:
            cursor.execute("SELECT done, total FROM imports_importwork")
            seen.append(cursor.fetchone())

    told = reading._try_in_parts
    monkeypatch.setattr(reading, "_try_in_parts", lambda *given: (told(*given), look()))
    try:
        work_on(one)
    finally:
        beside.close()
    assert seen == [(5, 5)]


@pytest.mark.django_db(transaction=True)
def test_that_it_went_in_and_that_the_work_is_done_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever dies in between finds nothing written, and never writes it twice."""
    by = UserFactory(records_admin=True)
    one = received(lines(2), by=by)
    work_on(one)
    ask_to_apply(ledger_import=LedgerImport.objects.get(pk=one.pk), by=by)

    def die(_one: LedgerImport) -> None:
        raise ZeroDivisionError

    asked = LedgerImport.objects.get(pk=one.pk)
    with monkeypatch.context() as patched:
        patched.setattr(working, "_end", die)
        with pytest.raises(ZeroDivisionError):
            work_on(asked)
    found = LedgerImport.objects.get(pk=one.pk)
    assert (found.state, found.work.asked) == (ImportState.TRIED, "apply")
    assert not Person.objects.exists()
    work_on(found)
    assert Person.objects.count() == 2
