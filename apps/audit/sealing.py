"""Closed minutes of the access log are sealed: their rows' hashes, chained to the minute before.

Nobody waits for a seal: it is made afterwards. A row that is changed, taken out or slipped in
later no longer fits, and `first_fault` names it. Seals are keyed (`SEAL_KEY`, never in the
database), so that whoever rewrites rows cannot seal them, and their ends are kept outside
(`outside.py`), so that a chain cut short, emptied or begun anew does not fit either.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby, zip_longest

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.audit import outside
from apps.audit.models import AccessLog, AccessSeal
from apps.core.refusals import Refused

START = bytes(32)
# Bytes of each row's own hash that are kept, to name the row.
SHORT = 8
# Clocks of two servers may differ by this much.
MARGIN = timedelta(seconds=10)
# Any number will do, so long as nothing else locks it.
LOCK = 718_230_401
MINUTE = timedelta(minutes=1)
# A row is sealed after a minute; after this time without a seal something is wrong.
OPEN = timedelta(hours=2)


@dataclass
class SealedLines:
    minutes: int = 0
    rows: int = 0


def seal_closed_minutes(now: datetime | None = None) -> SealedLines:
    """Seal every minute that is over and can get no more rows; a second run does nothing.

    Refused when the chain is not the one that was kept outside: what was rewritten would be
    sealed as if it were true.
    """
    with transaction.atomic():
        if not _alone():
            return SealedLines()
        if fault := _break_at_the_end():
            raise Refused(fault)
        # A line that cannot be written stops the next run here: one run at most is left out.
        outside.keep(_not_outside_yet())
        counts = _seal_minutes(now or timezone.now())
    # After the commit: a line is never without its seal. What a crash leaves out here is found
    # by its key, and added, with the next run.
    outside.keep(_not_outside_yet())
    return counts


def _alone() -> bool:
    """No other process seals at this moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _seal_minutes(now: datetime) -> SealedLines:
    counts = SealedLines()
    last = AccessSeal.objects.order_by("-minute").first()
    rows = AccessLog.objects.filter(at__lt=_closed_until(now))
    if last is not None:
        rows = rows.filter(at__gte=last.minute + MINUTE)
    previous, run_at = bytes(last.digest) if last else START, timezone.now()
    for minute, entries in _by_minute(rows.order_by("at", "id").iterator(chunk_size=2000)):
        seal = _seal(minute, sorted(entries, key=lambda row: row.pk), previous)
        seal.sealed_at = run_at
        seal.save()
        previous = bytes(seal.digest)
        counts.minutes += 1
        counts.rows += seal.rows
    return counts


def first_fault(now: datetime | None = None) -> str:
    """What is wrong first, in words, or nothing: the chain, its ends outside, rows left open."""
    return _fault_of_chain() or _break_outside() or _left_open(now or timezone.now())


def _fault_of_chain() -> str:
    """Walk from the beginning."""
    previous = START
    sealed_until = datetime.min.replace(tzinfo=UTC)
    for seal in AccessSeal.objects.order_by("minute").iterator(chunk_size=500):
        if row := _between(sealed_until, seal.minute):
            return _("row %(row)s was added after its minute was sealed") % {"row": row.pk}
        fault = _fault_of(seal, previous)
        if fault:
            return fault
        previous, sealed_until = bytes(seal.digest), seal.minute + MINUTE
    return ""


def _break_at_the_end() -> str:
    """As _break_outside, of the newest seals alone: quick enough for every minute."""
    last = outside.last()
    if last is None:
        return _break_outside() if AccessSeal.objects.exists() else ""
    if isinstance(last, outside.Accepted) or (last.digest == _digest_at(last) and _is_last(last)):
        return ""
    return _break_outside()


def _digest_at(line: outside.Kept) -> str | None:
    """The digest in the database of the minute of a line; none where the line names no minute."""
    found = AccessSeal.objects.filter(minute=line.moment).first() if line.moment else None
    return bytes(found.digest).hex() if found else None


def _is_last(line: outside.Kept) -> bool:
    """Where a crash left lines out, the whole file is looked at."""
    return not AccessSeal.objects.filter(minute__gt=line.moment).exists()


def _break_outside() -> str:
    """Each seal that is kept outside is in the database, as it was, and the other way round."""
    kept, breaks = outside.kept()
    digests = {
        minute.isoformat(): (bytes(digest).hex(), sealed_at)
        for minute, digest, sealed_at in AccessSeal.objects.order_by("minute").values_list(
            "minute", "digest", "sealed_at"
        )
    }
    for seal in kept:
        at = {"minute": seal.minute}
        if seal.minute not in digests:
            return _("the seal of %(minute)s is kept outside the database and missing in it") % at
        if digests[seal.minute][0] != seal.digest:
            return _("the seal of %(minute)s is not the one that was kept outside") % at
    if digests and not kept and not breaks:
        return _("the file of the seals outside the database is missing")
    return _missing_outside(kept, breaks, {key: at for key, (_digest, at) in digests.items()})


def _missing_outside(
    kept: list[outside.Kept], breaks: list[outside.Accepted], sealed_at: dict[str, datetime]
) -> str:
    """Seals since the last accepted break without a line, but for those of one run at the end."""
    begin = breaks[-1].moment if breaks else None
    known, last = {seal.minute for seal in kept}, kept[-1].minute if kept else ""
    missing = [
        minute
        for minute, at in sealed_at.items()
        if minute not in known and (begin is None or at > begin)
    ]
    at_the_end = [minute for minute in missing if minute > last]
    if missing and (missing != at_the_end or len({sealed_at[one] for one in missing}) > 1):
        return _("the seal of %(minute)s is missing in the file outside the database") % {
            "minute": missing[0]
        }
    return ""


def _not_outside_yet() -> list[tuple[datetime, bytes]]:
    """Seals after the last one outside: only a run of ours, which has the key, has made them."""
    last, seals = outside.last(), AccessSeal.objects.order_by("minute")
    if isinstance(last, outside.Kept):
        seals = seals.filter(minute__gt=last.moment)
    elif last is not None and last.moment is not None:
        seals = seals.filter(sealed_at__gt=last.moment)
    return [(seal.minute, bytes(seal.digest)) for seal in seals if _is_ours(seal)]


def _is_ours(seal: AccessSeal) -> bool:
    return not _fault_of(seal, bytes(seal.previous))


def _left_open(now: datetime) -> str:
    """Rows that nobody has sealed for hours, and rows of a time that has not come."""
    future = AccessLog.objects.filter(at__gt=now + OPEN).order_by("pk").first()
    if future is not None:
        return _("row %(row)s carries a time that has not come") % {"row": future.pk}
    last = AccessSeal.objects.order_by("-minute").first()
    rows = AccessLog.objects.filter(at__lt=now - OPEN)
    if last is not None:
        rows = rows.filter(at__gte=last.minute + MINUTE)
    row = rows.order_by("at", "pk").first()
    return _("row %(row)s is not sealed: sealing has stopped") % {"row": row.pk} if row else ""


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
        digest=_keyed(previous + minute.isoformat().encode() + b"".join(digests)),
        sealed_at=timezone.now(),
    )


def _keyed(content: bytes) -> bytes:
    key = base64.b64decode(settings.SEAL_KEY)
    return hmac.new(key, b"access-seal:" + content, hashlib.sha256).digest()


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
        "" if bytes(seal.digest) == made.digest else _("the seal of %(minute)s was changed") % at
    )


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
