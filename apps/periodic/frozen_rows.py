"""The rows behind a frozen number: as they count today, those that no longer do, those since."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from django.db.models import Func, IntegerField, Sum
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from apps.accounts.permissions import Permission
from apps.areas.models import Area
from apps.core.leaving import titled
from apps.periodic.models import PeriodicReport
from apps.periodic.shown import NO_UNIT, period_of_report
from apps.persons.figures import Period
from apps.reports.forms import signed_in
from apps.reports.indicators import FIGURES, PARTS
from apps.reports.lists import PAGES, FigureRows

DONE, NOT_DONE = "done", "not_done"


class FrozenRows(FigureRows):
    """The list of the figure, of the rows that were counted when the report was frozen."""

    template_name = "periodic/rows.html"
    report: ClassVar[Any] = None
    # None: of all units; else of the one, which may be nobody's.
    units: ClassVar[Any] = None

    def period(self, request: HttpRequest) -> Period:
        """Of restricted help the list names what this reader may know of."""
        user = signed_in(request)
        return replace(
            period_of_report(self.report), knows_sealed=user.may(Permission.ASSISTANCE_SEALED)
        )

    def figures(self) -> Any:
        rows = self.report.figures.filter(code=self.indicator.code).order_by()
        return rows if self.units is None else rows.filter(unit=self.units[0])

    def keys(self, column: str) -> Any:
        """Keys of the rows, as a question to the database: a year of a county has a million."""
        return self.figures().values_list(Func(column, function="unnest"))

    def number(self, column: str) -> int:
        """How many keys there are."""
        length = Func(column, function="cardinality", output_field=IntegerField())
        return int(self.figures().aggregate(n=Sum(length))["n"] or 0)

    def counted(self, request: HttpRequest, rows: Any) -> Any:
        """Of these rows those that were counted when the report was frozen; whether one was done
        is what the report says, not what holds today.
        """
        asked = request.GET.get("only", "")
        found = rows.filter(pk__in=self.keys("done" if asked == DONE else "rows"))
        return found.exclude(pk__in=self.keys("done")) if asked == NOT_DONE else found

    def only(self, request: HttpRequest, rows: Any) -> Any:
        return FigureRows.only(self, request, self.counted(request, rows))

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().more_context(request) | {
            "report": self.report, "gone": self.gone(request),
            "back": reverse("periodic:report", args=[self.report.public_id]),
        }  # fmt: skip

    def gone(self, request: HttpRequest) -> int:
        """How many rows were counted then and are not counted any more: corrected or withdrawn
        since, merged or erased.
        """
        asked = request.GET.get("only", "")
        then = self.number("done" if asked == DONE else "rows")
        then -= self.number("done") if asked == NOT_DONE else 0
        still = self.counted(request, self.indicator.rows(period_of_report(self.report)))
        return then - int(still.order_by().values("pk").count())

    def more(self, request: HttpRequest, period: Period) -> dict[str, Any]:
        if not self.part.words:
            return {"tabs": []}
        asked = request.GET.get("only", "")
        unit = f"unit={self.units[0].code if self.units[0] else NO_UNIT}" if self.units else ""
        return {
            "tabs": [
                {
                    "label": words,
                    "url": "?" + "&".join(p for p in (unit, f"only={value}" if value else "") if p),
                    "current": asked == value,
                }
                for value, words in zip(("", DONE, NOT_DONE), self.part.words, strict=True)
            ]
        }


@titled("periodic:rows")
def _title(*, code: str, **_report: Any) -> str:
    """Whoever approves that the rows leave reads which number they are of."""
    return str(FIGURES[code].title) if code in FIGURES else code


def page_of(
    report: PeriodicReport, code: str, units: tuple[Area | None] | None
) -> Callable[..., HttpResponseBase]:
    """The page of one figure of a report, of one unit or of all."""
    figure = PAGES[PARTS[code].indicator.code if code in PARTS else code]
    facts = {
        name: getattr(figure, name)
        for name in (
            "part", "indicator", "title", "table_class", "ticked_by", "default_sort",
            "export_name", "export_permission", "count_cap",
        )
    }  # fmt: skip
    facts |= {"indicator": FIGURES[code], "title": FIGURES[code].title}
    page: Any = type(code, (FrozenRows,), facts)
    found: Callable[..., HttpResponseBase] = page.as_view(report=report, units=units)
    return found
