"""The rows behind a frozen number: as they count today, those that no longer do, those since."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from apps.areas.models import Area
from apps.periodic.models import PeriodicReport
from apps.periodic.shown import period_of_report
from apps.persons.figures import Period
from apps.reports.lists import PAGES, FigureRows

DONE, NOT_DONE = "done", "not_done"


class FrozenRows(FigureRows):
    """The list of the figure, of the rows that were counted when the report was frozen."""

    template_name = "periodic/rows.html"
    report: ClassVar[Any] = None
    unit: ClassVar[Any] = None

    def period(self, request: HttpRequest) -> Period:
        return period_of_report(self.report)

    def counted(self, only: str = "") -> list[int]:
        """Keys of the rows that were counted, or of those done, or not done."""
        rows = self.report.figures.filter(code=self.indicator.code)
        if self.unit is not None:
            rows = rows.filter(unit=self.unit)
        keys: set[int] = set()
        for found, done in rows.values_list("rows", "done"):
            if only == DONE:
                keys |= {*(done or ())}
            else:
                keys |= {*found} - ({*(done or ())} if only == NOT_DONE else set())
        return sorted(keys)

    def only(self, request: HttpRequest, rows: Any) -> Any:
        """`part`: whether a row was counted then is what the report says, not what holds today."""
        keys = self.counted(request.GET.get("only", ""))
        return self.part.extend(rows.filter(pk__in=keys), self.period(request).as_at)

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        own = super().more_context(request)
        return own | {
            "report": self.report, "unit": self.unit,
            "gone": self.gone(request),
            "back": reverse("periodic:report", args=[self.report.public_id]),
        }  # fmt: skip

    def gone(self, request: HttpRequest) -> int:
        """How many rows were counted then and are not counted any more: corrected or withdrawn
        since, merged or erased.
        """
        keys = self.counted(request.GET.get("only", ""))
        still = self.indicator.rows(self.period(request)).filter(pk__in=keys).order_by()
        return len(keys) - int(still.values("pk").count())

    def more(self, request: HttpRequest, period: Period) -> dict[str, Any]:
        if not self.part.words:
            return {"tabs": []}
        asked = request.GET.get("only", "")
        unit = f"unit={self.unit.code}" if self.unit else ""
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


def page_of(
    report: PeriodicReport, code: str, unit: Area | None
) -> Callable[..., HttpResponseBase]:
    """The page of one figure of a report, of one unit or of all."""
    figure = PAGES[code]
    facts = {
        name: getattr(figure, name)
        for name in (
            "part", "indicator", "title", "table_class", "ticked_by", "default_sort",
            "export_name", "export_permission", "count_cap",
        )
    }  # fmt: skip
    page: Any = type(code, (FrozenRows,), facts)
    found: Callable[..., HttpResponseBase] = page.as_view(report=report, unit=unit)
    return found
