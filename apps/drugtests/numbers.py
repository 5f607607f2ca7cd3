"""Numbers of samples, as they are printed, scanned and typed."""

import re
from typing import Final
from unicodedata import normalize

_TYPED: Final = re.compile(r"\s*(\d{5,18})(\d)(?:\s*-?\s*([AaBb]))?\s*", re.ASCII)


def sample_number(pk: int) -> str:
    """Five digits at least, then one that tells slips of a finger and swapped neighbours."""
    digits = f"{pk:05d}"
    return digits + check_digit(digits)


def check_digit(digits: str) -> str:
    """As on the bar codes of goods (GS1): weights three and one from the right."""
    total = sum(int(d) * (3 if n % 2 == 0 else 1) for n, d in enumerate(reversed(digits)))
    return str(-total % 10)


def seal_number(typed: str) -> str:
    """In the one form in which seals are compared: half width, capitals, no blanks."""
    return "".join(normalize("NFKC", typed).split()).upper()


def read_number(typed: str) -> int | None:
    """The row that a typed or scanned number names; None for one that is none."""
    if (found := _TYPED.fullmatch(normalize("NFKC", typed))) is None or check_digit(
        found[1]
    ) != found[2]:
        return None
    return int(found[1])


def read_bottle(typed: str) -> str:
    """The letter of a label; empty where only the number was typed."""
    found = _TYPED.fullmatch(normalize("NFKC", typed))
    return (found[3] or "").upper() if found else ""
