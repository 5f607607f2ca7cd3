"""What leaves a list as a file: with a reason, masked unless somebody may and says otherwise."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.exports import Sheet, file_response
from apps.core.navigation import may
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.tables import BaseTable
from apps.core.text import bracketed, day_text


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks to take along. `whole`: with names and numbers as they are."""

    purpose: str
    whole: bool = False
    kind: str = "xlsx"
    ticked: tuple[str, ...] = ()

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        purpose = " ".join(request.POST.get("purpose", "").replace("\0", " ").split())[:300]
        return cls(
            purpose,
            "whole" in request.POST,
            "csv" if request.POST.get("format") == "csv" else "xlsx",
            tuple(request.POST.getlist("row")),
        )


def watermark(purpose: str, who: str = "", *, masked: bool = False) -> str:
    """The last line of a file and the foot of each of its pages."""
    now = timezone.localtime()
    told = {"when": f"{day_text(now)} {now:%H:%M}", "purpose": purpose}
    mark = _("Exported %(when)s for: %(purpose)s") % told
    if who:
        mark = _("Exported %(when)s by %(who)s for: %(purpose)s") % (told | {"who": who})
    return _("%(mark)s (masked)") % {"mark": mark} if masked else mark


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is about to leave: whom it is about, and what it is for. `title`: of a list that is
    called like a row of the office (a round, a campaign), and not like its page.
    """

    persons: tuple[UUID, ...]
    purpose: str
    whole: bool
    kind: str
    title: str = ""


Gate = Callable[[HttpRequest, Leaving], HttpResponseBase | None]
_gates: list[Gate] = []
# On a request that makes anew what a second person approved: the approval.
APPROVED = "approved_export"


# By the name of its address, how a page is called that no class alone is the view of.
_titles: dict[str, Callable[..., str]] = {}


def titled(name: str) -> Callable[[Callable[..., str]], Callable[..., str]]:
    """A decorator; the function takes what the address says."""

    def known(title: Callable[..., str]) -> Callable[..., str]:
        _titles[name] = title
        return title

    return known


def title_at(name: str, address: dict[str, Any]) -> str:
    """Nothing where the view says it itself."""
    return _titles[name](**address) if name in _titles else ""


def before_leaving(gate: Gate) -> Gate:
    """The app above looks at every file about persons before it leaves; a decorator."""
    if gate not in _gates:
        _gates.append(gate)
    return gate


def held_back(request: HttpRequest, leaving: Leaving) -> HttpResponseBase | None:
    """What is answered instead of the file; None: it may leave."""
    answers = (gate(request, leaving) for gate in _gates)
    return next((answer for answer in answers if answer is not None), None)


class LeavingList:
    """The part of a list page that makes files of its rows."""

    export_permission: ClassVar[str] = ""
    # Who may take names and numbers as they are; without one there is nothing to mask.
    whole_permission: ClassVar[str] = ""
    export_limit: ClassVar[int] = 10_000
    export_name: ClassVar[str] = "list"
    # What `tick_value` of the table says, as a lookup.
    ticked_by: ClassVar[str] = "public_id"
    asked: Asked = Asked("")

    @property
    def is_masked(self) -> bool:
        return bool(self.whole_permission) and not self.asked.whole

    def log_export(self, request: HttpRequest, rows: list[Any], purpose: str) -> None:
        """Called with the rows that leave."""

    def signed_by(self, request: HttpRequest) -> str:
        """Who stands on the sheet as the one who made it, if anybody; the access log knows it."""
        user: Any = request.user
        return f"{user}{bracketed(user.get_username())}"

    def telling(self, purpose: str) -> str:
        """The word of the purpose that may not stand on a sheet which goes to other offices."""
        return ""

    def persons_in(self, rows: list[Any]) -> Iterable[UUID]:
        """The public ids of the persons whom the rows are about."""
        return ()

    def names_in(self, row: Any) -> Iterable[str]:
        """Names of persons that the cells of a row may tell."""
        return ()

    def masked_cells(self, row: Any, cells: list[Any]) -> list[Any]:
        """The cells as they leave where nobody asked for the whole."""
        return cells

    def _export(self, request: HttpRequest) -> HttpResponseBase:
        if not self._may_export(request):
            raise PermissionDenied
        self.asked = Asked.of(request)
        if self.asked.whole and not self._may_take_whole(request):
            raise PermissionDenied(self.whole_permission)
        if words := self._why_not(request):
            return self._instead(request, words)
        rows = list(self._leaving(request)[: self.export_limit + 1])
        if words := self._why_not_these(rows):
            return self._instead(request, words)
        if answer := held_back(request, self._told(rows)):
            return answer
        self.log_export(request, rows, self.asked.purpose)
        name = f"{self.export_name}-{timezone.localtime():%Y%m%d-%H%M}"
        return file_response(self._sheet(request, rows, self.asked.purpose), self.asked.kind, name)

    def _instead(self, request: HttpRequest, words: str) -> HttpResponseBase:
        """The list with the words; what was approved is made on a page without the list."""
        if hasattr(request, APPROVED):
            raise Refused(words)
        return self._page(request, words)  # type: ignore[attr-defined, no-any-return]

    def _told(self, rows: list[Any]) -> Leaving:
        persons = tuple(dict.fromkeys(self.persons_in(rows)))
        own = isinstance(getattr(type(self), "title", None), property)
        title = str(self.title) if own else ""  # type: ignore[attr-defined]
        return Leaving(persons, self.asked.purpose, not self.is_masked, self.asked.kind, title)

    def _why_not(self, request: HttpRequest) -> str:
        """What is wrong with the question, before any row is read."""
        if not is_reason(self.asked.purpose):
            return _("Please say in a few words what the export is for.")
        if word := self.telling(self.asked.purpose):
            words = _("The purpose stands on the sheet: say it without “%(word)s”.")
            return words % {"word": word}
        if (bar := self._filters(request)) and bar.is_wrong:  # type: ignore[attr-defined]
            return _("A filter is wrong: nothing leaves until it is put right.")
        return ""

    def _why_not_these(self, rows: list[Any]) -> str:
        if not rows and self.asked.ticked:
            return _("Nothing that is ticked is on this list any more.")
        if len(rows) > self.export_limit:
            words = _("More than %(n)s rows: please narrow the list with the filters first.")
            return words % {"n": f"{self.export_limit:,}"}
        return ""

    def _may_export(self, request: HttpRequest) -> bool:
        return bool(self.export_permission) and may(request.user, self.export_permission)

    def _may_take_whole(self, request: HttpRequest) -> bool:
        return not self.whole_permission or may(request.user, self.whole_permission)

    def _leaving(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows of an export: those that are ticked, or the whole list."""
        found: QuerySet[Any] = self._found(request, self._filters(request))  # type: ignore[attr-defined]
        ticked = self.asked.ticked
        return found.filter(**{f"{self.ticked_by}__in": _uuids(ticked)}) if ticked else found

    def _sheet(self, request: HttpRequest, rows: list[Any], purpose: str) -> Sheet:
        table: BaseTable = self.table_class([])  # type: ignore[attr-defined]
        cells = table.export_rows(rows)
        if self.is_masked:
            pairs = zip(rows, cells, strict=True)
            cells = (self.masked_cells(row, told) for row, told in pairs)
        mark = watermark(purpose, self.signed_by(request), masked=self.is_masked)
        return Sheet(str(self.title), table.export_labels(), cells, mark)  # type: ignore[attr-defined]

    def _leaving_context(self, request: HttpRequest, wrong: str) -> dict[str, Any]:
        """What the menu of the export shows; the box for the whole is never ticked beforehand."""
        return {
            "can_export": self._may_export(request),
            "can_take_whole": bool(self.whole_permission) and self._may_take_whole(request),
            "export_masked": bool(self.whole_permission),
            "export_error": wrong,
            "export_ticked": "row" in request.POST,
        }


def _uuids(values: Iterable[str]) -> list[UUID]:
    """Whatever else was sent names no row."""
    found = []
    for value in values:
        with suppress(ValueError):
            found.append(UUID(value))
    return found
