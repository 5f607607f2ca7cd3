"""Whom a round may ask, as numbers."""

from datetime import date
from typing import Final

# Regulation, art. 7: who has stayed abstinent for three years is no longer under dynamic control;
# after that nobody is asked for by the office (docs/law.md).
YEARS_AFTER: Final = 3
# Nobody is looked in on who has died, and after three abstinent years there is silence.
SILENT: Final = frozenset({"deceased", "clean"})
LONGEST_DAYS: Final = 366
# Closed for a reason after which nobody can be looked in on at home.
ELSEWHERE: Final = frozenset({"deceased", "imprisoned", "corrective", "isolation"})


def asked_since(first: date) -> date:
    """The earliest last day of an order after which a round of this first day still asks."""
    try:
        return first.replace(year=first.year - YEARS_AFTER)
    except ValueError:  # 29 February
        return first.replace(year=first.year - YEARS_AFTER, day=28)
