"""Nothing that says something about a person is chosen before anybody has chosen it.

Read twice: in the forms as they are declared, and in the pages as a browser shows them, where the
first line of a list without an empty one counts as chosen.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django import forms
from django.apps import apps
from django.test import Client
from django.urls import reverse

from apps.ledgers.persons import LineOfPerson
from tests.architecture.matrix_world import World
from tests.architecture.url_matrix import LINES, Line

# What stands chosen all the same, and why. A line is a form's field, or a page's.
PROPOSED = {
    "visits:create place": "a home visit is made at the home",
    "documents:template area": "the reader's own office, not a person",
    "assessments:round-new area": "the reader's own area, not a person",
    "ExampleForm.why": "an example, nothing is stored",
    "core:gallery why": "the same",
}
# They begin with what is stored of the person, and change it.
STORED = frozenset(
    {
        "persons:edit", "persons:life-status", "cases:correct", "checkins:correct",
        "visits:correct", "drugtests:correct", "assessments:summary-correct", "plans:new",
        "assessments:validity-new",
    }
)  # fmt: skip
# Read by machines: a tap names its choice on the button, a ledger in its cell.
NOT_SHOWN = frozenset({"TapForm", "AttemptTap"})


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment:
        yield moment


def shapes(base: type = forms.Form) -> Iterator[Any]:
    for shape in base.__subclasses__():
        yield shape
        yield from shapes(shape)


def acts() -> list[Any]:
    """Forms of acts: not those of filters, which store nothing, nor of ledgers."""
    for config in apps.get_app_configs():
        if config.name.startswith("apps."):
            import_module(f"{config.name}.apps")
    import_module("config.urls")
    found = {shape for shape in shapes() if shape.__module__.startswith("apps.")}
    lines = {s for s in found if s.__module__.startswith("apps.imports")} | {*shapes(LineOfPerson)}
    quiet = lines | {shape for shape in found if shape.__name__ in NOT_SHOWN}
    return sorted(found - quiet, key=str)


def guessed(shape: Any) -> Iterator[str]:
    for name, field in shape.base_fields.items():
        if isinstance(field, forms.ModelChoiceField) or field.widget.is_hidden:
            continue
        chosen = field.initial not in (None, "", False)
        if isinstance(field, forms.MultipleChoiceField):
            chosen = bool(field.initial)
        elif isinstance(field, forms.ChoiceField):
            choices = list(field.choices)
            chosen = chosen or bool(choices and choices[0][0] != "")
        elif not isinstance(field, forms.BooleanField):
            continue
        if chosen and f"{shape.__name__}.{name}" not in PROPOSED:
            yield f"{shape.__name__}.{name}"


def test_no_form_has_a_choice_that_nobody_made() -> None:
    shown = acts()
    assert len(shown) > 80
    assert [fault for shape in shown for fault in guessed(shape)] == []


class Chosen(HTMLParser):
    """Names of fields of posted forms for which the browser would send a choice untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.posted, self.found = False, set[str]()
        self.lists = 0
        self.name, self.first, self.picked = "", None, None

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attrs = dict(pairs)
        if tag == "form":
            self.posted = (attrs.get("method") or "").lower() == "post"
        elif not self.posted:
            return
        elif tag == "select":
            self.name, self.first, self.picked = attrs.get("name") or "", None, None
            self.lists += 1
        elif tag == "option":
            value = attrs.get("value") or ""
            self.first = value if self.first is None else self.first
            self.picked = value if "selected" in attrs else self.picked
        elif tag == "input" and "checked" in attrs and attrs.get("value"):
            self.found.add(attrs.get("name") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.posted:
            chosen = self.first if self.picked is None else self.picked
            if chosen:
                self.found.add(self.name)
        if tag == "form":
            self.posted = False


def page_of(client: Client, line: Line, world: World) -> Chosen:
    read = Chosen()
    answer = client.get(reverse(line.name, kwargs=line.kwargs(world)), line.query, secure=True)
    if "html" in answer.headers.get("Content-Type", "") and not answer.streaming:
        read.feed(answer.content.decode())
    return read


@pytest.mark.django_db
def test_no_page_sends_a_choice_that_nobody_made() -> None:
    """Every address that is read, by somebody who may: a few seconds for all of them."""
    world, faults, lists = World(), [], 0
    for line in LINES:
        readers = [who for who in line.visitors if who in line.allowed and world.users[who]]
        if line.method != "get" or line.public or line.name in STORED or not readers:
            continue
        read = page_of(world.clients[readers[0]], line, world)
        lists += read.lists
        faults += [f"{line.name} {name}" for name in read.found]
    assert lists > 30, "the pages with forms were read"
    assert sorted(set(faults) - set(PROPOSED)) == []
