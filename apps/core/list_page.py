"""A list page is a declaration: queryset, table, filters, permission, title.

Sorting (from the table's own columns), filters and the page number live in the address.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Final

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _, gettext_lazy
from django.views.generic import View

from apps.core.days import today
from apps.core.filter_bar import FilterBar
from apps.core.filters import BaseFilterSet, asked_of, keep_names
from apps.core.leaving import LeavingList
from apps.core.navigation import may
from apps.core.prepared import PreparedByScope
from apps.core.tables import BaseTable, filled_columns, in_order

Words = str | Promise
_WRITTEN: Final = PreparedByScope(1000)


@dataclass(frozen=True, slots=True)
class RowAction:
    """A button for the ticked rows: posts their ids as `row` to the address."""

    label: Words
    url: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows, and what is said about it."""

    rows: list[Any]
    number: int
    first: int
    total: int
    capped: bool
    has_next: bool

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.has_next else None

    @property
    def count(self) -> str:
        return _("more than %(n)s") % {"n": f"{self.total:,}"} if self.capped else f"{self.total:,}"

    @property
    def words(self) -> str:
        """ "Rows 1 to 50 of 1,300"."""
        if not self.rows:
            return _("No rows")
        place = {"first": self.first, "last": self.first + len(self.rows) - 1, "n": self.count}
        return _("Rows %(first)s to %(last)s of %(n)s") % place


class Question:
    """Rows of a list: with a key its SQL is kept, without one Django writes it anew."""

    def __init__(
        self, build: Callable[[], QuerySet[Any]], key: tuple[Any, ...] | None = None
    ) -> None:
        self._build, self._key = build, key

    @cached_property
    def queryset(self) -> QuerySet[Any]:
        return self._build()

    @property
    def is_written(self) -> bool:
        return self._key is not None

    def count(self, cap: int) -> int:
        """Of ids alone, up to the cap and one more."""
        key = (self._key, "count", cap)
        return _WRITTEN.counts(key, [lambda: self.queryset.order_by().values("pk")[: cap + 1]])[0]

    def part(self, start: int, length: int) -> list[Any]:
        """Some rows in order."""
        if self._key is None:
            return list(self.queryset[start : start + length])
        key = (self._key, start, length)
        return _WRITTEN.rows(key, lambda: self.queryset[start : start + length])

    def reaches(self, place: int) -> bool:
        """Asked of ids alone: a row that is read and not shown would stand in the access log."""
        return bool(self.queryset.order_by().values("pk")[place : place + 1])


class ListPage(LeavingList, View):
    """Subclasses give the declaration; `queryset` begins with `.visible_to(request.user)`."""

    http_method_names = ["get", "head", "post"]
    permission: ClassVar[str]
    title: ClassVar[Words]
    table_class: ClassVar[type[BaseTable]]
    filterset_class: ClassVar[type[BaseFilterSet] | None] = None
    template_name: ClassVar[str] = "core/list_page.html"
    page_size: ClassVar[int] = 50
    count_cap: ClassVar[int] = 10_000
    # The list follows from the user's scope, the day, the filters, the order and what it `reads`
    # of the address: its SQL is written once. tests/core/test_written_lists.py holds it to that.
    is_written: ClassVar[bool] = False
    reads: ClassVar[tuple[str, ...]] = ()
    default_sort: ClassVar[str] = ""
    seen_by: ClassVar[Words] = gettext_lazy("Seen by: those responsible in this area")
    empty_title: ClassVar[Words] = gettext_lazy("Nothing is on this list")
    empty_words: ClassVar[Words] = ""

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        raise NotImplementedError

    def row_actions(self, request: HttpRequest) -> Sequence[RowAction]:
        """Buttons for ticked rows; without any there is nothing to tick."""
        return ()

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        """More for the template."""
        return {}

    def log_view(self, request: HttpRequest, rows: list[Any]) -> None:
        """Called with the rows shown; apps.audit.list_page writes the access log."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return self._page(request)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """The export: with a reason, logged, watermarked; or filters with a name in them."""
        if "filter" in request.POST and self.filterset_class is not None:
            return keep_names(request, self.filterset_class)
        return self._export(request)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may(request.user, self.permission):
            raise PermissionDenied(self.permission)
        return super().dispatch(request, *args, **kwargs)

    def _filters(self, request: HttpRequest) -> FilterBar | None:
        made = self.filterset_class
        if made is None:
            return None
        asked = asked_of(request, made)
        return FilterBar(
            made,
            request,
            asked,
            lambda: made(asked, queryset=self.queryset(request), request=request),
        )

    def _sorted(
        self, request: HttpRequest, table: BaseTable, found: QuerySet[Any]
    ) -> QuerySet[Any]:
        """By what the address asks for, if the table allows it; rows without a value last."""
        fields = table.orders().get(self._sort(request, table).lstrip("-"))
        if not fields:
            return found if found.ordered else found.order_by("pk")
        turned = self._sort(request, table).startswith("-")
        filled = filled_columns(found.model) - found.query.annotations.keys()
        order = (in_order(field, turned=turned, filled=filled) for field in fields)
        return found.order_by(*order, "pk")

    def _sort(self, request: HttpRequest, table: BaseTable) -> str:
        asked = request.GET.get("sort", "")
        return asked if asked.lstrip("-") in table.orders() else self.default_sort

    def _found(self, request: HttpRequest, filters: FilterBar | None) -> QuerySet[Any]:
        found = filters.set.qs if filters else self.queryset(request)
        return self._sorted(request, self.table_class([]), found)

    def _question(self, request: HttpRequest, filters: FilterBar | None) -> "Question":
        """What the list asks the database; written once where all of it is known by its key."""
        key: tuple[Any, ...] | None = None
        if self.is_written and (filters is None or filters.is_settled):
            user: Any = request.user
            known = filters.key if filters else (user.scope_key, today(), get_language())
            more = tuple(request.GET.get(name, "") for name in ("sort", *self.reads))
            key = (type(self), known, more)
        return Question(lambda: self._found(request, filters), key)

    def count(self, found: QuerySet[Any]) -> int:
        """Counting stops at the cap; override where the queryset carries annotations."""
        return found.order_by()[: self.count_cap + 1].count()

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        written = found.is_written
        total = found.count(self.count_cap) if written else self.count(found.queryset)
        capped = total > self.count_cap
        total = min(total, self.count_cap)
        number = max(_number(request.GET.get("page")), 1)
        if not capped:
            number = min(number, max(-(-total // self.page_size), 1))
        start = (number - 1) * self.page_size
        rows = found.part(start, self.page_size) if total else []
        end = start + self.page_size
        has_next = found.reaches(end) if capped else end < total
        return Page(rows, number, start + 1, total, capped, has_next)

    def _page(self, request: HttpRequest, export_error: str = "") -> HttpResponse:
        filters = self._filters(request)
        table = self.table_class([])
        page = self._rows(request, self._question(request, filters))
        self.log_view(request, page.rows)
        actions = self.row_actions(request)
        context = {
            "title": self.title,
            "seen_by": self.seen_by,
            "as_at": timezone.now(),
            "filters": filters,
            "headings": table.headings(self._sort(request, table)),
            "body": table.body(
                page.rows, ticks=bool(actions), ticked=frozenset(request.POST.getlist("row"))
            ),
            "sort": request.GET.get("sort", ""),
            "page": page,
            "row_actions": actions,
            "empty_title": self.empty_title,
            "empty_words": self.empty_words,
        }
        context |= self._leaving_context(request, export_error) | self.more_context(request)
        return render(request, self.template_name, context, status=422 if export_error else 200)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else 1
