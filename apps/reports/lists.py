"""Every figure opens its rows: the list is the QuerySet that was counted."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.permissions import Permission
from apps.audit.list_page import PersonListPage
from apps.core.exports import Sheet
from apps.core.list_page import Page, Question, RowAction
from apps.core.navigation import may
from apps.persons.figures import FigureList, Indicator, Period
from apps.reports.forms import period_of
from apps.reports.indicators import EVERY
from apps.reports.page import query
from apps.reports.row_facts import set_facts

DONE, NOT_DONE = "done", "not_done"


class FigureRows(PersonListPage):
    """The rows of one indicator, for the area and the days of the address."""

    permission = Permission.FIGURES_VIEW
    template_name = "reports/rows.html"
    export_permission = Permission.PERSON_EXPORT
    ticked_by = "person__public_id"
    fields_seen = "figures"
    empty_words = gettext_lazy("For these days and this area nothing is counted.")
    indicator: ClassVar[Indicator]
    part: ClassVar[FigureList]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may(request.user, Permission.PERSON_VIEW):
            raise PermissionDenied(Permission.PERSON_VIEW)
        return super().dispatch(request, *args, **kwargs)

    def period(self, request: HttpRequest) -> Period:
        return period_of(request)[1]

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = self.indicator.rows(self.period(request)).visible_to(request.user)
        return self.only(request, rows).select_related(*self.part.related)  # type: ignore[no-any-return]

    def elsewhere(self, request: HttpRequest, period: Period) -> int:
        """How many rows are counted for then, of persons whose file another unit keeps today."""
        if not period.moved:
            return 0
        rows = self.only(request, self.indicator.rows(period))
        seen = rows.visible_to(request.user).order_by()
        return int(rows.order_by().exclude(pk__in=seen.values("pk")).count())

    def only(self, request: HttpRequest, rows: Any) -> Any:
        """A part of the rows that the address asks for."""
        period, kind = self.period(request), request.GET.get("kind", "")
        found = self.part.extend(rows, period.as_at)
        if kind not in dict(self.part.kinds):
            return found
        if self.part.of_kind is not None:
            return self.part.of_kind(found, period, kind)
        return found.filter(**{self.part.kind_column: kind})

    def count(self, found: QuerySet[Any]) -> int:
        """Of ids alone: what the list is sorted by is not computed to count it."""
        return found.order_by().values("pk")[: self.count_cap + 1].count()

    def signed_by(self, request: HttpRequest) -> str:
        signs = self.part.signs
        return signs(request.user) if signs else super().signed_by(request)

    def telling(self, purpose: str) -> str:
        return self.part.tells(purpose)

    def row_actions(self, request: HttpRequest) -> Sequence[RowAction]:
        """Ticked rows stand for their persons."""
        acts = (
            (Permission.CASE_ASSIGN, _("Assign"), "persons:assign", "user-check"),
            (Permission.CHECKIN_LOG, _("Work as a round"), "workbench:round-with", "map-pin-check"),
        )
        return [
            RowAction(words, reverse(name), icon)
            for permission, words, name, icon in acts
            if may(request.user, permission)
        ]

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page = super()._rows(request, found)
        self._tell_all(request, page.rows)
        return page

    def _sheet(self, request: HttpRequest, rows: list[Any], purpose: str) -> Sheet:
        self._tell_all(request, rows)
        return super()._sheet(request, rows, purpose)

    def _tell_all(self, request: HttpRequest, rows: list[Any]) -> None:
        day = self.period(request).as_at
        set_facts(rows, day)
        self.part.tell(rows, day)

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        period = self.period(request)
        return self.more(request, period) | {
            "indicator": self.indicator,
            "period": period,
            "elsewhere": self.elsewhere(request, period),
            "back": query(period),
            "area_path": [(area.name, "") for area in period.area.path()],
        }

    def more(self, request: HttpRequest, period: Period) -> dict[str, Any]:
        """What one list alone shows."""
        return {"tabs": []}


class RateRows(FigureRows):
    """All rows a rate counts; `only` narrows to those done, or not done."""

    def only(self, request: HttpRequest, rows: Any) -> Any:
        rows = super().only(request, rows)
        done = self._done(self.period(request))
        asked = request.GET.get("only")
        if asked == DONE:
            return rows.filter(done)
        return rows.exclude(pk__in=rows.filter(done).values("pk")) if asked == NOT_DONE else rows

    def more(self, request: HttpRequest, period: Period) -> dict[str, Any]:
        here, asked = query(period), request.GET.get("only", "")
        if (kind := request.GET.get("kind", "")) in dict(self.part.kinds):
            here += f"&kind={kind}"
        tabs = [
            {
                "label": words,
                "url": f"?{here}&only={value}" if value else f"?{here}",
                "current": asked == value,
            }
            for value, words in zip(("", DONE, NOT_DONE), self.part.words, strict=True)
        ]
        return {"tabs": tabs}

    def _done(self, period: Period) -> Q:
        return self.indicator.done(period) if self.indicator.done else Q()


def _page_of(part: FigureList) -> type[FigureRows]:
    facts = {
        "part": part, "indicator": part.indicator, "title": part.indicator.title,
        "table_class": part.table, "ticked_by": part.ticked_by,
        "default_sort": part.default_sort, "export_name": part.export_name,
    }  # fmt: skip
    if not part.leaves:
        facts["export_permission"] = ""
    if part.capped:
        facts["count_cap"] = part.capped
    return type(part.indicator.code, (RateRows if part.words else FigureRows,), facts)


PAGES: dict[str, type[FigureRows]] = {part.indicator.code: _page_of(part) for part in EVERY}
