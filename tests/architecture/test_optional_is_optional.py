"""What a form calls optional may stay empty, and what it has room for is taken.

Walks every form of every page of the matrix, as somebody who may use it. Sent empty, each field
that is asked for says so, and no other. Whatever was accepted is sent again without one of its
optional fields, with each other choice and the least, and with as many words as fit into its boxes:
where the state of the world lets the act pass at all, none of these may be refused.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.forms.boundfield import BoundField
from django.test import Client
from django.urls import reverse

from apps.areas.fields import AreaField
from apps.core.days import today
from tests.architecture.matrix_world import World
from tests.architecture.page_forms import PageForm, forms_of
from tests.architecture.url_matrix import LINES, nothing
from tests.architecture.visitors import WHOLE_SWEEP
from tests.factories.documents import PDF
from tests.factories.persons import resident_number

pytestmark = pytest.mark.django_db
NEVER = ("accounts:", "core:", "home", "live", "ready")
TYPED = {
    "phone": "13800001234", "document_number": resident_number(7), "second_collector": "王二",
}  # fmt: skip
AREAS = {"transfers:ask": "469005100"}
# Accepted in their long form by their own shape alone.
SHAPED = ("phone", "document_number")
PLAIN: dict[type[forms.Field], Callable[[], str]] = {
    forms.DateTimeField: lambda: f"{today()}T00:01",
    forms.DateField: lambda: today().isoformat(),
    forms.IntegerField: lambda: "1",
}
Data = dict[str, Any]


def contexts(answer: Any) -> Iterator[Any]:
    for layer in answer.context or []:
        for level in getattr(layer, "dicts", [layer]):
            yield from level.values()


def bound_fields(answer: Any) -> dict[str, BoundField]:
    """Fields of all forms that were given to the page, by the name that is sent."""
    found: dict[str, BoundField] = {}
    for value in contexts(answer):
        for one in value if isinstance(value, list | tuple) else [value]:
            if isinstance(one, forms.BaseForm):
                fields = {field.html_name: field for field in one}
                # Two forms of one page may share a name: of the one that was sent there are errors.
                found |= {n: f for n, f in fields.items() if n not in found or f.errors}
    return found


def is_asked(field: BoundField) -> bool:
    return bool(field.field.required or getattr(field.field, "needed", False))


@dataclass
class Sheet:
    """One form of one page, and the button that sends it."""

    place: str
    url: str
    client: Client
    drawn: PageForm
    fields: dict[str, BoundField]
    button: Data

    @cached_property
    def seen(self) -> dict[str, BoundField]:
        """What a person fills."""
        return {
            name: one for name, one in self.fields.items()
            if name in self.drawn.fields and not one.is_hidden
        }  # fmt: skip

    @cached_property
    def sometimes(self) -> list[str]:
        return [n for n, one in self.seen.items() if one.name in getattr(one.form, "sometimes", ())]

    @cached_property
    def optional(self) -> list[str]:
        """What is drawn with the word."""
        return [
            name for name, one in self.seen.items()
            if not is_asked(one) and name not in self.sometimes
            and not isinstance(one.field, forms.BooleanField)
        ]  # fmt: skip

    @cached_property
    def carried(self) -> Data:
        return {n: v for n, v in self.drawn.fields.items() if n not in self.seen} | self.button

    def empty(self) -> Data:
        chosen = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)
        return self.carried | {
            name: "" for name, one in self.seen.items() if not isinstance(one.field.widget, chosen)
        }

    def whole(self, *, long: bool = False) -> Data:
        return self.carried | {name: self.typed(name, long=long) for name in self.seen}

    def typed(self, name: str, *, long: bool = False) -> Any:
        field, drawn = self.seen[name].field, self.drawn.fields[name].replace("写下的话", "")
        if isinstance(field, forms.BooleanField):
            return "on" if field.required else None
        if isinstance(field, forms.FileField):
            return SimpleUploadedFile("a.pdf", PDF, "application/pdf")
        if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
            first = drawn or next((str(value) for value, _words in field.choices if str(value)), "")
            return [first] if isinstance(field, forms.MultipleChoiceField) else first
        if isinstance(field, AreaField):
            return AREAS.get(self.place) or drawn or "469002100"
        if long and not name.startswith(SHAPED) and isinstance(field, forms.CharField):
            return name[:1] + "字" * ((self.room(name) or 5000) - 1)
        return drawn or TYPED.get(name) or self._plain(field)

    def _plain(self, field: forms.Field) -> str:
        for kind, words in PLAIN.items():
            if isinstance(field, kind):
                return words()
        return "写下的话"

    def room(self, name: str) -> int | None:
        """What the browser lets somebody type."""
        written = self.seen[name].as_widget()
        found = re.search(r'maxlength="(\d+)"', written)
        return int(found[1]) if found else None

    def others(self) -> Iterator[Data]:
        """Each other choice, once."""
        for name, one in self.seen.items():
            if type(one.field).__name__ in {"Choice", "TypedChoice"}:
                for value, _words in one.field.choices:
                    if value not in ("", self.typed(name)):
                        yield {name: value}

    def send(self, data: Data) -> Any:
        """The answer; what it wrote is taken back."""
        facts = {key: value for key, value in data.items() if value is not None}
        for value in facts.values():
            if isinstance(value, SimpleUploadedFile):
                value.seek(0)
        english = {"Accept-Language": "en"}
        with transaction.atomic():
            answer = self.client.post(self.drawn.action or self.url, facts, headers=english)
            transaction.set_rollback(True)
        assert answer.status_code < 500, f"{self.place} {facts}"
        return answer

    def takes(self, data: Data) -> bool:
        return self.send(data).status_code in {204, 302}

    def without(self, names: list[str]) -> Data:
        return {
            name: None if isinstance(self.seen[name].field.widget, forms.RadioSelect) else ""
            for name in names
        }


def sheets(world: World) -> Iterator[Sheet]:
    for line in LINES:
        if line.public or line.method != "get" or line.name.startswith(NEVER):
            continue
        if line.kwargs is nothing and line.name.endswith((":list", ":log", ":inbox")):
            continue
        client = world.clients[sorted(line.allowed)[0]]
        url = reverse(line.name, kwargs=line.kwargs(world))
        page = client.get(url, line.query)
        if page.status_code != 200 or not page.get("Content-Type", "").startswith("text/html"):
            continue
        fields = bound_fields(page)
        for drawn in forms_of(page.content.decode()):
            for button in drawn.buttons or [{}]:
                sheet = Sheet(line.name, url, client, drawn, fields, button)
                if drawn.method == "post" and sheet.seen:
                    yield sheet


def faults_when_empty(sheet: Sheet) -> Iterator[str]:
    answer = sheet.send(sheet.empty())
    told = {name for name, field in bound_fields(answer).items() if field.errors}
    for name, field in sheet.seen.items():
        fresh = bound_fields(answer).get(name)
        if field.field.required and (fresh is not None and name not in told):
            yield f"{sheet.place}: {name} is asked for, and sent empty nothing says so"
        if name in sheet.optional and name in told:
            yield f"{sheet.place}: {name} is called optional and refused empty"


def faults_when_accepted(sheet: Sheet, base: Data) -> Iterator[str]:
    if not sheet.takes(base | sheet.without(sheet.optional)):
        yield f"{sheet.place}: refused without what is optional: {sheet.optional}"
    for name in sheet.optional if WHOLE_SWEEP and len(sheet.optional) > 1 else []:
        if not sheet.takes(base | sheet.without([name])):
            yield f"{sheet.place}: refused without {name} alone"
    for other in sheet.others():
        least = base | other | sheet.without(sheet.optional)
        if not sheet.takes(least) and sheet.takes(base | other):
            yield f"{sheet.place}: {other} is refused without what is optional: {sheet.optional}"
    wordy = {name: text for name, text in sheet.whole(long=True).items() if base.get(name)}
    if not sheet.takes(base | wordy):
        yield f"{sheet.place}: refused with as many words as its boxes hold"


def accepted(sheet: Sheet) -> Data | None:
    """What the world lets pass as it is, with or without what applies sometimes."""
    for base in (sheet.whole(), sheet.whole() | sheet.without(sheet.sometimes)):
        if sheet.takes(base):
            return base
    return None


def test_what_is_called_optional_may_stay_empty_and_what_is_asked_for_says_so() -> None:
    world, faults, walked, passed = World(), [], 0, []
    for sheet in sheets(world):
        walked += 1
        faults += faults_when_empty(sheet)
        if (base := accepted(sheet)) is not None:
            passed.append(sheet.place)
            faults += faults_when_accepted(sheet, base)
    assert faults == [], "\n".join(faults)
    assert walked > 80
    assert len(passed) > 50
