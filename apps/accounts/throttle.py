"""How often may be tried: counted before the check, on the name that is looked up.

docs/adr/0019 says why this is ours. A try is stored as wrong, under a lock, before the password
is looked at, so that tries at the same moment count each other; it becomes right afterwards.
"""

import logging
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.addresses import client_address, network_of
from apps.accounts.models import SignInTry, User
from apps.accounts.models.tries import TryOutcome
from apps.accounts.names import sign_in_name
from apps.core.crypto import blind_index

logger = logging.getLogger(__name__)

QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)
# An account is at home at an address from which it signed in not long ago.
AT_HOME = timedelta(days=90)
# The auditor reads tries for half a year and more.
KEPT = timedelta(days=200)
# A refused try is written down once a minute at most.
WRITTEN_DOWN = timedelta(minutes=1)


@dataclass(frozen=True)
class Limit:
    """So many wrong tries within the time; counted over rows with the same `of`.

    `at_home`: for accounts that are at home at the address, or for others; None: for all. It
    keeps an office working while a stranger at its address, or a colleague, is refused.
    """

    tries: int
    within: timedelta
    of: tuple[str, ...]
    at_home: bool | None = None


LIMITS = (
    # Whoever types the own password wrong.
    Limit(5, QUARTER, ("name_key", "address")),
    # Many addresses try one account; where its holder is at home it goes on.
    Limit(20, QUARTER, ("name_key",), at_home=False),
    Limit(100, DAY, ("name_key",), at_home=False),
    # One address, or one office, tries many accounts.
    Limit(30, QUARTER, ("address",), at_home=False),
    Limit(100, QUARTER, ("network",), at_home=False),
    Limit(100, QUARTER, ("address",), at_home=True),
)


@dataclass(frozen=True)
class Try:
    """A try that was counted. `wait`: it is refused for so many seconds, and was not counted."""

    row: SignInTry
    wait: int = 0

    def prove(self, user: User) -> None:
        """It was right."""
        self.row.outcome, self.row.user = TryOutcome.RIGHT, user
        self.row.save(update_fields=["outcome", "user"])


@transaction.atomic(durable=True)
def begin(request: HttpRequest | None, name: str, way: str) -> Try:
    """Count a try before it is checked, unless there were too many.

    Durable: a view that wraps it in a transaction would hold the locks while it checks, and
    lose the count with an error: such a view is `non_atomic_requests`.
    """
    row = _row(request, name, way)
    _lock([f"name {row.name_key.hex()}", f"network {row.network}"])
    row.at = now = timezone.now()
    row.at_home = (
        _same(row, ("name_key", "address"))
        .filter(outcome=TryOutcome.RIGHT, at__gt=now - AT_HOME)
        .exists()
    )
    until = max((_refused_until(limit, row) for limit in LIMITS), default=now)
    if until <= now:
        row.save()
        return Try(row)
    _write_down(row)
    return Try(row, max(1, math.ceil((until - now).total_seconds())))


def name_key(name: str) -> bytes:
    """What is kept of a name: equal for every spelling, and nothing that can be read."""
    return blind_index("sign-in name", sign_in_name(name))


def _row(request: HttpRequest | None, name: str, way: str) -> SignInTry:
    address = client_address(request) if request else None
    user = User.objects.named(name).first()
    return SignInTry(
        way=way, user=user, name_key=name_key(name), address=address, network=network_of(address)
    )


def _refused_until(limit: Limit, row: SignInTry) -> datetime:
    """When the oldest of the tries that fill the limit is forgotten; now if it is not full."""
    if limit.at_home not in {None, row.at_home}:
        return row.at
    rows = _same(row, limit.of).filter(outcome=TryOutcome.WRONG, at__gt=row.at - limit.within)
    if limit.at_home is not None and "name_key" not in limit.of:
        rows = rows.filter(at_home=limit.at_home)
    if "address" in limit.of and "name_key" in limit.of:
        right = _same(row, limit.of).filter(outcome=TryOutcome.RIGHT).order_by("-at")
        last = right.values_list("at", flat=True).first()
        rows = rows.filter(at__gt=last) if last else rows
    full = list(rows.order_by("-at").values_list("at", flat=True)[limit.tries - 1 : limit.tries])
    return full[0] + limit.within if full else row.at


def _same(row: SignInTry, names: Iterable[str]) -> Any:
    facts = {name: getattr(row, name) for name in names}
    if facts.get("address", "") is None:
        facts["address__isnull"] = facts.pop("address") is None
    return SignInTry.objects.filter(**facts)


def _write_down(row: SignInTry) -> None:
    """For the auditor, without a row for each of a flood."""
    row.outcome = TryOutcome.REFUSED
    lately = {"outcome": TryOutcome.REFUSED, "at__gt": row.at - WRITTEN_DOWN}
    if not _same(row, ("name_key", "address")).filter(**lately).exists():
        row.save()
        logger.warning("sign-in refused, too many wrong tries: %s", row.address)


def _lock(names: list[str]) -> None:
    """Until the count is stored; in one order, so that two never wait for each other."""
    keys = sorted(int.from_bytes(blind_index("lock", n)[:8], "big", signed=True) for n in names)
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
