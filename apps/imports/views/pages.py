"""The page of an import: where it stands, its lines, and what may be done next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.list_page import Page
from apps.core.text import MASKS, day_text
from apps.imports.codes import Asked, Decision, ImportState, LineState
from apps.imports.models import ImportLine, LedgerImport

ROWS: Final = 50
TAGS: Final = {
    LineState.WRONG: "err", LineState.HELD: "vio", LineState.CHANGED: "inf",
    LineState.NEW: "done", LineState.DUPLICATE: "na", LineState.UNCHANGED: "na",
}  # fmt: skip
# What is shown where nobody chose: all that somebody has to look at.
TO_LOOK_AT: Final = (LineState.WRONG, LineState.HELD, LineState.CHANGED)


@dataclass(frozen=True)
class ShownLine:
    """A line with the words of the file's columns."""

    line: ImportLine
    titles: dict[str, str]
    typed: Mapping[str, Any]

    @cached_property
    def told(self) -> dict[str, Any]:
        return self.line.told

    @property
    def tag(self) -> str:
        return TAGS[LineState(self.line.state)]

    @property
    def name(self) -> str:
        return str(self.told["cells"].get("name", ""))

    @property
    def number(self) -> str:
        cells = self.told["cells"]
        return MASKS["document_number"](cells.get("document_number", ""))

    @cached_property
    def wrong_cells(self) -> list[dict[str, Any]]:
        """Each faulty cell once: its field, the value to put right, and every reason."""
        by_title = {title: name for name, title in self.titles.items()}
        found: dict[str, dict[str, Any]] = {}
        for fault in self.told["faults"]:
            name = by_title.get(fault["column"], "")
            value = self.typed.get(f"cell-{self.line.number}-{name}", fault["value"])
            facts = {"column": fault["column"], "value": value, "reasons": [], "field": name}
            found.setdefault(fault["column"], facts)["reasons"].append(fault["reason"])
        return list(found.values())

    @property
    def mended(self) -> list[tuple[str, str, str]]:
        """Title, what the file says, and what stands for it."""
        original = self.told["original"]
        return [
            (self.titles.get(name, name), original.get(name, ""), text)
            for name, text in self.line.mended_cells.items()
        ]

    @property
    def decision(self) -> str:
        """What was decided, or chosen in a post that was refused."""
        return str(self.typed.get(f"decide-{self.line.number}", self.line.decision))

    @property
    def decisions(self) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Decision.choices]


@dataclass
class ImportPage:
    """All that the templates say of an import."""

    row: LedgerImport
    states: list[str]
    number: int
    typed: Mapping[str, Any]

    @property
    def is_busy(self) -> bool:
        return bool(self.row.work.asked)

    @property
    def busy_words(self) -> str:
        words = {
            Asked.APPLY: _("The lines go in"),
            Asked.TRY: _("Every line is looked at; nothing is written"),
        }  # fmt: skip
        return words.get(Asked(self.row.work.asked), _("The file is read"))

    @cached_property
    def waits_for(self) -> LedgerImport | None:
        """The import of the same county that goes first."""
        if self.row.work.begun or not self.is_busy:
            return None
        county = self.row.area.county or self.row.area
        for other in LedgerImport.objects.waiting().select_related("area", "recorded_by"):
            if other.pk == self.row.pk:
                return None
            if (other.area.county or other.area) == county:
                return other
        return None

    @property
    def dots(self) -> list[tuple[str, str, str]]:
        """Label, state and a word of each of the four steps."""
        row, order = self.row, list(ImportState)
        at = order.index(ImportState(row.state))
        whole = at >= order.index(ImportState.APPLIED) and row.state != ImportState.REFUSED
        tried = row.tried_at is not None
        said = [
            (_("Upload"), True, day_text(row.recorded_at)),
            (_("Columns"), tried, ""),
            (_("Dry run"), tried, day_text(row.tried_at) if row.tried_at else ""),
            (_("Apply"), whole, day_text(row.applied_at) if row.applied_at else ""),
        ]
        now = next((label for label, done, _day in said if not done), "")
        return [
            (label, "done" if done else "now" if label == now else "later", day)
            for label, done, day in said
        ]

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """All lines, and each state that there is; a tap shows it alone."""
        counts = [
            (state.value, str(state.label), getattr(self.row, state.value)) for state in LineState
        ]
        whole = [("", _("All lines"), self.row.rows), *[one for one in counts if one[2]]]
        return [
            {
                "label": label, "count": count,
                "url": f"?state={value}" if value else "?state=all",
                "current": self.states == ([value] if value else list(LineState.values)),
            }
            for value, label, count in whole
        ]  # fmt: skip

    @cached_property
    def page(self) -> Page:
        lines = ImportLine.objects.filter(ledger_import=self.row, state__in=self.states)
        total = lines.count()
        number = min(self.number, max(-(-total // ROWS), 1))
        start = (number - 1) * ROWS
        part = lines[start : start + ROWS]
        shown = [ShownLine(line, self.titles, self.typed) for line in part]
        return Page(shown, number, start + 1, total, capped=False, has_next=start + ROWS < total)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The file's own words for the fields."""
        columns = self.columns
        return {one["read_as"]: one["title"] for one in columns if one["read_as"]}

    @cached_property
    def columns(self) -> Sequence[dict[str, Any]]:
        file = getattr(self.row, "file", None)
        told = file.columns if file is not None else None
        return told["columns"] if told else ()

    @property
    def unread(self) -> list[str]:
        """Titles of columns that are not read."""
        return [one["title"] for one in self.columns if not one["read_as"] and one["title"]]

    @property
    def can_mend(self) -> bool:
        """Cells can be put right until it goes in."""
        waits = self.row.rejected or self.row.held
        return bool(self.row.state == ImportState.TRIED and waits and not self.is_busy)

    @property
    def can_download(self) -> bool:
        """The lines that stay out, for as long as they are kept."""
        return bool(self.columns and (self.row.rejected or self.row.held))

    @property
    def stays_out(self) -> int:
        return self.row.rejected + self.row.held + self.row.duplicates


def import_or_404(request: SignedInRequest, public_id: UUID) -> LedgerImport:
    """In the unit of the account, of a ledger that it may bring in."""
    rows = LedgerImport.objects.visible_to(request.user)
    rows = rows.select_related("area", "recorded_by", "applied_by", "undone_by", "work", "file")
    found: LedgerImport | None = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


@permission_required(Permission.LEDGER_IMPORT)
@require_safe
def show(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Everything on one page; while work is under way it asks for itself each second."""
    return draw(request, import_or_404(request, public_id))


def draw(request: SignedInRequest, row: LedgerImport, status: int = 200) -> HttpResponse:
    """The page as it stands; who is on it is in the log. What a refused post had stands in it."""
    page = page_of(request, row)
    if row.tried_at is not None:
        seen = [one.line.about for one in page.page.rows if one.line.about]
        log_access(request, persons=seen, action=Action.LIST, fields_seen="import")
    part = "imports/body.html" if request.headers.get("HX-Request") else "imports/show.html"
    context = {"page": page, "one": row, "as_at": timezone.now()}
    return render(request, part, context, status=status)


def page_of(request: SignedInRequest, row: LedgerImport) -> ImportPage:
    asked = request.GET.get("state", "")
    states = [asked] if asked in LineState.values else list(LineState.values)
    if not asked:
        states = [one.value for one in TO_LOOK_AT if getattr(row, one.value)] or states
    text = request.GET.get("page", "")
    number = int(text) if text.isdecimal() and len(text) < 7 else 1
    return ImportPage(row, states, max(number, 1), request.POST)
