"""The forms of the pages of the matrix, as somebody who may use them fills and sends them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

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
from tests.architecture.url_lines import Line, nothing
from tests.architecture.url_matrix import LINES
from tests.architecture.visitors import WHOLE_SWEEP
from tests.factories.documents import PDF
from tests.factories.persons import resident_number
from tests.undrawn import nothing_drawn

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
    # A form stands in the contexts of all components that draw a part of it.
    given = {
        id(one): one
        for value in contexts(answer)
        for one in (value if isinstance(value, list | tuple) else [value])
        if isinstance(one, forms.BaseForm)
    }
    found: dict[str, BoundField] = {}
    for form in given.values():
        fields = {field.html_name: field for field in form}
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
        """Each other choice, once; day by day one of each field, in turn by its place."""
        for name, one in self.seen.items():
            if type(one.field).__name__ in {"Choice", "TypedChoice"}:
                first = self.typed(name)
                others = [value for value, _words in one.field.choices if value not in ("", first)]
                turn = len(self.place + name) % (len(others) or 1)
                yield from ({name: one} for one in (others if WHOLE_SWEEP else others[turn:][:1]))

    def send(self, data: Data) -> Any:
        """The answer, a form that comes back with it; what it wrote is taken back."""
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
        """Whether it is accepted: of a form that comes back no page is drawn."""
        with nothing_drawn():
            return self.send(data).status_code in {204, 302}

    def without(self, names: list[str]) -> Data:
        return {
            name: None if isinstance(self.seen[name].field.widget, forms.RadioSelect) else ""
            for name in names
        }


@dataclass
class Drawn:
    """A page as the first of those who may got it."""

    line: Line
    url: str
    client: Client
    text: str
    forms: list[PageForm]
    fields: dict[str, BoundField]

    def sheets(self) -> Iterator[Sheet]:
        """Of what is stored: what somebody fills and sends, with each of its buttons."""
        lists = self.line.kwargs is nothing and self.line.name.endswith((":list", ":log", ":inbox"))
        if lists or self.line.name.startswith(NEVER):
            return
        for form in self.forms:
            for button in form.buttons or [{}]:
                sheet = Sheet(self.line.name, self.url, self.client, form, self.fields, button)
                if form.method == "post" and sheet.seen:
                    yield sheet


def drawn_pages(world: World) -> Iterator[Drawn]:
    for line in LINES:
        if line.public or line.method != "get" or line.name.startswith("core:"):
            continue
        client = world.clients[sorted(line.allowed)[0]]
        url = reverse(line.name, kwargs=line.kwargs(world))
        page = client.get(url, line.query)
        if page.status_code == 200 and page.get("Content-Type", "").startswith("text/html"):
            text = page.content.decode()
            yield Drawn(line, url, client, text, forms_of(text), bound_fields(page))
