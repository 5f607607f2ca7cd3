"""One reverse stream of what happened, with a chip for each kind."""

from collections import Counter
from functools import cache
from itertools import chain
from typing import Any, Final

from django.utils.translation import gettext as _

from apps.core.records import every
from apps.core.timeline import Chip, Event, Told
from apps.workbench.happenings import events_from
from apps.workbench.person_file import PersonFile

# Among the lines of one day those of the one query stand between those of the loaded rows.
HAPPENINGS: Final = 100


@cache
def chips() -> dict[str, Any]:
    return {chip.code: chip.label for chip in sorted(every(Chip), key=lambda chip: chip.rank)}


def events_of(file: PersonFile) -> list[Event]:
    """Everything, the newest first."""
    told = [(one.rank, _told(file, one)) for one in every(Told)]
    told.append((HAPPENINGS, list(events_from(file.happenings))))
    told.sort(key=lambda pair: pair[0])
    found = chain.from_iterable(events for _rank, events in told)
    return sorted(found, key=lambda event: event.day, reverse=True)


def _told(file: PersonFile, source: Told) -> list[Event]:
    rows = file.rows_of(source.model)[: source.shown]
    return [event for row in rows for event in source.tell(row)]


def chips_of(events: list[Event], chosen: str) -> list[dict[str, Any]]:
    """The filters over the stream, with their counts."""
    counts = Counter(event.kind for event in events)
    every_kind = {"code": "", "label": _("All"), "n": len(events), "current": not chosen}
    return [every_kind] + [
        {"code": code, "label": label, "n": counts[code], "current": chosen == code}
        for code, label in chips().items()
        if counts[code]
    ]
