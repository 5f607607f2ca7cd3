"""An import taken back: the database is what it was, row by row; nothing built on it is lost."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.days import today
from apps.core.fields import uuid7
from apps.core.refusals import Refused
from apps.imports.codes import ImportState
from apps.imports.models import LedgerImport
from apps.imports.services.receiving import ask_to_apply, mend_lines
from apps.imports.services.undoing import take_back
from apps.imports.services.working import work_on
from apps.needs.services import record_need
from apps.persons.models import Person
from apps.persons.services import change_person
from apps.schedule.models import DueItem
from tests.factories.accounts import UserFactory
from tests.factories.areas import area
from tests.factories.imports import received
from tests.factories.persons import resident_number
from tests.imports.rows_of_all import every_row, windows
from tests.imports.sheets import Rows, write_xlsx

pytestmark = pytest.mark.django_db

HEADER = ["姓名", "身份证号码", "联系电话", "管控类型", "决定书文号", "决定日期", "报到日期",
          "协议签订日期", "现居住地"]  # fmt: skip


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Words as they stand in the code."""


@pytest.fixture
def by() -> User:
    return UserFactory(records_admin=True)


def row(place: int, name: str = "陈海生", **cells: Any) -> list[Any]:
    usual = {
        "姓名": name, "身份证号码": resident_number(place), "联系电话": "10012345678",
        "管控类型": "社区戒毒", "决定书文号": f"〔2024〕{place}号", "决定日期": "2024-02-20",
        "报到日期": "2024-03-01", "协议签订日期": "2024-03-01", "现居住地": "嘉积镇先锋村",
    }  # fmt: skip
    return [(usual | cells)[name] for name in HEADER]


def brought_in(by: User, tmp_path: Path, *rows: list[Any], **facts: Any) -> LedgerImport:
    table: Rows = [HEADER, *rows]
    path = write_xlsx(tmp_path / "a.xlsx", table)
    return applied(received([], by=by, content=path.read_bytes(), **facts), by)


def applied(one: LedgerImport, by: User) -> LedgerImport:
    work_on(one)
    one = LedgerImport.objects.get(pk=one.pk)
    assert one.state == ImportState.TRIED, (one.state, one.refused_words)
    ask_to_apply(ledger_import=one, by=by)
    work_on(one)
    one = LedgerImport.objects.get(pk=one.pk)
    assert one.state == ImportState.APPLIED, one.refused_words
    return one


def test_what_was_new_is_gone_and_what_changed_is_as_before(by: User, tmp_path: Path) -> None:
    brought_in(by, tmp_path, row(1), row(2, "林月"))
    before = windows(every_row())
    one = brought_in(
        by, tmp_path, row(1, 联系电话="10099999999", 报到日期="2024-02-28"), row(2, "林月"),
        row(3, "符丽"), row(4, "王秀莲", 管控类型="社会面管控"),
    )  # fmt: skip
    told = [(line.state, line.told["faults"], line.told["conflicts"]) for line in one.lines.all()]
    assert (one.new, one.changed, one.unchanged) == (2, 1, 1), told
    assert Person.objects.count() == 4
    take_back(ledger_import=one, by=by, reason="wrong file was taken")
    assert windows(every_row()) == before
    one.refresh_from_db()
    assert (one.state, one.undone_by, one.undone_reason) == (
        ImportState.UNDONE, by, "wrong file was taken",
    )  # fmt: skip


def test_what_was_taken_back_can_come_in_again(by: User, tmp_path: Path) -> None:
    one = brought_in(by, tmp_path, row(1))
    take_back(ledger_import=one, by=by, reason="wrong file was taken")
    assert not Case.objects.exists()
    assert not DueItem.objects.exists()
    assert brought_in(by, tmp_path, row(1)).new == 1


def test_what_was_built_on_it_is_said_and_nothing_goes(by: User, tmp_path: Path) -> None:
    one = brought_in(by, tmp_path, row(1))
    person = Person.objects.get()
    change_person(person=person, by=by, reason="a new telephone", phone="10088888888")
    before = every_row()
    with pytest.raises(Refused, match=r"persons changed since \(1\)"):
        take_back(ledger_import=one, by=by, reason="wrong file was taken")
    assert every_row() == before


def test_rows_of_others_that_hang_on_it_are_named(by: User, tmp_path: Path) -> None:
    one = brought_in(by, tmp_path, row(1))
    record_need(
        person=Person.objects.get(), kind="work", urgency="soon", by=by, client_uuid=uuid7(),
        said_on=today(), said_by="person", words="a job",
    )  # fmt: skip
    with pytest.raises(Refused, match=r"needs \(1\)"):
        take_back(ledger_import=one, by=by, reason="wrong file was taken")


def test_a_later_import_is_taken_back_first(by: User, tmp_path: Path) -> None:
    first = brought_in(by, tmp_path, row(1))
    second = brought_in(by, tmp_path, row(1, 联系电话="10099999999"))
    with pytest.raises(Refused, match="changed since"):
        take_back(ledger_import=first, by=by, reason="wrong file was taken")
    take_back(ledger_import=second, by=by, reason="wrong file was taken")
    take_back(ledger_import=first, by=by, reason="wrong file was taken")
    assert not Person.objects.exists()


def test_after_thirty_days_and_a_second_time_it_is_too_late(by: User, tmp_path: Path) -> None:
    one = brought_in(by, tmp_path, row(1))
    LedgerImport.objects.filter(pk=one.pk).update(applied_at=timezone.now() - timedelta(days=31))
    with pytest.raises(Refused, match="for thirty days"):
        take_back(ledger_import=one, by=by, reason="wrong file was taken")
    LedgerImport.objects.filter(pk=one.pk).update(applied_at=timezone.now())
    with pytest.raises(Refused, match="why it is taken back"):
        take_back(ledger_import=one, by=by, reason=" ")
    take_back(ledger_import=one, by=by, reason="wrong file was taken")
    with pytest.raises(Refused, match="once"):
        take_back(ledger_import=one, by=by, reason="wrong file was taken")


def test_the_database_takes_back_nothing_but_an_import_that_is_applied(
    by: User, tmp_path: Path
) -> None:
    one = brought_in(by, tmp_path, row(1))
    take_back(ledger_import=one, by=by, reason="wrong file was taken")
    for public_id in (one.public_id, uuid7()):
        with (
            pytest.raises(DatabaseError, match="no import that can be taken back"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("CALL imports_take_back(%s)", [public_id])


def test_a_name_that_was_decided_is_given_back(by: User, tmp_path: Path) -> None:
    brought_in(by, tmp_path, row(1))
    before = windows(every_row())
    path = write_xlsx(tmp_path / "b.xlsx", [HEADER, row(1, "陈海声")])
    one = received([], by=by, content=path.read_bytes())
    work_on(one)
    one = LedgerImport.objects.get(pk=one.pk)
    mend_lines(ledger_import=one, by=by, cells={}, decisions={2: "take"})
    one = applied(one, by)
    assert Person.objects.get().name == "陈海声"
    take_back(ledger_import=one, by=by, reason="wrong file was taken")
    assert windows(every_row()) == before


def test_accounts_that_came_in_go_with_their_villages(tmp_path: Path) -> None:
    by = UserFactory(system_admin=True)
    before = every_row()
    header = ["用户名", "姓名", "手机号", "角色", "区划代码", "负责村(居)"]
    cells = ["fuli", "符丽", "10012345678", "专干", "469002100", "先锋村"]
    path = write_xlsx(tmp_path / "u.xlsx", [header, cells])
    content = path.read_bytes()
    one = received([], by=by, ledger="users", area=area("469002"), content=content)
    one = applied(one, by)
    assert User.objects.get(username="fuli").villages.count() == 1
    take_back(ledger_import=one, by=by, reason="wrong file was taken")
    assert every_row() == before
