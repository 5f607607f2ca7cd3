"""When somebody looks whether a placement lasts."""

from datetime import date, timedelta
from typing import Final

from apps.law.dates import add_months

# The days: an office's habit, and no rule of law.
LOOKS: Final = (30, 90, 180)
# Labour Law, art. 15: nobody under 16 works. Who is 60 is asked for no more.
WORKING_AGE: Final = (16, 60)


def due_look(starts_on: date, day: date) -> tuple[int, date] | None:
    """The last of the looks whose day has come: how many days after the start, and which day."""
    reached = [n for n in LOOKS if starts_on + timedelta(days=n) <= day]
    return (reached[-1], starts_on + timedelta(days=reached[-1])) if reached else None


def birthdays(day: date) -> tuple[date, date]:
    """Who was born after the first and not after the last of these is of working age on the day."""
    young, old = WORKING_AGE
    return add_months(day, -12 * old), add_months(day, -12 * young)
