"""The file of the seals outside the database: what a line says, and the newest of many."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from apps.audit import outside
from apps.audit.outside import Accepted, Kept

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def seals(number: int, first: int = 0) -> list[tuple[datetime, bytes]]:
    minutes = range(first, first + number)
    return [(START + timedelta(minutes=n), bytes([n % 256]) * 32) for n in minutes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-02T01:00:00+00:00", START),
        ("2026-03-02T09:00:00+08:00", START),
        ("2026-03-02T01:00:00", None),  # of which clock?
        ("noon", None),
        ("", None),
    ],
)
def test_a_line_names_a_moment_with_its_clock_or_none(text: str, found: datetime | None) -> None:
    assert Kept(text, "ab").moment == Accepted(text, "so").moment == found


def test_without_a_file_and_in_an_empty_one_nothing_is_kept(seal_file: Path) -> None:
    outside.keep([])
    assert not seal_file.exists()
    assert (outside.last(), outside.kept()) == (None, ([], []))
    seal_file.write_text("\n \n")
    assert (outside.last(), outside.kept()) == (None, ([], []))


def test_each_seal_is_a_line_for_file_and_log(seal_file: Path, caplog: Any) -> None:
    caplog.set_level("INFO", logger="homeward.seals")
    outside.keep(seals(2))
    lines = seal_file.read_text().splitlines()
    assert lines == [
        f"2026-03-02T01:00:00+00:00 {'00' * 32}", f"2026-03-02T01:01:00+00:00 {'01' * 32}",
    ]  # fmt: skip
    told = [record.getMessage().split("log ")[1] for record in caplog.records]
    assert told == lines
    assert seal_file.stat().st_mode & 0o777 == 0o600


def test_the_newest_line_is_read_from_the_end_of_a_long_file(seal_file: Path) -> None:
    outside.keep(seals(200))
    assert seal_file.stat().st_size > outside.TAIL
    newest = START + timedelta(minutes=199)
    assert outside.last() == Kept(newest.isoformat(), "c7" * 32)
    assert len(outside.kept()[0]) == 200


def test_lines_begin_anew_after_each_accepted_break(seal_file: Path, caplog: Any) -> None:
    outside.keep(seals(2))
    outside.accept(START, "restored \n from  the backup")
    assert outside.last() == Accepted(START.isoformat(), "restored from the backup")
    assert outside.kept()[0] == []
    outside.keep(seals(1, first=2))
    outside.accept(START, "x" * 301)
    outside.keep(seals(2, first=3))
    kept, breaks = outside.kept()
    assert [seal.minute for seal in kept] == [
        (START + timedelta(minutes=n)).isoformat() for n in (3, 4)
    ]
    assert [len(broken.reason) for broken in breaks] == [24, 300]
    assert [record.levelname for record in caplog.records if "break" in record.message] == [
        "WARNING", "WARNING",
    ]  # fmt: skip
    assert len(seal_file.read_text().splitlines()) == 7


def test_what_a_crash_tore_is_a_line_of_its_own(seal_file: Path) -> None:
    seal_file.write_text("2026-03-02T01:0")
    outside.keep(seals(1))
    assert seal_file.read_text().splitlines()[0] == "2026-03-02T01:0"
    assert [seal.moment for seal in outside.kept()[0]] == [None, START]
    outside.keep(seals(1, first=1))
    assert "\n\n" not in seal_file.read_text()


def test_a_folder_that_is_not_there_is_made(settings: Any, tmp_path: Path) -> None:
    settings.SEAL_FILE = tmp_path / "a" / "b" / "seals.log"
    outside.keep(seals(1))
    outside.keep(seals(1, first=1))
    assert len(settings.SEAL_FILE.read_text().splitlines()) == 2
