"""Seals at their bounds: which minute is over, what is left open, and what a run may read."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from apps.audit import outside, sealing
from apps.audit.models import AccessLog, AccessSeal
from apps.audit.sealing import first_fault, last_digest, seal_closed_minutes
from apps.core.refusals import Refused
from config.postgres_connection import Connection
from tests.audit.test_tampering import SEAL, entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seal_file")]
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = START + timedelta(hours=2)
SECOND, MINUTE, OPEN = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=2)


@pytest.fixture
def beside() -> Iterator[Any]:
    """Another process of the same role, which sees when our transactions began."""
    found = Connection(settings.VAR_DIR).connect("owner", connection.settings_dict["NAME"])
    yield found.cursor()
    found.close()


def sealed_runs(number: int, first: int = 0) -> None:
    """So many runs of one minute with one row."""
    for run in range(first, first + number):
        entry(START + run * MINUTE)
        assert seal_closed_minutes(LATER).rows == 1


@pytest.mark.parametrize(
    ("at", "now", "sealed"),
    [
        (0, 69, 0),  # two clocks may differ by ten seconds
        (0, 70, 1),
        (59, 70, 1),
        (60, 70, 0),
        (60, 129, 0),
        (60, 130, 1),
    ],
)
def test_a_minute_is_sealed_ten_seconds_after_its_end(at: int, now: int, sealed: int) -> None:
    entry(START + at * SECOND)
    counts = seal_closed_minutes(START + now * SECOND)
    assert (counts.minutes, counts.rows) == (sealed, sealed)


def test_rows_are_sealed_by_their_minute_however_they_came_in() -> None:
    rows = [entry(START + seconds * SECOND) for seconds in (130, 30, 0, 140, 600)]
    assert seal_closed_minutes(LATER).minutes == 3
    first, second, third = AccessSeal.objects.order_by("minute")
    told = [(seal.rows, seal.row_ids, seal.last_id) for seal in (first, second, third)]
    assert told == [
        (2, [rows[1].pk, rows[2].pk], rows[2].pk), (2, [rows[0].pk, rows[3].pk], rows[3].pk),
        (1, [rows[4].pk], rows[4].pk),
    ]  # fmt: skip
    assert bytes(second.previous) == bytes(first.digest)
    assert first_fault(LATER) == ""


def test_the_changed_row_is_named_and_none_beside_it() -> None:
    rows = [entry(START + seconds * SECOND) for seconds in (0, 10, 20)]
    seal_closed_minutes(LATER)
    AccessLog.objects.filter(pk=rows[1].pk).update(username="somebody else")
    assert first_fault(LATER) == f"row {rows[1].pk} was changed"


def test_what_an_earlier_version_sealed_fits() -> None:
    """Another form of a row or of a seal would make every seal on file a fault."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "SEAL_KEY", "c2VhbC1rZXktb2YtdGhlLXRlc3Q=")
        for pk in (7, 8):
            AccessLog.objects.create(
                pk=pk, at=START, user_id=1, username="w1", role="worker", action="view",
                person_ids=[UUID(int=pk)], person_count=1, request_id=UUID(int=9), purpose="复查",
            )  # fmt: skip
        seal_closed_minutes(LATER)
    seal = AccessSeal.objects.get()
    assert bytes(seal.previous) == bytes(32)
    assert bytes(seal.row_digests).hex() == "7bebbf2f8227c762b920643e71a36656"
    assert (
        bytes(seal.digest).hex()
        == last_digest()
        == "6f434c002e97f53165dd446532218d06b5b60f2be065deda4ac467890507bc13"
    )


def test_without_a_seal_there_is_no_end_of_the_chain() -> None:
    assert last_digest() == ""
    sealed_runs(2)
    assert last_digest() == bytes(AccessSeal.objects.latest("minute").digest).hex()


def test_while_another_process_seals_a_run_does_nothing(beside: Any) -> None:
    entry(START)
    beside.execute("SELECT pg_advisory_lock(%s)", [sealing.LOCK])
    assert seal_closed_minutes(LATER).minutes == 0
    beside.execute("SELECT pg_advisory_unlock(%s)", [sealing.LOCK])
    assert seal_closed_minutes(LATER).minutes == 1


def test_rows_that_an_open_transaction_may_still_write_wait_for_it(beside: Any) -> None:
    later = timezone.now().replace(second=0, microsecond=0) + 10 * MINUTE
    beside.execute("SELECT now()")
    began = beside.fetchone()[0] - 10 * SECOND
    assert sealing._closed_until(later) == began.replace(second=0, microsecond=0)
    beside.connection.rollback()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
    assert sealing._closed_until(later + 10 * SECOND) == later


# What is left open.


@pytest.mark.parametrize(
    ("at", "fault"),
    [
        (LATER + OPEN + SECOND, "carries a time that has not come"),
        (LATER + OPEN, ""),
        (LATER - OPEN + MINUTE, ""),
        (LATER - OPEN + MINUTE - SECOND, "was added after its minute was sealed"),
    ],
)
def test_a_row_is_neither_of_the_future_nor_slipped_in(at: datetime, fault: str) -> None:
    sealed_runs(1)
    row = entry(at)
    assert first_fault(LATER) == (f"row {row.pk} {fault}" if fault else "")


@pytest.mark.parametrize(("ago", "stopped"), [(OPEN, False), (OPEN + SECOND, True)])
@pytest.mark.parametrize("sealed", [0, 1])
def test_sealing_has_stopped_when_a_row_is_open_for_two_hours(
    ago: timedelta, *, sealed: int, stopped: bool
) -> None:
    sealed_runs(sealed)
    now = START + timedelta(days=1)
    row, _later = entry(now - ago), entry(now)
    words = f"row {row.pk} is not sealed: sealing has stopped" if stopped else ""
    assert first_fault(now) == words


# The file outside.


def test_a_run_reads_the_newest_seals_alone() -> None:
    """Quick enough for every minute: years of seals are not walked through."""
    sealed_runs(3)
    entry(START + 9 * MINUTE)
    with CaptureQueriesContext(connection) as asked:
        assert seal_closed_minutes(LATER).minutes == 1
    reads = [q["sql"] for q in asked if re.search(r'^SELECT .*FROM "audit_accessseal"', q["sql"])]
    assert reads
    assert all("LIMIT" in sql or '"minute" >' in sql for sql in reads), reads


def test_without_its_file_or_with_another_end_no_run_seals(seal_file: Path) -> None:
    sealed_runs(2)
    content = seal_file.read_text()
    seal_file.unlink()
    with pytest.raises(Refused, match="the file of the seals outside the database is missing"):
        seal_closed_minutes(LATER)
    kept, digest = content.rsplit(" ", 1)
    seal_file.write_text(f"{kept} {digest.strip()[::-1]}\n")
    with pytest.raises(Refused, match="is not the one that was kept outside"):
        seal_closed_minutes(LATER)
    seal_file.write_text(content)
    sealed_runs(1, first=2)
    assert first_fault(LATER) == ""


@pytest.mark.parametrize(("gone", "heard"), [(0, True), (1, True), (2, False)])
def test_only_the_line_of_the_last_run_may_be_missing(
    seal_file: Path, gone: int, *, heard: bool
) -> None:
    sealed_runs(3)
    lines = seal_file.read_text().splitlines(keepends=True)
    seal_file.write_text("".join(lines[:gone] + lines[gone + 1 :]))
    minute = (START + gone * MINUTE).isoformat()
    words = f"the seal of {minute} is missing in the file outside the database"
    assert first_fault(LATER) == (words if heard else "")


def test_of_several_breaks_the_newest_is_where_lines_begin(seal_file: Path) -> None:
    sealed_runs(2)
    outside.accept(timezone.now(), "restored")
    sealed_runs(2, first=2)
    outside.accept(timezone.now(), "restored once more")
    assert first_fault(LATER) == ""
    sealed_runs(1, first=4)
    lines = seal_file.read_text().splitlines()
    assert [line.split(" ")[0] for line in lines[-2:]] == [
        outside.ACCEPTED, (START + 4 * MINUTE).isoformat(),
    ]  # fmt: skip
    assert len(lines) == 7


def test_a_seal_that_we_have_not_made_is_not_written_outside(seal_file: Path) -> None:
    sealed_runs(2)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_accessseal DISABLE TRIGGER USER")
        cursor.execute(SEAL, [START + 5 * MINUTE, timezone.now()])
    content = seal_file.read_text()
    seal_closed_minutes(LATER)
    assert seal_file.read_text() == content
    with translation.override("en"):
        assert (
            first_fault(LATER) == "the seal before 2026-03-02 01:05 UTC is missing or was changed"
        )
