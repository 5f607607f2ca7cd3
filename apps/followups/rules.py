"""Whom a round may ask, as numbers."""

from datetime import date
from typing import Final

# Regulation, art. 7: who has stayed abstinent for three years is no longer under dynamic control;
# after that nobody is asked for by the office (docs/law.md).
YEARS_AFTER: Final = 3
# Each of them once a year.
DAYS_BETWEEN: Final = 365
LONGEST_DAYS: Final = 366


def asked_since(first: date) -> date:
    """The earliest last day of an order after which a round of this first day still asks."""
    try:
        return first.replace(year=first.year - YEARS_AFTER)
    except ValueError:  # 29 February
        return first.replace(year=first.year - YEARS_AFTER, day=28)
