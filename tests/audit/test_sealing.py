"""The sealed log names the first row that somebody changed, took out or slipped in."""

import uuid
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from apps.audit.models import AccessLog, AccessSeal, Action
from apps.audit.sealing import first_fault, seal_closed_minutes
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seal_file")]
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = START + timedelta(hours=2)


def entry(at: datetime) -> AccessLog:
    return AccessLog.objects.create(
        at=at, user_id=1, username="w1", role="worker", action=Action.VIEW,
        person_ids=[uuid.uuid4()], person_count=1, request_id=uuid.uuid4(), purpose="复查",
    )  # fmt: skip


@pytest.fixture
def entries(seal_file: Path) -> list[AccessLog]:
    """Three minutes with two, one and two rows; nothing in the minutes between."""
    moments = [0, 20, 130, 600, 630]
    rows = [entry(START + timedelta(seconds=seconds)) for seconds in moments]
    counts = seal_closed_minutes(LATER)
    assert (counts.minutes, counts.rows) == (3, 5)
    return rows


@pytest.mark.usefixtures("entries")
def test_an_untouched_log_has_no_fault_and_sealing_again_does_nothing() -> None:
    assert first_fault() == ""
    assert seal_closed_minutes(LATER).minutes == 0


def test_a_running_minute_is_not_sealed() -> None:
    entry(START)
    assert seal_closed_minutes(START + timedelta(seconds=59)).minutes == 0
    assert seal_closed_minutes(START + timedelta(seconds=75)).minutes == 1


def test_a_changed_row_is_named(entries: list[AccessLog]) -> None:
    AccessLog.objects.filter(pk=entries[3].pk).update(username="somebody else")
    AccessLog.objects.filter(pk=entries[4].pk).update(purpose="")
    assert f"{entries[3].pk} was changed" in first_fault()


def test_a_missing_row_is_named(entries: list[AccessLog]) -> None:
    AccessLog.objects.filter(pk=entries[1].pk).delete()
    assert f"{entries[1].pk} is missing" in first_fault()


@pytest.mark.parametrize("seconds", [10, 135, 400])
@pytest.mark.usefixtures("entries")
def test_a_row_slipped_in_is_named(seconds: int) -> None:
    late = entry(START + timedelta(seconds=seconds))
    assert f"{late.pk} was added" in first_fault()


@pytest.mark.usefixtures("entries")
def test_a_seal_taken_out_or_made_anew_is_noticed() -> None:
    first, second, _third = AccessSeal.objects.order_by("minute")
    AccessSeal.objects.filter(pk=second.pk).update(digest=bytes(32))
    assert "was changed" in first_fault()
    AccessSeal.objects.filter(pk=second.pk).delete()
    assert first_fault()
    assert first.previous


def test_the_commands_say_how_much_and_what(entries: list[AccessLog]) -> None:
    out = StringIO()
    call_command("seal_access_log", stdout=out)
    call_command("verify_access_log", stdout=out)
    assert "Sealed 0 minutes" in out.getvalue()
    assert "3 sealed minutes" in out.getvalue()
    AccessLog.objects.filter(pk=entries[2].pk).update(role="auditor")
    with pytest.raises(CommandError, match=f"row {entries[2].pk} was changed"):
        call_command("verify_access_log")


def test_the_auditor_reads_the_moments_of_a_seal_in_shanghai(
    entries: list[AccessLog], client: Client
) -> None:
    client.force_login(UserFactory(auditor=True))
    seal = AccessSeal.objects.earliest("minute")
    for page, args in (("changelist", []), ("change", [seal.pk])):
        url = reverse(f"admin:audit_accessseal_{page}", args=args)
        told = client.get(url, headers={"accept-language": "en"}).content.decode()
        assert "9 a.m." in told
        assert "+00:00" not in told
    assert entries
