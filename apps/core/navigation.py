"""What the frame shows of an entry of config/navigation.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.module_loading import import_string

from apps.core.days import today
from apps.core.shared_statements import PreparedForReaders

_WRITTEN: Final = PreparedForReaders()
_SOME_ID: Final = UUID(int=2**127 - 1)
# How many lines are overdue or for today, as Today last showed it.
TODAY_COUNT: Final = "today_count"
_IN_DOUBT: Final = ["", 0]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the side bar: shown if the address exists and the user may see it."""

    label: Any
    icon: str
    url_name: str
    permission: str = ""
    group: Any = ""
    count: str = ""  # dotted path of (user) -> rows that are counted
    by_area: bool = False  # the page narrows to the unit that `area` in the address names
    remembered: str = ""  # key of a number that a page left in the session
    recount: str = ""  # dotted path of (user, day) -> that number, for after an act


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as a page shows it, in words: equal links look the same."""

    label: str
    icon: str
    url: str
    group: str
    current: bool
    count: int
    by_area: bool = False
    live: bool = False  # the page changes the number after a tap


def may(user: Any, permission: str) -> bool:
    """Whether the user holds the permission; core knows neither users nor permissions."""
    if not permission:
        return True
    check: Callable[[str], bool] | None = getattr(user, "may", None)
    return bool(check and check(permission))


def url_or_none(name: str, *args: Any) -> str | None:
    site = (get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    if not args:
        return _address(name, *site)
    if len(args) == 1 and isinstance(args[0], UUID):
        parts = _around_id(name, *site)
        return None if parts is None else f"{parts[0]}{args[0]}{parts[1]}"
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


def url_of(name: str, public_id: UUID) -> str:
    """The address of one row: a list has it fifty times."""
    found = url_or_none(name, public_id)
    if found is None:
        raise NoReverseMatch(name)
    return found


@lru_cache(512)
def _around_id(name: str, urlconf: str, prefix: str) -> tuple[str, str] | None:
    """What stands before and behind the id of a row; a UUID is written in one way only."""
    try:
        before, after = reverse(name, urlconf, args=[_SOME_ID]).split(str(_SOME_ID))
    except NoReverseMatch:
        return None
    return before, after


@lru_cache(512)
def _address(name: str, urlconf: str, prefix: str) -> str | None:
    """What has no part that varies is looked up once."""
    try:
        return reverse(name, urlconf)
    except NoReverseMatch:
        return None


def links_for(request: HttpRequest) -> list[Link]:
    seen, focus = _seen(request), focus_of(request)
    here, counts = entry_here(request), _counts(request, seen)
    return [
        Link(
            str(entry.label),
            entry.icon,
            f"{url}?area={focus.code}" if focus and entry.by_area else url,
            str(entry.group),
            entry is here,
            counts.get(entry.count, 0) if entry.count else _remembered(entry, request),
            entry.by_area,
            bool(entry.remembered),
        )
        for entry, url in seen
    ]


def entry_here(request: HttpRequest) -> Entry | None:
    """The entry to which the page belongs: the longest address above it."""
    above = [(url, entry) for entry, url in _seen(request) if request.path.startswith(url)]
    return max(above, key=lambda pair: len(pair[0]))[1] if above else None


def _seen(request: HttpRequest) -> list[tuple[Entry, str]]:
    """Entries whose page exists and that the user may open, with its address. The parts of a
    frame ask for them one after another: they are found once for a request.
    """
    seen: list[tuple[Entry, str]] | None = getattr(request, "entries_seen", None)
    if seen is None:
        entries: Sequence[Entry] = import_string(settings.NAVIGATION)
        seen = request.entries_seen = [  # type: ignore[attr-defined]
            (entry, url)
            for entry in entries
            if may(request.user, entry.permission) and (url := url_or_none(entry.url_name))
        ]
    return seen


def unread_of(user: Any) -> str:
    """How many notices wait, as the bell says it; they came with the user."""
    found = len(getattr(user, "unread_notices", ()))
    return "9+" if found > 9 else str(found or "")


def help_for(request: HttpRequest) -> str:
    """The part of the guide that speaks of this page; the guide itself where none does."""
    start = url_or_none("guide:index") or ""
    name = request.resolver_match.view_name if request.resolver_match else ""
    parts: dict[str, str] = import_string(settings.HELP)
    part = parts.get(name) or parts.get(name.partition(":")[0] + ":")
    if not start or not part:
        return start
    page, anchor = part.split("#")
    return f"{start}{page}/#{anchor}"


def focus_of(request: HttpRequest) -> Any:
    """The unit below the user's own to which the address narrows a page, or nothing."""
    if not hasattr(request, "focus"):
        text = request.GET.get("area", "")
        find = getattr(request.user, "unit_below", None)
        request.focus = find(text) if text and find else None  # type: ignore[attr-defined]
    return request.focus  # type: ignore[attr-defined]


def remember_count(request: HttpRequest, key: str, number: int, day: date) -> None:
    """Leave a number for the side bar; it is good for the day, until an act puts it in doubt."""
    kept = [day.isoformat(), number]
    if request.session.get(key) != kept:
        request.session[key] = kept


def doubt_count(request: HttpRequest, key: str) -> None:
    """An act elsewhere may have made the number wrong: the next page that shows it counts anew.

    A number that is in doubt already stays so: the session is not stored once more.
    """
    if request.session.get(key, _IN_DOUBT) != _IN_DOUBT:
        request.session[key] = list(_IN_DOUBT)


def _remembered(entry: Entry, request: HttpRequest) -> int:
    """The number as the page left it; counted anew once after an act, and on a new day."""
    kept = request.session.get(entry.remembered) if entry.remembered else None
    if kept is None:
        return 0
    if kept[0] != today().isoformat():
        day = today()
        kept = [day.isoformat(), import_string(entry.recount)(request.user, day)]
        remember_count(request, entry.remembered, kept[1], day)
    return int(kept[1])


def _counts(request: HttpRequest, seen: Sequence[tuple[Entry, str]]) -> dict[str, int]:
    """The numbers of all entries that have one, in one query: they are of this moment."""
    paths = [entry.count for entry, _url in seen if entry.count]
    if not paths:
        return {}
    rows = [partial(_ids, path) for path in paths]
    found = _WRITTEN.counts(request.user, (today(), *paths), rows)  # type: ignore[arg-type]
    return dict(zip(paths, found, strict=True))


def _ids(path: str, user: Any) -> Any:
    return import_string(path)(user).order_by().values("pk")
