"""Nightly work runs once a day in Shanghai, alone, and goes on after a failure."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from apps.accounts.unsent import OWNER_SECONDS, SECONDS
from apps.core.management.commands import nightly
from apps.core.models import NightlyRun, Sent

pytestmark = pytest.mark.django_db

# 1 March in Shanghai begins at 16:00 UTC on 28 February.
BEFORE, AFTER = datetime(2026, 2, 28, 15, 59, tzinfo=UTC), datetime(2026, 2, 28, 16, 1, tzinfo=UTC)


@pytest.fixture
def ran(settings: object, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that were called, in their order; one of them fails."""
    called: list[str] = []

    def call(name: str, stdout: StringIO) -> None:
        called.append(name)
        stdout.write(f"{name} is done\n")
        if name == "broken":
            raise ValueError(name)

    settings.NIGHTLY_COMMANDS = ["first", "broken", "not written", "last"]  # type: ignore[attr-defined]
    known: Callable[[], set[str]] = lambda: {"last", "broken", "first"}  # noqa: E731
    monkeypatch.setattr(nightly, "get_commands", known)
    monkeypatch.setattr(nightly, "call_command", call)
    return called


def test_each_command_runs_in_its_order_and_once_a_day(ran: list[str]) -> None:
    with time_machine.travel(BEFORE, tick=False):
        assert nightly.run_due() == ["broken"]
        assert ran == ["first", "broken", "last"]
        nightly.run_due()
    assert ran == ["first", "broken", "last", "broken"], "what failed is tried again"
    run = NightlyRun.objects.get(name="first")
    assert run.ran_for.isoformat() == "2026-02-28"
    assert run.counts["said"] == "first is done"


def test_a_day_begins_at_midnight_in_shanghai(ran: list[str]) -> None:
    with time_machine.travel(BEFORE, tick=False):
        nightly.run_due()
    with time_machine.travel(AFTER, tick=False):
        nightly.run_due()
    assert ran.count("first") == 2
    assert NightlyRun.objects.get(name="first").ran_for.isoformat() == "2026-03-01"


def test_a_failure_is_the_exit_of_the_command(ran: list[str]) -> None:
    with pytest.raises(CommandError, match="broken"):
        call_command("nightly")


def test_two_processes_never_work_at_once(ran: list[str]) -> None:
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [nightly.LOCK])
        assert nightly.run_due() == []
        cursor.execute("SELECT pg_advisory_unlock(%s)", [nightly.LOCK])
    other.close()
    assert ran == []
    assert nightly.run_due() == ["broken"]


def test_every_nightly_command_exists(settings: object) -> None:
    assert set(settings.NIGHTLY_COMMANDS) <= set(nightly.get_commands())  # type: ignore[attr-defined]


def test_keys_of_sent_forms_are_forgotten_when_no_page_can_send_them_again(settings):
    settings.SENT_DAYS = 400
    old, young = (
        Sent.objects.create(key=uuid4(), act="needs.need", account=1, target="", digest=b"1")
        for _ in range(2)
    )
    Sent.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=401))
    Sent.objects.filter(pk=young.pk).update(at=timezone.now() - timedelta(days=399))
    call_command("forget_sent", stdout=StringIO())
    assert list(Sent.objects.all()) == [young]


def test_a_key_is_known_longer_than_anything_typed_is_kept(settings):
    typed, owner = (timedelta(seconds=seconds) for seconds in (SECONDS, OWNER_SECONDS))
    signed_in = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    assert timedelta(days=settings.SENT_DAYS) > 100 * max(typed, owner, signed_in)
    assert "forget_sent" in settings.NIGHTLY_COMMANDS
