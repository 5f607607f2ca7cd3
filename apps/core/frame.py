"""The frame around every page as ready strings, kept by what they say.

A part of the frame follows from the language and from the facts that PARTS names for it: its
template gets those and nothing else. Equal facts are equal strings, so what is kept can be
neither stale nor another's. What differs with every request or person (MARKS) is left open in
the kept string and put in, escaped, when it is used.
"""

import re
import secrets
from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from apps.core.navigation import Link, help_for, links_for, may, unread_of, url_or_none
from apps.core.text import initial

# Each part (templates/core/frame) and the facts it says.
PARTS: Final[dict[str, tuple[str, ...]]] = {
    "styles": (),
    "scripts": (),
    "side": ("links",),
    "bottom": ("links",),
    "top": ("help_url", "search_url", "switches", "has_area", "rings"),
    "phone": ("help_url", "search_url", "switches", "rings"),
    "words": ("stay",),
}
MARKS: Final = (
    "token",
    "here",
    "words",
    "name",
    "initial",
    "role",
    "area",
    "switch",
    "seconds",
    "unread",
)
KEPT: Final = 400
# No text of a page holds it: it is made anew by each process.
_MARK: Final = secrets.token_hex(12)


class Frame:
    """The facts of one request. What no part asks for is not looked up."""

    def __init__(self, request: HttpRequest, units: list[str]) -> None:
        self.request, self.units = request, units
        self._put_in: dict[str, str] | None = None

    def part(self, name: str, context: Mapping[str, Any]) -> SafeString:
        """A part with what this request puts into it."""
        facts = tuple(getattr(self, fact) for fact in PARTS[name])
        if self._put_in is None:
            self._put_in = self._given(context)
        return filled(drawn(name, get_language() or "", facts), self._put_in)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return tuple(links_for(self.request))

    @cached_property
    def help_url(self) -> str:
        return help_for(self.request)

    @property
    def search_url(self) -> str | None:
        return url_or_none("workbench:search") if may(self.request.user, "person_view") else None

    @property
    def switches(self) -> bool:
        """Whoever sees a whole area may look at one unit of it."""
        return bool(getattr(self.request.user, "switches_units", False))

    @property
    def has_area(self) -> bool:
        return bool(self.units)

    @property
    def rings(self) -> bool:
        """Whether notices are unread; how many differs with every person."""
        return bool(unread_of(self.request.user))

    @property
    def stay(self) -> bool | None:
        """Whether using the page prolongs the session; None where none ends."""
        ends: tuple[int, bool] | None = getattr(self.request, "session_ends", None)
        return ends[1] if ends else None

    def _given(self, context: Mapping[str, Any]) -> dict[str, str]:
        user: Any = self.request.user
        ends = getattr(self.request, "session_ends", None)
        given = {
            "token": context["csrf_token"], "here": self.request.get_full_path(),
            "words": context["search_words"], "name": user.name, "initial": initial(user.name),
            "role": user.get_role_display(), "area": " › ".join(self.units),
            "switch": self._switch() if self.switches else "", "seconds": ends[0] if ends else "",
            "unread": unread_of(user),
        }  # fmt: skip
        return {name: conditional_escape(value) for name, value in given.items()}

    def _switch(self) -> str:
        """Where another unit is chosen; a page that knows no units leads to the persons."""
        narrowed = [link.url.partition("?")[0] for link in self.links if link.by_area]
        known = self.request.path in narrowed
        here = self.request.get_full_path() if known else url_or_none("persons:list")
        return f"{url_or_none('accounts:units')}?{urlencode({'next': here})}"


@lru_cache(KEPT)
def drawn(part: str, language: str, facts: tuple[Any, ...]) -> tuple[str, ...]:
    """The part in pieces: text and names of marks in turn. `language` is the active one."""
    given = dict(zip(PARTS[part], facts, strict=True))
    marks: dict[str, Any] = {name: mark(name) for name in MARKS}
    links = given.get("links", ())
    context = given | {
        "lang": language,
        "nav": [
            {"title": group, "links": list(items)}
            for group, items in groupby(links, key=lambda link: link.group)
        ],
        "bottom_nav": links[:4],
        "csrf_token": marks["token"],
        "here": marks["here"],
        "search_words": marks["words"],
        "seconds": marks["seconds"],
        "unread": marks["unread"] if given.get("rings") else "",
        "user": {"name": marks["name"], "get_role_display": marks["role"]},
        "initial": marks["initial"],
        "area_label": marks["area"] if given.get("has_area") else "",
        "area_switch": marks["switch"] if given.get("switches") else "",
    }
    return in_pieces(f"core/frame/{part}.html", context)


def in_pieces(template: str, context: dict[str, Any]) -> tuple[str, ...]:
    """What a template draws; marks in the context stay open."""
    html = get_template(template).render(context)
    return tuple(re.split(f"{_MARK}([a-z]+);", html))


def mark(name: str) -> str:
    """Stands in a context for what is put in later."""
    return f"{_MARK}{name};"


def filled(pieces: tuple[str, ...], given: Mapping[str, str]) -> SafeString:
    """The pieces with what is given for their marks."""
    parts = list(pieces)
    parts[1::2] = [given[name] for name in pieces[1::2]]
    return mark_safe("".join(parts))  # noqa: S308 - drawn by a template, and escaped
