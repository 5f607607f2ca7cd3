"""When somebody looks whether a placement lasts."""

from datetime import date
from typing import Final

from apps.law.dates import add_months

# An office's habit, and no rule of law.
LOOKS: Final = (30, 90, 180)
# Labour Law, art. 15: nobody under 16 works. Who is 60 is asked for no more.
WORKING_AGE: Final = (16, 60)


def birthdays(day: date) -> tuple[date, date]:
    """Who was born after the first and not after the last of these is of working age on the day."""
    young, old = WORKING_AGE
    return add_months(day, -12 * old), add_months(day, -12 * young)
