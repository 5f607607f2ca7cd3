"""Every figure opens its rows: the list is the QuerySet that was counted."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.permissions import Permission
from apps.audit.list_page import PersonListPage
from apps.core.exports import Sheet
from apps.core.list_page import Page, Question, RowAction
from apps.core.navigation import may
from apps.reports.forms import period_of
from apps.reports.indicators import INDICATORS
from apps.reports.page import query
from apps.reports.period import Indicator, Period
from apps.reports.row_facts import (
    set_alone,
    set_facts,
    set_lateness,
    set_open_days,
    with_first_late,
    with_last_seen,
)
from apps.reports.tables import (
    AssessedRows,
    CaseRows,
    NeedRows,
    NoContactRows,
    NotAssignedRows,
    OverdueRows,
    PersonRows,
    WindowRows,
)

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
    related: ClassVar[tuple[str, ...]] = ("person", "town", "village")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may(request.user, Permission.PERSON_VIEW):
            raise PermissionDenied(Permission.PERSON_VIEW)
        return super().dispatch(request, *args, **kwargs)

    def period(self, request: HttpRequest) -> Period:
        return period_of(request)[1]

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = self.indicator.rows(self.period(request)).visible_to(request.user)
        return self.only(request, rows).select_related(*self.related)  # type: ignore[no-any-return]

    def elsewhere(self, request: HttpRequest, period: Period) -> int:
        """How many rows are counted for then, of persons whose file another unit keeps today."""
        if not period.moved:
            return 0
        rows = self.only(request, self.indicator.rows(period))
        seen = rows.visible_to(request.user).order_by()
        return int(rows.order_by().exclude(pk__in=seen.values("pk")).count())

    def only(self, request: HttpRequest, rows: Any) -> Any:
        """A part of the rows that the address asks for."""
        return rows

    def tell(self, rows: list[Any], day: date) -> None:
        """What the columns of this list say beside the facts of every person."""

    def count(self, found: QuerySet[Any]) -> int:
        """Of ids alone: what the list is sorted by is not computed to count it."""
        return found.order_by().values("pk")[: self.count_cap + 1].count()

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
        self.tell(rows, day)

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

    words: ClassVar[tuple[Any, Any, Any]]

    def only(self, request: HttpRequest, rows: Any) -> Any:
        done = self._done(self.period(request))
        asked = request.GET.get("only")
        if asked == DONE:
            return rows.filter(done)
        return rows.exclude(pk__in=rows.filter(done).values("pk")) if asked == NOT_DONE else rows

    def more(self, request: HttpRequest, period: Period) -> dict[str, Any]:
        here, asked = query(period), request.GET.get("only", "")
        tabs = [
            {
                "label": words,
                "url": f"?{here}&only={value}" if value else f"?{here}",
                "current": asked == value,
            }
            for value, words in zip(("", DONE, NOT_DONE), self.words, strict=True)
        ]
        return {"tabs": tabs}

    def _done(self, period: Period) -> Q:
        return self.indicator.done(period) if self.indicator.done else Q()


class Persons(FigureRows):
    indicator = INDICATORS["persons"]
    title = indicator.title
    table_class = PersonRows
    ticked_by = "public_id"
    default_sort = "name"
    export_name = "persons"
    related = ("town", "village")


class CasesInForce(FigureRows):
    indicator = INDICATORS["cases_in_force"]
    title = indicator.title
    table_class = CaseRows
    default_sort = "name"
    export_name = "orders-in-force"


class CasesNotAssigned(CasesInForce):
    indicator = INDICATORS["cases_not_assigned"]
    title = indicator.title
    table_class = NotAssignedRows
    export_name = "orders-not-assigned"

    def tell(self, rows: list[Any], day: date) -> None:
        set_alone(rows, day)


class NobodyPresent(CasesInForce):
    indicator = INDICATORS["nobody_present"]
    title = indicator.title
    export_name = "nobody-present"


class NoContact(CasesInForce):
    indicator = INDICATORS["no_contact"]
    title = indicator.title
    table_class = NoContactRows
    default_sort = "last_contact"
    export_name = "no-contact"

    def only(self, request: HttpRequest, rows: Any) -> Any:
        return with_last_seen(rows, self.period(request).as_at)

    def tell(self, rows: list[Any], day: date) -> None:
        set_lateness(rows, day)


class Overdue(CasesInForce):
    indicator = INDICATORS["overdue"]
    title = indicator.title
    table_class = OverdueRows
    default_sort = "due_on"
    export_name = "overdue"

    def only(self, request: HttpRequest, rows: Any) -> Any:
        return with_first_late(rows, self.period(request).as_at)

    def tell(self, rows: list[Any], day: date) -> None:
        set_lateness(rows, day)


class Assessed(RateRows):
    indicator = INDICATORS["assessed"]
    title = indicator.title
    table_class = AssessedRows
    default_sort = "name"
    export_name = "assessed"
    words = (gettext_lazy("All orders in force"), gettext_lazy("Assessed"),
             gettext_lazy("Still to be assessed"))  # fmt: skip


class NeedsOpen(FigureRows):
    indicator = INDICATORS["needs_open"]
    title = indicator.title
    table_class = NeedRows
    default_sort = "said_on"
    export_name = "needs-open"
    related = ("person", "town")

    def tell(self, rows: list[Any], day: date) -> None:
        set_open_days(rows, day)


class CheckinWindows(RateRows):
    indicator = INDICATORS["checkin_rate"]
    title = indicator.title
    table_class = WindowRows
    default_sort = "due_on"
    count_cap = 200_000
    export_name = "check-ins-due"
    words = (gettext_lazy("All due"), gettext_lazy("Done"), gettext_lazy("Not done"))


class TalkWindows(CheckinWindows):
    indicator = INDICATORS["talk_rate"]
    title = indicator.title
    export_name = "talks-due"


class VisitWindows(CheckinWindows):
    indicator = INDICATORS["visit_rate"]
    title = indicator.title
    export_name = "visits-due"


PAGES: dict[str, type[FigureRows]] = {
    page.indicator.code: page
    for page in (
        Persons, CasesInForce, CasesNotAssigned, NobodyPresent, Assessed, NoContact, Overdue,
        NeedsOpen, CheckinWindows, TalkWindows, VisitWindows,
    )
}  # fmt: skip
