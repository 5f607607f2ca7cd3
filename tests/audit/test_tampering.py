"""What somebody with the whole database can do to the access log, and how it is noticed."""

import re
import resource
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from apps.audit import outside
from apps.audit.models import AccessCheck, AccessLog, AccessSeal, Action
from apps.audit.sealing import first_fault, seal_closed_minutes
from apps.core.refusals import Refused
from config.postgres_connection import Connection
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = START + timedelta(hours=3)


@pytest.fixture
def sealed(seal_file: Path) -> list[AccessLog]:
    """Six minutes with a row each, sealed in two runs."""
    rows = []
    for half in (0, 1):
        rows += [entry(START + timedelta(minutes=half * 3 + minute)) for minute in range(3)]
        seal_closed_minutes(LATER)
    assert first_fault() == ""
    assert len(seal_file.read_text().splitlines()) == 6
    return rows


def entry(at: datetime) -> AccessLog:
    return AccessLog.objects.create(
        at=at, user_id=1, username="w1", role="worker", action=Action.VIEW,
        person_ids=[uuid.uuid4()], person_count=1, request_id=uuid.uuid4(), purpose="复查",
    )  # fmt: skip


def sealed_anew_by_the_command() -> str:
    """What the product's own command says when it is asked to seal what is left."""
    with pytest.raises(Refused, match="is kept outside the database and missing") as refused:
        seal_closed_minutes(LATER)
    return str(refused.value)


def test_the_newest_half_is_cut(sealed: list[AccessLog]) -> None:
    AccessLog.objects.filter(at__gte=sealed[3].at).delete()
    AccessSeal.objects.filter(minute__gte=sealed[3].at).delete()
    assert sealed[3].at.isoformat() in first_fault()
    assert sealed[3].at.isoformat() in sealed_anew_by_the_command()


@pytest.mark.usefixtures("sealed")
def test_everything_is_deleted() -> None:
    AccessLog.objects.all().delete()
    AccessSeal.objects.all().delete()
    assert START.isoformat() in first_fault()
    assert START.isoformat() in sealed_anew_by_the_command()


def test_rows_are_rewritten_and_sealed_anew_by_the_command(sealed: list[AccessLog]) -> None:
    AccessSeal.objects.all().delete()
    AccessLog.objects.filter(pk=sealed[1].pk).update(username="somebody else")
    assert first_fault()
    assert sealed_anew_by_the_command()


def test_rewritten_and_sealed_anew_where_the_file_is_another(
    sealed: list[AccessLog], settings: Any, tmp_path: Path
) -> None:
    """The attacker runs the command with a file of his own: ours does not agree with it."""
    ours = settings.SEAL_FILE
    AccessSeal.objects.all().delete()
    AccessLog.objects.filter(pk=sealed[1].pk).update(username="somebody else")
    settings.SEAL_FILE = tmp_path / "other.log"
    seal_closed_minutes(LATER)
    assert first_fault() == ""
    settings.SEAL_FILE = ours
    assert sealed[1].at.isoformat() in first_fault()


def test_without_the_key_nobody_seals(sealed: list[AccessLog], settings: Any) -> None:
    right, settings.SEAL_KEY = settings.SEAL_KEY, "Z3Vlc3NlZA=="
    entry(sealed[-1].at + timedelta(minutes=1))
    seal_closed_minutes(LATER)
    settings.SEAL_KEY = right
    assert "was changed" in first_fault()


def test_the_file_alone_is_taken_away(sealed: list[AccessLog], seal_file: Path) -> None:
    seal_file.unlink()
    assert "file" in first_fault() or "文件" in first_fault()
    assert sealed


def test_a_line_that_a_crash_left_out_is_added_with_the_next_run(
    sealed: list[AccessLog], seal_file: Path
) -> None:
    lines = seal_file.read_text().splitlines(keepends=True)
    seal_file.write_text("".join(lines[:-1]))
    seal_closed_minutes(LATER)
    assert seal_file.read_text() == "".join(lines)
    assert sealed


@pytest.mark.parametrize("cut", [0, 1, 2], ids=["the oldest", "one between", "the newer half"])
def test_the_file_alone_is_cut(sealed: list[AccessLog], seal_file: Path, cut: int) -> None:
    """More is missing than a crash leaves out; the next run does not paper over it."""
    lines = seal_file.read_text().splitlines(keepends=True)
    left = {0: lines[1:], 1: [*lines[:2], *lines[3:]], 2: lines[:2]}[cut]
    seal_file.write_text("".join(left))
    gone = sealed[{0: 0, 1: 2, 2: 2}[cut]].at.isoformat()
    assert gone in first_fault(LATER)
    if cut == 2:
        entry(LATER)
        with pytest.raises(Refused, match=re.escape(gone)):
            seal_closed_minutes(LATER + timedelta(hours=1))
        assert seal_file.read_text() == "".join(left)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"a page of something else\n",
        b"\xff\xfe\x00",
        b"2026-03-02 ab\n",
        b"accepted\n",
    ],
)
def test_the_file_is_replaced(sealed: list[AccessLog], seal_file: Path, content: bytes) -> None:
    seal_file.write_bytes(content)
    assert first_fault(LATER) or content.startswith(b"accepted")
    assert sealed
    if content.startswith(b"accepted"):
        assert [broken.reason for broken in outside.kept()[1]] == [""]


def test_a_line_of_the_file_is_another(sealed: list[AccessLog], seal_file: Path) -> None:
    seal_file.write_text(seal_file.read_text().replace(" ", " 0", 1))
    assert sealed[0].at.isoformat() in first_fault(LATER)


def test_a_line_that_a_crash_tore_is_heard_and_can_be_accepted(
    sealed: list[AccessLog], seal_file: Path
) -> None:
    seal_file.write_text(seal_file.read_text()[:-20])
    assert sealed[-1].at.isoformat() in first_fault(LATER)
    outside.accept(datetime.now(UTC), "the disk was full")
    assert first_fault(LATER) == ""
    assert [broken.reason for broken in outside.kept()[1]] == ["the disk was full"]


def test_while_the_file_cannot_be_written_one_run_at_most_is_left_out(
    sealed: list[AccessLog], seal_file: Path
) -> None:
    """No room is no break: the next run first writes what is missing, then goes on."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (seal_file.stat().st_size, before[1]))
    try:
        for hour in (1, 2, 3):
            entry(LATER + timedelta(hours=hour - 1))
            with pytest.raises(OSError, match="large"):
                seal_closed_minutes(LATER + timedelta(hours=hour))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert AccessSeal.objects.count() == len(sealed) + 1
    assert len(seal_file.read_text().splitlines()) == len(sealed)
    assert first_fault(LATER + timedelta(hours=2)) == ""
    seal_closed_minutes(LATER + timedelta(hours=4))
    assert len(seal_file.read_text().splitlines()) == AccessSeal.objects.count() == 9
    assert first_fault(LATER + timedelta(hours=4)) == ""


def test_rows_before_the_first_seal_are_heard(sealed: list[AccessLog]) -> None:
    early = entry(START - timedelta(days=400))
    assert str(early.pk) in first_fault(LATER)
    assert sealed


def test_a_seal_of_the_future_by_the_owner_is_heard(sealed: list[AccessLog]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_accessseal DISABLE TRIGGER USER")
        cursor.execute(SEAL, [datetime(2206, 1, 1, tzinfo=UTC), LATER])
    assert "2206" in first_fault(LATER)
    assert sealed


def test_rows_that_nobody_seals_and_rows_of_the_future(sealed: list[AccessLog]) -> None:
    late = entry(LATER)
    assert str(late.pk) in first_fault(LATER + timedelta(hours=3))
    seal_closed_minutes(LATER + timedelta(hours=3))
    assert first_fault(LATER + timedelta(hours=3)) == ""
    early = entry(datetime(2206, 1, 1, tzinfo=UTC))
    assert str(early.pk) in first_fault(LATER)
    assert sealed


@pytest.fixture
def as_web() -> Iterator[Any]:
    found = Connection(settings.VAR_DIR).connect("web", connection.settings_dict["NAME"])
    yield found.cursor()
    found.close()


SEAL = """
INSERT INTO audit_accessseal (minute, rows, last_id, row_ids, row_digests, digest, previous,
sealed_at) VALUES (%s, 0, 0, '{}', '', '', '', %s)
"""


def test_the_serving_role_adds_no_seal_of_the_future_nor_of_the_past(as_web: Any) -> None:
    now = datetime.now(UTC)
    minute = now.replace(second=0, microsecond=0) - timedelta(minutes=5)
    refused = psycopg2.errors.CheckViolation
    later = now + timedelta(days=1)
    for moment, sealed_at in [(later, now), (now, now), (minute, later)]:
        with pytest.raises(refused):
            as_web.execute(SEAL, [moment, sealed_at])
        as_web.connection.rollback()
    as_web.execute(SEAL, [minute, now])
    with pytest.raises(refused):
        as_web.execute(SEAL, [minute - timedelta(minutes=1), now])
    as_web.connection.rollback()


def test_the_auditor_hears_of_it(sealed: list[AccessLog], client: Client, caplog: Any) -> None:
    client.force_login(UserFactory(auditor=True))
    page = reverse("audit:log")
    call_command("verify_access_log", stdout=StringIO())
    assert AccessCheck.objects.latest("pk").fault == ""
    assert "6" in client.get(page).content.decode()
    AccessLog.objects.filter(pk=sealed[2].pk).update(role="auditor")
    with pytest.raises(CommandError, match=str(sealed[2].pk)):
        call_command("verify_access_log")
    assert str(sealed[2].pk) in client.get(page).content.decode()
    assert [record.levelname for record in caplog.records if "tampered" in record.message] == [
        "CRITICAL"
    ]


@pytest.mark.usefixtures("sealed")
def test_a_fault_stays_in_sight_until_somebody_answers_for_it(client: Client, as_web: Any) -> None:
    """The serving role may add a check; it does not cover what an earlier one has found."""
    client.force_login(UserFactory(auditor=True))
    page = reverse("audit:log")
    AccessCheck.objects.create(at=datetime.now(UTC), seals=6, fault="row 7 was changed")
    AccessCheck.objects.create(at=datetime.now(UTC), seals=6)
    assert "row 7 was changed" in client.get(page).content.decode()
    for statement in ("DELETE FROM audit_accesscheck", "UPDATE audit_accesscheck SET fault = ''"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            as_web.execute(statement)
        as_web.connection.rollback()
    outside.accept(datetime.now(UTC), "the disk was exchanged")
    told = client.get(page).content.decode()
    assert "row 7 was changed" not in told
    assert "the disk was exchanged" in told


def test_a_break_is_accepted_with_a_reason_that_stays_in_sight(
    sealed: list[AccessLog], client: Client
) -> None:
    """After a restore of yesterday's backup: somebody answers for it, and sealing goes on."""
    AccessLog.objects.filter(at__gte=sealed[3].at).delete()
    AccessSeal.objects.filter(minute__gte=sealed[3].at).delete()
    out = StringIO()
    call_command("verify_access_log", accept_break="restored from the backup", stdout=out)
    assert "restored from the backup" in out.getvalue()
    client.force_login(UserFactory(auditor=True))
    assert "restored from the backup" in client.get(reverse("audit:log")).content.decode()
    entry(LATER)
    seal_closed_minutes(LATER + timedelta(hours=1))
    assert first_fault(LATER + timedelta(hours=1)) == ""


def test_the_nightly_work_checks() -> None:
    assert "verify_access_log" in settings.NIGHTLY_COMMANDS


def test_of_several_rows_the_earliest_is_named(sealed: list[AccessLog]) -> None:
    entry(START - timedelta(days=1))
    early = entry(START - timedelta(days=2))
    assert f"row {early.pk} " in first_fault(LATER)
    assert sealed


@pytest.mark.usefixtures("sealed")
def test_a_seal_of_the_very_moment_of_a_break_lies_before_it() -> None:
    outside.accept(AccessSeal.objects.latest("minute").sealed_at, "the disk was exchanged")
    entry(LATER)
    seal_closed_minutes(LATER + timedelta(hours=1))
    assert first_fault(LATER + timedelta(hours=1)) == ""
