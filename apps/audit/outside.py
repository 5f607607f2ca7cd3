"""The seals' ends outside the database: a file that only grows, and a line for another machine.

Whoever can rewrite the database cannot reach what stands here: each seal leaves a line in
`VAR_DIR/access-seals.log` and one in the log `homeward.seals`, which a site sends to another
machine (`HOMEWARD_SYSLOG`). `sealing.first_fault` holds both against the database.
"""

import logging
import os
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings

logger = logging.getLogger("homeward.seals")
ACCEPTED = "accepted"
# More than the longest line.
TAIL = 4096


class Kept(NamedTuple):
    """A line of the file: the minute of a seal and its digest."""

    minute: str
    digest: str

    @property
    def moment(self) -> datetime | None:
        return _moment(self.minute)


class Accepted(NamedTuple):
    """A break that somebody answers for, with the reason; what was before is compared no more."""

    at: str
    reason: str

    @property
    def moment(self) -> datetime | None:
        return _moment(self.at)


def _moment(text: str) -> datetime | None:
    """Nothing where somebody has written something else into the file."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def keep(seals: Iterable[tuple[datetime, bytes]]) -> None:
    """Add lines; they are on the disk when this returns."""
    lines = [f"{minute.isoformat()} {digest.hex()}" for minute, digest in seals]
    _append(lines)
    for line in lines:
        logger.info("seal of the access log %s", line)


def accept(at: datetime, reason: str) -> None:
    """Begin anew after a break, in sight: the reason stands in file and log, and on the page."""
    words = " ".join(reason.split())[:300]
    _append([f"{ACCEPTED} {at.isoformat()} {words}"])
    logger.warning("a break of the access log's seals is accepted: %s", words)


def kept() -> tuple[list[Kept], list[Accepted]]:
    """The lines since the last accepted break, and all such breaks."""
    seals: list[Kept] = []
    breaks: list[Accepted] = []
    for line in map(_parsed, _lines()):
        if isinstance(line, Accepted):
            breaks.append(line)
            seals = []
        else:
            seals.append(line)
    return seals, breaks


def last() -> Kept | Accepted | None:
    """The newest line, without reading the years before it."""
    path = settings.SEAL_FILE
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - TAIL, 0))
        lines = _written(file.read())
    return _parsed(lines[-1]) if lines else None


def _parsed(line: str) -> Kept | Accepted:
    first, _space, rest = line.partition(" ")
    if first == ACCEPTED:
        at, _space, reason = rest.partition(" ")
        return Accepted(at, reason)
    return Kept(first, rest)


def _lines() -> list[str]:
    path = settings.SEAL_FILE
    return _written(path.read_bytes()) if path.exists() else []


def _written(content: bytes) -> list[str]:
    """Lines with something in them; what is no text stays in sight as a line that fits nothing."""
    return [line for line in content.decode(errors="replace").splitlines() if line.strip()]


def _append(lines: list[str]) -> None:
    if not lines:
        return
    path = settings.SEAL_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a") as file:
        # A line that a crash tore is no beginning of the next one.
        size = os.fstat(descriptor).st_size
        torn = bool(size) and os.pread(descriptor, 1, size - 1) != b"\n"
        file.write("\n" * torn + "".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
