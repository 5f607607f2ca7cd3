"""Every way on which somebody comes to read of a person, found from the addresses by their kind.

`url_matrix.py` says who may ask an address; here it is asked as people use it. A list is read,
narrowed by its choices, by a posted name that the session keeps and by a unit, and taken along as a
file; a search is posted and read under its key; rows have pages, papers and acts; the admin has its
lists, searches and choosers. A new address of these kinds is walked without being named; a page of
no row that is no list needs its line in `SENT`: what it can be asked for.
"""

import copy
import json
import os
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any, Final

from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from django_filters import ChoiceFilter

from apps.areas.filters import AreaFilter
from apps.core.filters import BaseFilterSet, TickFilter
from apps.core.list_page import ListPage
from tests.architecture.matrix_world import World
from tests.architecture.url_lines import Line
from tests.architecture.visitors import WORKER

SOAK: Final = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
Words = dict[str, str]
# What a page of no row can be asked for: {row} the person, {words} a part of the name, {number},
# {phone}, {unit} the name of a unit. A post is followed. An empty line: nothing of anybody.
SENT: Final[dict[str, list[tuple[str, Words]]]] = {
    "home": [],
    "core:gallery": [],
    "accounts:me": [],
    "accounts:password": [],
    "accounts:units": [("get", {"area": "{unit}"})],
    "guide:index": [],
    "workbench:today": [("get", {"area": "{unit}"})],
    "workbench:search": [
        ("post", {"q": words}) for words in ("{words}", "{number}", "{phone}", "{four}", "{file}")
    ],
    "workbench:round-add": [("post", {"q": "{words}"})],
    "workbench:round-with": [("post", {"row": "{row}"})],
    "persons:view-save": [("post", {"name": "近期", "query": "status=running"})],
    "persons:create": [
        ("post", {name: words})
        for name, words in (
            ("name", "{words}"), ("document_number", "{number}"), ("phone", "{phone}")
        )
    ],
    "persons:assign": [("post", {"row": "{row}"})],
    "persons:lookups-seen": [("post", {"row": "{row}"})],
    "plans:new": [],
    "imports:new": [],
    "exports:dictionary": [],
    "exports:dictionary-file": [],
    "exports:ledger": [
        ("post", {"ledger": code, "purpose": "核对名册", "whole": "1"})
        for code in ("persons", "checkins", "drugtests", "assistance", "employment", "learning")
    ],
    "handover:load": [],
    "handover:receive": [],
    "plans:choose": [],
    "notices:read-all": [("post", {})],
    "checkins:round": [("get", {name: "{row}"}) for name in ("person", "also")]
    + [("get", {"place": "{unit}"})],
    "checkins:round-print": [("get", {"person": "{row}"}), ("get", {"place": "{unit}"})],
    "checkins:round-apply": [("post", {"act": "phone", "tap": "{row},{row},0"})],
    "assessments:round-new": [],
    "assessments:validity-new": [],
    "documents:templates": [],
    "draws:new": [],
    "periodic:preview": [("get", {"area": "{unit}"})],
    "periodic:forms": [],
    "periodic:rules": [],
    "periodic:new-rule": [],
    "campaigns:new": [],
    "campaigns:day": [("post", {"act": "find", "number": "{number}"})],
    "assistance:ledger": [],
    "assistance:budget": [],
    "assistance:close": [],
    "followups:new": [],
    "care:new-list": [],
    "employment:new-base": [],
    "employment:new-course": [],
    "treatment:new-clinic": [],
    "learning:new-score": [],
    "draws:statistics": [("get", {"area": "{unit}"})],
    "intake:expect": [],
    "covers:begin": [],
    "reports:dashboard": [],
    "reports:indicators": [("get", {"area": "{unit}"})],
    "reports:help": [("get", {"area": "{unit}"})],
    "reports:quality": [("get", {"area": "{unit}"})],
    "reports:trend": [("get", {"area": "{unit}"})],
    "admin:index": [],
    "admin:jsi18n": [],
}  # fmt: skip
KINDS: Final = frozenset({
    "list", "choice", "unit", "posted name", "past days", "export", "page", "search", "row", "act",
    "admin list", "admin search", "chooser",
})  # fmt: skip
OF_ROWS: Final = frozenset({"row", "act"})
# Lists that may be asked for days that are over.
OF_DAYS: Final = "reports:"
# Choices that show more than the list does by itself.
WIDER: Final = ("show",)


@dataclass(frozen=True)
class Sought:
    """Of whom a page may say nothing, and how somebody would look for the person."""

    name: str
    row: str
    words: str  # as it sounds, or the beginning: a page shows what was looked for
    number: str
    phone: str
    file: str
    unit: str

    @property
    def part(self) -> str:
        return self.name[:2]

    def said(self, text: str) -> str:
        return text.format(**vars(self), four=self.number[-4:])


@dataclass(frozen=True)
class Way:
    kind: str
    line: Line
    url: str
    method: str = "get"
    sent: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        told = " ".join(f"{name}={value}" for name, value in self.sent.items())
        return f"{self.kind}: {self.method} {self.url} {told}".strip()


class Ways:
    """The addresses as they are when it is made: rows keep theirs wherever they come to lie."""

    def __init__(self, world: World, lines: list[Line]) -> None:
        self.lines = [line for line in lines if not line.public]
        self.kwargs = {line.name: line.kwargs(world) for line in self.lines}
        self.urls = {n: reverse(n, kwargs=kwargs) for n, kwargs in self.kwargs.items()}
        self.walked: Counter[str] = Counter()

    def of(self, who: Sought, *allowed: str, but: str = "", kinds: Set[str] = KINDS) -> list[Way]:
        """The ways open to one of these visitors, without those that are open to `but`, too."""
        found = [
            way
            for line in self.lines
            if not line.allowed.isdisjoint(allowed) and but not in line.allowed
            for way in self._of(line, self.urls[line.name], who)
            if way.kind in kinds
        ]
        if WORKER not in allowed:  # who may take names along takes them
            whole = {"whole": "1"}
            found = [replace(w, sent=w.sent | whole) if w.kind == "export" else w for w in found]
        self.walked.update(way.kind for way in found)
        return found

    def _of(self, line: Line, url: str, who: Sought) -> Iterator[Way]:
        if (page := list_page(url)) is not None:
            yield from _of_list(line, url, page, who)
        elif line.name.endswith("_changelist"):
            # A search narrows the list: where it looks for names, whom it finds not is not listed.
            by_name = any("name" in name for name in _admin_of(line).search_fields)
            if by_name:
                yield Way("admin search", line, url, "post", {"q": who.part})
            if SOAK or not by_name:
                yield Way("admin list", line, url)
        elif line.name == "admin:autocomplete":
            yield from _choosers(line, url, who)
        elif self.kwargs[line.name]:
            if line.method == "get":
                yield Way("row", line, url, sent=dict(line.query))
            else:
                yield Way("act", line, url, "post")
        else:
            yield from _loose(line, url, who)


def _loose(line: Line, url: str, who: Sought) -> Iterator[Way]:
    if line.method == "get" and (SOAK or SENT.get(line.name)):
        yield Way("page", line, url)
    for method, sent in SENT.get(line.name, ()):
        asked = {name: who.said(text) for name, text in sent.items()}
        yield Way("search" if "q" in sent else "page", line, url, method, asked)


def list_page(url: str) -> type[ListPage] | None:
    view = getattr(resolve(url).func, "view_class", None)
    return view if isinstance(view, type) and issubclass(view, ListPage) else None


def _of_list(line: Line, url: str, page: type[ListPage], who: Sought) -> Iterator[Way]:
    yield Way("list", line, url, sent=dict(line.query))
    if line.name.startswith(OF_DAYS):
        yield Way("past days", line, url, sent={"from": "2024-03-01", "to": "2024-05-31"})
    if page.filterset_class is not None:
        yield from _narrowed(line, url, page.filterset_class, who)
    if page.export_permission:
        # Both are the same rows: day by day each list leaves in one of the two.
        kinds = ("csv", "xlsx") if SOAK else (("csv", "xlsx")[len(line.name) % 2],)
        for kind in kinds:
            yield Way("export", line, url, "post", {"purpose": "核对名册", "format": kind})


def _narrowed(line: Line, url: str, filters: type[BaseFilterSet], who: Sought) -> Iterator[Way]:
    for name, one in filters.base_filters.items():
        if name in filters.kept_names():
            yield Way("posted name", line, url, "post", {"filter": "1", name: who.part})
        elif isinstance(one, AreaFilter):
            yield Way("unit", line, url, sent={name: who.unit})
        elif isinstance(one, TickFilter):
            yield Way("choice", line, url, sent={name: "on"})
        elif type(one) is ChoiceFilter and (SOAK or name in WIDER):
            known = one.extra["choices"]
            for value, _label in known() if callable(known) else known:
                yield Way("choice", line, url, sent={name: value})


def _admin_of(line: Line) -> Any:
    name = line.name.removeprefix("admin:").removesuffix("_changelist")
    found = {
        f"{m._meta.app_label}_{m._meta.model_name}": a for m, a in admin.site._registry.items()
    }
    return found[name]


def _choosers(line: Line, url: str, who: Sought) -> Iterator[Way]:
    for model, shown in admin.site._registry.items():
        for name in shown.autocomplete_fields:
            for term in (who.part, who.unit):
                asked = {
                    "app_label": model._meta.app_label, "model_name": str(model._meta.model_name),
                    "field_name": name, "term": term,
                }  # fmt: skip
                yield Way("chooser", line, url, sent=asked)


def ask(client: Client, way: Way) -> Any:
    """The answer at the end of the way; what is written is taken back, the session too."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        try:
            answer: Any = getattr(client, way.method)(way.url, way.sent, follow=True)
        except Exception as error:
            error.add_note(str(way))
            raise
        answer.text_shown = text_of(answer)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def text_of(answer: Any) -> str:
    """What can be read in the answer, whatever it is packed in."""
    content = b"".join(answer) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(content)) as package:
            content = b"\n".join(package.read(name) for name in package.namelist())
    words: str = content.decode(errors="replace")
    if answer.get("Content-Type", "").startswith("application/json"):
        words = json.dumps(json.loads(words), ensure_ascii=False)
    return words


def shows(answer: Any, way: Way, who: Sought) -> bool:
    """Whether the answer names the person, or knows the file without having been told."""
    words: str = answer.text_shown
    knows = who.row in words.replace(way.url, "") and who.row not in str(way.sent)
    return who.name in words or knows


def showing(client: Client, ways: Iterable[Way], who: Sought) -> dict[str, Way]:
    """Those of the ways at whose end the person is shown."""
    return {str(way): way for way in ways if shows(ask(client, way), way, who)}
