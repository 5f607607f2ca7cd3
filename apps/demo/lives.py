"""What happened to each person of the demo: the spread of states, and the dates of an order."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from apps.cases.codes import Measure
from apps.cases.rules import term_end

PERSONS: Final = 300
YEAR: Final = timedelta(days=365)
# How many of the three hundred are in which state; whoever is left has an order in force.
STATES: Final = {
    "clean": 30,
    "follow_up": 38,
    "decided": 9,
    "not_reported": 5,
    "not_agreed": 7,
    "expired": 14,
    "closed": 20,
    "on_leave": 9,
    "suspended": 5,
    "not_assigned": 7,
}
# States before the order is in force: its dates lie only days back.
WITHOUT_ORDER: Final = frozenset({"clean", "follow_up"})
ENDED: Final = frozenset({"expired", "closed"})


@dataclass(frozen=True)
class Dates:
    """Of an order; None where it is not known or has not happened."""

    measure: str
    months: int
    decided: date
    received: date | None
    reported: date | None
    agreed: date | None
    paper_end: date | None


def states() -> list[str]:
    """The state of each person, well mixed and always the same."""
    spread = [state for state, count in STATES.items() for _ in range(count)]
    spread += ["in_force"] * (PERSONS - len(spread))
    Random("homeward").shuffle(spread)
    return spread


def dates_for(state: str, rng: Random, day: date, least: int = 20) -> Dates:
    """Dates that put the order into the state on the day, reported so many days ago at least."""
    measure = Measure.SQJD if rng.random() < 0.55 else Measure.SQKF
    months = 36 if measure == Measure.SQJD else rng.choice((12, 24, 36, 36))
    reported = _reported(state, months, rng, day, least)
    decided = (reported or day) - timedelta(days=_since_decision(state, rng))
    received: date | None = decided + timedelta(days=rng.randrange(3))
    if state == "in_force" and rng.random() < 0.07:
        received = None  # a gap to clear
    agreed = None if state == "not_agreed" or reported is None else _agreed(reported, rng, day)
    end = term_end(reported, months) if reported else None
    if end and rng.random() < 0.04:
        end += timedelta(days=rng.choice((-1, 1, 2)))  # a paper that deviates
    return Dates(measure, months, decided, received, reported, agreed, end)


def _reported(state: str, months: int, rng: Random, day: date, least: int) -> date | None:
    term = months * 30
    if state in ("decided", "not_reported"):
        return None
    if state == "not_agreed":
        return day - timedelta(days=rng.randrange(1, 12))
    if state == "expired":
        return day - timedelta(days=int(months * 30.5) + rng.randrange(8, 120))
    return day - timedelta(days=max(rng.randrange(20, term - 20), least))


def _since_decision(state: str, rng: Random) -> int:
    if state == "not_reported":
        return rng.randrange(22, 40)
    return rng.randrange(2, 11)


def _agreed(reported: date, rng: Random, day: date) -> date:
    return min(reported + timedelta(days=rng.randrange(4)), day)
