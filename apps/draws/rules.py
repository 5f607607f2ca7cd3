"""What a draw may do: floor and ceiling of a period, and how long a draw stands. Pure functions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _, ngettext

from apps.core.refusals import Refused

# A draw is made for today or one of the days after it: a plan of months would leak.
DAYS_AHEAD: Final = 31
MOST_VALID_DAYS: Final = 30
MOST_PERIOD_DAYS: Final = 366
# What a new form proposes.
VALID_DAYS, PERIOD_DAYS, FLOOR, CEILING = 3, 90, 0, 2


@dataclass(frozen=True, slots=True)
class Bounds:
    """At least `floor` and at most `ceiling` times a person in `days`, the day of the draw the
    last of them; draws that are made for days ahead count, too.
    """

    days: int
    floor: int
    ceiling: int

    def first(self, day: date) -> date:
        """The first day that counts."""
        return back(day, self.days - 1)

    def owed(self, times: Mapping[str, int]) -> set[str]:
        """Below the floor: drawn before all others."""
        return {one for one, n in times.items() if n < self.floor}

    def spent(self, times: Mapping[str, int]) -> set[str]:
        """At the ceiling: never drawn."""
        return {one for one, n in times.items() if n >= self.ceiling}


def back(day: date, days: int) -> date:
    """So many days before; the calendar has a first day."""
    return date.fromordinal(max(day.toordinal() - days, 1))


def valid_until(day: date, valid_days: int) -> date:
    """The last day on which a test answers the draw."""
    return date.fromordinal(min(day.toordinal() + valid_days, date.max.toordinal()))


def last_day_ahead(today: date) -> date:
    return today + timedelta(days=DAYS_AHEAD)


def refuse_impossible(
    bounds: Bounds, times: Mapping[str, int], number: int, due: Collection[str] = ()
) -> None:
    """`times`: how often each of the pool was drawn in the period. `due`: who has had a duty, and
    stood in the pool of the unit, for the whole period: the floor holds for them today.
    """
    if bounds.floor > bounds.ceiling:
        raise Refused(_("The minimum is higher than the maximum."), field="floor")
    if not times:
        raise Refused(
            _("Nobody of this unit can be drawn: a draw holds only persons with a running duty "
              "on the day who are not excused."), field="area",
        )  # fmt: skip
    if number < 1:
        raise Refused(_("Say how many are drawn: one at least."), field="wanted")
    free = len(times) - len(bounds.spent(times))
    if number > free:
        words = ngettext(
            "Only %(free)s person can be drawn: the others were drawn %(most)s times in %(days)s "
            "days, or there are no more. Draw fewer, or raise the maximum.",
            "Only %(free)s persons can be drawn: the others were drawn %(most)s times in %(days)s "
            "days, or there are no more. Draw fewer, or raise the maximum.", free,
        )  # fmt: skip
        facts = {"free": free, "most": bounds.ceiling, "days": bounds.days}
        raise Refused(words % facts, field="wanted")
    _refuse_floor(bounds, times, number, due)


def _refuse_floor(
    bounds: Bounds, times: Mapping[str, int], number: int, due: Collection[str]
) -> None:
    short = bounds.owed(times) & set(due)
    if not short:
        return
    least = min(times[one] for one in short)
    facts = {"n": len(short), "floor": bounds.floor, "days": bounds.days, "least": least}
    if least + 1 < bounds.floor:
        words = _(
            "The minimum cannot be kept: in %(days)s days somebody was drawn only %(least)s "
            "times, and one draw does not make that %(floor)s. Lower the minimum to %(least)s."
        )
        raise Refused(words % facts, field="floor")
    if number < len(short):
        words = ngettext(
            "%(n)s person was drawn fewer than %(floor)s times in %(days)s days. Draw at least "
            "%(n)s, or lower the minimum to %(least)s.",
            "%(n)s persons were drawn fewer than %(floor)s times in %(days)s days. Draw at least "
            "%(n)s, or lower the minimum to %(least)s.",
            len(short),
        )
        raise Refused(words % facts, field="wanted")
