"""The forms of a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class PageForm:
    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    days: list[str] = field(default_factory=list)
    moments: list[str] = field(default_factory=list)
    # What each button that sends it says beside the fields.
    buttons: list[dict[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.inside: PageForm | None = None
        self.select = self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.inside = PageForm(given.get("method", "get").lower(), given.get("action", ""))
            self.forms.append(self.inside)
        elif self.inside is not None:
            self._within(self.inside, tag, name, given)

    def _within(self, form: PageForm, tag: str, name: str, given: dict[str, str]) -> None:
        if tag == "button" and given.get("type", "submit") == "submit":
            form.buttons.append({name: given.get("value", "")} if name else {})
        elif tag == "input" and name:
            self._input(form, name, given)
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            value = given.get("value", "")
            if not form.fields.get(self.select) or "selected" in given:
                form.fields[self.select] = value
        elif tag == "textarea":
            form.fields[name] = "写下的话"

    def _input(self, form: PageForm, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in {"checkbox", "radio"} and name in form.fields:
            return
        form.fields[name] = given.get("value", "") or ("写下的话" if kind == "text" else "")
        if kind == "date":
            form.days.append(name)
        if kind == "datetime-local":
            form.moments.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.select = ""


def forms_of(page: str) -> list[PageForm]:
    reader = _Reader()
    reader.feed(page)
    return reader.forms
