"""The same by command, as somebody with an account."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.handover.models import Arrival
from tests.factories.areas import WENCHENG
from tests.handover.conftest import REASON, Sent

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command("handover", *words, stdout=out)
    return out.getvalue()


def test_packed_checked_received_refused_and_answered(
    sent: Sent, receiver: User, tmp_path: Path
) -> None:
    file, phrase, receipt = (str(tmp_path / name) for name in ("file", "phrase", "receipt"))
    boss, taker = ("--as", sent.boss.username), ("--as", receiver.username)
    transfer = str(sent.transfer.public_id)
    told = run("pack", transfer, *boss, "--reason", REASON, "--out", file).split()
    Path(phrase).write_text(told[1])
    assert "cases.Case" in run("check", file, "--phrase-file", phrase)
    number = run("receive", file, *taker, "--area", WENCHENG, "--phrase-file", phrase).strip()
    with pytest.raises(CommandError):
        run("receipt", number, *taker, "--out", receipt)
    with pytest.raises(CommandError):
        run("accept", number, *boss)
    run("reject", number, *taker, "--reason", "该人不在本镇居住，退回")
    run("receipt", number, *taker, "--out", receipt)
    assert run("load", receipt, *boss).strip()
    assert Arrival.objects.get().state == "rejected"


@pytest.mark.parametrize(
    "words",
    [("check", "/nowhere/at/all", "--phrase-file", "/nowhere"), ("accept", "x", "--as", "nobody"),
     ("load", "/nowhere/at/all", "--as", "nobody")],
)  # fmt: skip
def test_what_is_not_there_is_said(words: Any) -> None:
    with pytest.raises((CommandError, SystemExit)):
        run(*words)
