"""Closed minutes of the access log are sealed: their rows' hashes, chained to the minute before.

Nobody waits for a seal: it is made afterwards. A row that is changed, taken out or slipped in
later no longer fits, and `first_fault` names it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, zip_longest

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.audit.models import AccessLog, AccessSeal

START = bytes(32)
# Bytes of each row's own hash that are kept, to name the row.
SHORT = 8
# Clocks of two servers may differ by this much.
MARGIN = timedelta(seconds=10)
LOCK = 718_230_401
MINUTE = timedelta(minutes=1)


@dataclass
class Sealed:
    minutes: int = 0
    rows: int = 0


@transaction.atomic
def seal_closed_minutes(now: datetime | None = None) -> Sealed:
    """Seal every minute that is over and can get no more rows; a second run does nothing."""
    counts = Sealed()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return counts
    last = AccessSeal.objects.order_by("-minute").first()
    rows = AccessLog.objects.filter(at__lt=_closed_until(now or timezone.now()))
    if last is not None:
        rows = rows.filter(at__gte=last.minute + MINUTE)
    previous = bytes(last.digest) if last else START
    for minute, entries in _by_minute(rows.order_by("at", "id").iterator(chunk_size=2000)):
        seal = _seal(minute, sorted(entries, key=lambda row: row.pk), previous)
        seal.save()
        previous = bytes(seal.digest)
        counts.minutes += 1
        counts.rows += seal.rows
    return counts


def first_fault() -> str:
    """Walk the chain from the beginning; what is wrong first, in words, or nothing."""
    previous = START
    sealed_until = None
    for seal in AccessSeal.objects.order_by("minute").iterator(chunk_size=500):
        if sealed_until is not None and (row := _between(sealed_until, seal.minute)):
            return _("row %(row)s was added after its minute was sealed") % {"row": row.pk}
        fault = _fault_of(seal, previous)
        if fault:
            return fault
        previous, sealed_until = bytes(seal.digest), seal.minute + MINUTE
    return ""


def last_digest() -> str:
    """The end of the chain: noted elsewhere, it shows that seals were taken off the end."""
    last = AccessSeal.objects.order_by("-minute").first()
    return bytes(last.digest).hex() if last else ""


def _closed_until(now: datetime) -> datetime:
    """Rows of a transaction that is still open may carry a time from its beginning on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        oldest = cursor.fetchone()[0]
    moment = min(now, oldest or now) - MARGIN
    return moment.replace(second=0, microsecond=0)


def _by_minute(rows: Iterable[AccessLog]) -> Iterator[tuple[datetime, list[AccessLog]]]:
    for minute, entries in groupby(rows, lambda row: row.at.replace(second=0, microsecond=0)):
        yield minute, list(entries)


def _seal(minute: datetime, rows: list[AccessLog], previous: bytes) -> AccessSeal:
    digests = [_row_digest(row) for row in rows]
    return AccessSeal(
        minute=minute,
        rows=len(rows),
        row_ids=[row.pk for row in rows],
        row_digests=b"".join(digest[:SHORT] for digest in digests),
        last_id=rows[-1].pk if rows else 0,
        previous=previous,
        digest=hashlib.sha256(previous + b"".join(digests)).digest(),
        sealed_at=timezone.now(),
    )


def _row_digest(row: AccessLog) -> bytes:
    """Of all columns, in the order of the table."""
    values = [getattr(row, column.attname) for column in AccessLog._meta.concrete_fields]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).digest()


def _fault_of(seal: AccessSeal, previous: bytes) -> str:
    at = {"minute": f"{seal.minute:%Y-%m-%d %H:%M} UTC"}
    if bytes(seal.previous) != previous:
        return _("the seal before %(minute)s is missing or was changed") % at
    rows = list(
        AccessLog.objects.filter(at__gte=seal.minute, at__lt=seal.minute + MINUTE).order_by("id")
    )
    made = _seal(seal.minute, rows, previous)
    return _wrong_row(seal, made) or (
        "" if bytes(seal.digest) == made.digest
        else _("the seal of %(minute)s was changed") % at
    )  # fmt: skip


def _wrong_row(seal: AccessSeal, made: AccessSeal) -> str:
    kept, found = _short_digests(seal), _short_digests(made)
    for row in sorted(kept.keys() | found.keys()):
        if row not in found:
            return _("row %(row)s is missing") % {"row": row}
        if row not in kept:
            return _("row %(row)s was added after its minute was sealed") % {"row": row}
        if kept[row] != found[row]:
            return _("row %(row)s was changed") % {"row": row}
    return ""


def _short_digests(seal: AccessSeal) -> dict[int, bytes]:
    digests = bytes(seal.row_digests)
    parts = [digests[place : place + SHORT] for place in range(0, len(digests), SHORT)]
    return {row: part or b"" for row, part in zip_longest(seal.row_ids, parts) if row is not None}


def _between(start: datetime, end: datetime) -> AccessLog | None:
    """A row in minutes that had none when they were sealed over."""
    return AccessLog.objects.filter(at__gte=start, at__lt=end).order_by("at", "id").first()
