"""One reverse stream of what happened, with a chip for each kind."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import Any, Final

from django.utils.translation import gettext as _

from apps.core.days import end_of, local_day, start_of
from apps.core.records import every
from apps.core.timeline import Chip, Event, Told
from apps.workbench.person_file import PersonFile
from apps.workbench.timeline_rows import events_from

# Among the lines of one day those of the one query stand between those of the loaded rows.
HAPPENINGS: Final = 100


@cache
def chips() -> dict[str, Any]:
    return {chip.code: chip.label for chip in sorted(every(Chip), key=lambda chip: chip.rank)}


def events_of(file: PersonFile) -> list[Event]:
    """Everything, the newest first."""
    told = [(one.rank, _told(file, one)) for one in every(Told)]
    told.append((HAPPENINGS, events_from(file.happenings)))
    told.sort(key=lambda pair: pair[0])
    rows = chain.from_iterable(rows for _rank, rows in told)
    found = _once(chain.from_iterable(_timed(list(row)) for row in rows))
    return sorted(found, key=lambda event: (event.day, event.at), reverse=True)


def _told(file: PersonFile, source: Told) -> Iterator[Iterable[Event]]:
    return (source.tell(row) for row in file.rows_of(source.model)[: source.shown])


def _timed(lines: list[Event]) -> list[Event]:
    """The lines of a row, the latest first, each with a moment on its day.

    One that knows none goes with its neighbour of the day; else a row begins with the day, and
    what came of it ends with the day.
    """
    known = [line.at if line.at and local_day(line.at) == line.day else None for line in lines]
    timed = []
    for place, line in enumerate(lines):
        near = chain(range(place, len(lines)), reversed(range(place)))
        at = next((known[n] for n in near if known[n] and lines[n].day == line.day), None)
        timed.append(replace(line, at=at or (end_of if place else start_of)(line.day)))
    return timed[::-1]


def _once(events: Iterable[Event]) -> Iterator[Event]:
    """What two tables tell of one thing stands once, as the first of them tells it."""
    seen = set()
    for event in events:
        if not event.url or (event.url, event.title) not in seen:
            yield event
        seen.add((event.url, event.title))


def chips_of(events: list[Event], chosen: str) -> list[dict[str, Any]]:
    """The filters over the stream, with their counts."""
    counts = Counter(event.kind for event in events)
    every_kind = {"code": "", "label": _("All"), "n": len(events), "current": not chosen}
    return [every_kind] + [
        {"code": code, "label": label, "n": counts[code], "current": chosen == code}
        for code, label in chips().items()
        if counts[code]
    ]
