"""What a page would send though nobody chose it, as a browser sees it.

The first line of a list without an empty one counts as chosen.
"""

from html.parser import HTMLParser

# What stands chosen all the same, and why. A line is a form's field, or a page's.
PROPOSED = {
    "visits:create place": "a home visit is made at the home",
    "documents:template area": "the reader's own office, not a person",
    "assessments:round-new area": "the reader's own area, not a person",
    "assistance:look after": "which of three looks is due, of the work and not of the person",
    "imports:new area": "the reader's own area, not a person",
    "PreviewForm.every": "which days are looked at; nothing is stored",
    "handover:receive area": "the reader's own area, not a person",
    "ExampleForm.why": "an example, nothing is stored",
    "core:gallery why": "the same",
}
# They begin with what is stored of the person, or was read of a file, and change it.
STORED = frozenset(
    {
        "persons:edit", "persons:life-status", "cases:correct", "checkins:correct",
        "visits:correct", "drugtests:correct", "assessments:summary-correct", "plans:new",
        "assessments:validity-new", "counselling:correct", "counselling:notes",
        "treatment:correct-treatment", "learning:correct", "employment:correct",
        "employment:correct-enrolment", "care:correct-step", "imports:columns",
        "periodic:form",
    }
)  # fmt: skip


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
