"""What many tables know of a person, in one query."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from django.urls import reverse

from apps.accounts.models import User
from apps.core.days import today
from apps.core.records import every
from apps.core.shared_statements import PreparedForReaders
from apps.core.timeline import DAYS, MOMENTS, Event, Happening, Happenings
from apps.persons.models import Person

_WRITTEN: Final = PreparedForReaders(100)


@cache
def sources() -> dict[str, Happenings]:
    return {one.src: one for one in sorted(every(Happenings), key=lambda one: one.rank)}


def happenings(person: Person, user: User, *, whole: bool) -> list[Happening]:
    """Newest first; `whole`: with what only the timeline shows."""
    if user.area is None or not user.sees_cases:
        return []
    rows = _WRITTEN.rows(
        user, (today(), whole), lambda one: _union(one, whole=whole), person=person.pk
    )
    return [Happening(*row) for row in rows]


def _union(user: User, *, whole: bool) -> Any:
    first, *others = (one.rows(user) for one in sources().values() if whole or one.in_band)
    return first.union(*others, all=True).order_by("-d1")


def events_from(rows: Iterable[Happening]) -> Iterator[list[Event]]:
    """The lines of each row: one for each of its days that has come."""
    for row in rows:
        source = sources()[row.src]
        if source.tell is None:
            continue
        url = reverse(source.url_name, args=[row.ref]) if source.url_name and row.ref else ""
        yield [
            Event(
                getattr(row, day), source.chip, source.icon, title, words, tag, url,
                at=getattr(row, MOMENTS[DAYS.index(day)]),
            )
            for day, title, words, tag in source.tell(source.opened(row))
            if getattr(row, day) is not None
        ]  # fmt: skip
