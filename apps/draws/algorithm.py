"""Who is drawn: version 1, a pure function of what is stored, the same on every machine.

Anybody can do it again with another tool. For each number of the pool the mark is

    printf %s 0190b1c4-… | openssl dgst -sha256 -mac HMAC -macopt hexkey:SEED

that is HMAC-SHA256 with the 16 bytes of the seed as key and the number as 36 small letters, digits
and dashes (ASCII), written in hexadecimal. Whoever has reached the ceiling is struck out. The
others stand in the order of their marks, those below the floor before everybody else; the first
so many are drawn. The order of the pool changes nothing.
"""

import hmac
from collections.abc import Collection, Sequence
from typing import Final

VERSION: Final = 1
SEED_BYTES: Final = 16


def mark(seed: str, number: str) -> str:
    """Where a number stands: nobody can tell before the seed is there."""
    return hmac.digest(bytes.fromhex(seed), number.encode("ascii"), "sha256").hex()


def draw(
    pool: Sequence[str],
    seed: str,
    number: int,
    owed: Collection[str] = (),
    spent: Collection[str] = (),
    due: Collection[str] = (),
) -> list[str]:
    """The numbers drawn, in order; `owed` are below the floor, `spent` at the ceiling; `due`
    are those of the owed for whom the floor holds today.

    Raises ValueError where a number stands twice, the seed is none, or so many cannot be drawn.
    """
    if len(set(pool)) != len(pool):
        raise ValueError("a number stands twice in the pool")
    if len(bytes.fromhex(seed)) != SEED_BYTES:
        raise ValueError("the seed has 32 hexadecimal digits")
    first, then, never = set(due), set(owed), set(spent)
    free = [one for one in pool if one not in never]
    if not 0 < number <= len(free):
        raise ValueError(f"{number} of {len(free)} cannot be drawn")
    tier = {one: (one not in first, one not in then and one not in first) for one in free}
    return sorted(free, key=lambda one: (*tier[one], mark(seed, one)))[:number]
