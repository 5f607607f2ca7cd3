"""kill -9 of the process that works on an import, at several moments: nothing half done, nothing
twice, and it goes on. `make soak` kills it at any moment (killed_at_any_moment.py).
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from apps.accounts.models import User
from apps.cases.models import Case
from apps.imports.codes import ImportState
from apps.imports.models import ImportWork, LedgerImport
from apps.imports.services.receiving import ask_to_apply, cancel_work
from apps.imports.services.working import TRIES
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.imports import received
from tests.factories.persons import resident_number
from tests.imports.rows_of_all import every_row

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("english")]
LINES, PATIENCE = 600, 120.0
HEADER = ["姓名", "身份证号码", "管控类型", "决定书文号", "决定日期", "报到日期", "协议签订日期"]
# (step, done, total) as a page would see them.
Seen = list[tuple[str, int, int]]


def uploaded() -> tuple[LedgerImport, User]:
    by: Any = UserFactory(records_admin=True)
    rows = [HEADER] + [
        ["陈海生", resident_number(n), "社区戒毒", f"〔2026〕{n}号", "2026-03-02", "2026-03-04",
         "2026-03-04"] for n in range(LINES)
    ]  # fmt: skip
    return received(rows, by=by), by


@contextmanager
def at_work(one: LedgerImport) -> Iterator["subprocess.Popen[bytes]"]:
    """The process as the server starts it, on the database of this test."""
    told = connection.settings_dict
    address = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**told)
    process = subprocess.Popen(
        [sys.executable, "manage.py", "import_work", "--one", str(one.pk)],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings"},
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def seen(one: LedgerImport) -> tuple[str, int, int]:
    work = ImportWork.objects.get(ledger_import=one)
    return work.step, work.done, work.total


def kill_when(one: LedgerImport, is_time: Callable[[tuple[str, int, int]], bool]) -> None:
    """Start it, and kill it at that moment."""
    with at_work(one) as process:
        deadline = time.monotonic() + PATIENCE
        while not is_time(seen(one)):
            assert process.poll() is None, "It had ended before it was killed"
            assert time.monotonic() < deadline
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def finish(one: LedgerImport) -> Seen:
    """Begun again as the server does, until it is done: the database may not have noticed yet that
    the other is dead.
    """
    told: Seen = []
    deadline = time.monotonic() + PATIENCE
    while ImportWork.objects.get(ledger_import=one).asked:
        assert time.monotonic() < deadline
        with at_work(one) as process:
            while process.poll() is None:
                told.append(seen(one))
                time.sleep(0.02)
            assert process.returncode == 0
    return told


def settled() -> dict[str, set[str]]:
    """All rows, once the database has taken back what the dead one had begun."""
    deadline = time.monotonic() + PATIENCE
    sql = ("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
           " AND pid <> pg_backend_pid()")  # fmt: skip
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(sql)
            if cursor.fetchone()[0] == 0:
                break
            time.sleep(0.05)
    return every_row()


def goes_up(told: Seen) -> bool:
    """Within each step what is done never falls, and never is more than all."""
    steps: dict[str, int] = {}
    for step, done, total in told:
        if not steps.get(step, 0) <= done <= max(total, 1):
            return False
        steps[step] = done
    return True


def test_killed_in_the_dry_run_and_while_it_applies() -> None:
    one, by = uploaded()
    before = every_row()
    kill_when(one, lambda now: now[0] == "Looking at each line" and 0 < now[1] < LINES)
    assert settled() == before
    work = ImportWork.objects.get(ledger_import=one)
    assert (work.asked, work.begun) == ("read", 1)
    told = finish(one)
    assert goes_up(told)
    one = LedgerImport.objects.get(pk=one.pk)
    assert (one.state, one.new, one.lines.count()) == (ImportState.TRIED, LINES, LINES)
    assert every_row() == before

    ask_to_apply(ledger_import=one, by=by)
    kill_when(one, lambda now: now[0] == "Bringing in" and now[1] > 0)
    assert settled() == before
    assert LedgerImport.objects.get(pk=one.pk).state == ImportState.TRIED
    assert ImportWork.objects.get(ledger_import=one).begun == 1
    assert goes_up(finish(one))
    one = LedgerImport.objects.get(pk=one.pk)
    assert (one.state, one.new, one.work.begun) == (ImportState.APPLIED, LINES, 2)
    assert (Person.objects.count(), Case.objects.count()) == (LINES, LINES)
    _step, done, total = seen(one)
    assert done == total


def test_who_breaks_it_off_is_heard_in_the_middle() -> None:
    one, by = uploaded()
    finish(one)
    before = every_row()
    ask_to_apply(ledger_import=LedgerImport.objects.get(pk=one.pk), by=by)
    with at_work(one) as process:
        while seen(one)[0] != "Bringing in":
            assert process.poll() is None
            time.sleep(0.01)
        cancel_work(ledger_import=one, by=by)
        process.wait(PATIENCE)
    one = LedgerImport.objects.get(pk=one.pk)
    assert (one.state, one.work.asked, one.work.cancelled) == (ImportState.TRIED, "", False)
    assert "broken off" in one.refused_words
    assert every_row() == before


def test_what_kills_it_each_time_is_not_begun_for_ever() -> None:
    one, _by = uploaded()
    for times in range(1, TRIES + 1):
        kill_when(one, lambda now: now[0] == "Reading")
        settled()
        assert ImportWork.objects.get(ledger_import=one).begun == times
        ImportWork.objects.filter(ledger_import=one).update(step="")
    finish(one)
    one = LedgerImport.objects.get(pk=one.pk)
    assert one.state == ImportState.REFUSED
    assert "broke off three times" in one.refused_words
