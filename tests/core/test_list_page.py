import csv
import io
from collections.abc import Iterator
from typing import Any

import django_filters
import django_tables2 as tables
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.filters import BaseFilterSet, TextFilter, TickFilter
from apps.core.list_page import ListPage, RowAction
from apps.core.tables import BaseTable, DayColumn, NameColumn, NumberColumn
from tests.factories.accounts import UserFactory
from tests.factories.areas import area

pytestmark = pytest.mark.django_db


class StaffTable(BaseTable):
    name = NameColumn(verbose_name="Name")
    username = tables.Column(verbose_name="Account")
    created_at = DayColumn(verbose_name="Since", exclude_from_export=True)
    number = NumberColumn(verbose_name="No.", accessor="pk", orderable=False)
    place = tables.Column(verbose_name="Area", accessor="area__name", order_by="area__code")

    def link_for(self, record: User) -> str:
        return f"/staff/{record.username}/"

    def value_username(self, record: User) -> str:
        return record.username.upper()


class StaffFilters(BaseFilterSet):
    name = django_filters.CharFilter(lookup_expr="contains")
    account = django_filters.CharFilter(field_name="username", lookup_expr="contains")
    day = django_filters.DateFilter(field_name="created_at__date")
    active = TickFilter(field_name="is_active")

    class Meta:
        model = User
        fields = ["name", "account", "day", "active"]


class StaffPage(ListPage):
    permission = Permission.PERSON_VIEW
    title = "Staff"
    table_class = StaffTable
    filterset_class = StaffFilters
    export_permission = Permission.PERSON_EXPORT
    default_sort = "username"
    count_cap = 60
    left: list[Any] = []

    def queryset(self, request: Any) -> Any:
        return User.objects.filter(username__startswith="row").select_related("area")

    def row_actions(self, request: Any) -> list[RowAction]:
        return [RowAction("Assign", "/assign/", "user-check")]

    def log_export(self, request: Any, rows: list[Any], purpose: str) -> None:
        self.left.append((len(rows), purpose))


@pytest.fixture
def user() -> User:
    return UserFactory()


def rows(count: int) -> None:
    place = area()
    User.objects.bulk_create(
        User(username=f"row{n:03}", name=f"林{n:03}", role="worker", area=place)
        for n in range(count)
    )


def page(
    user: User,
    address: str = "/",
    data: dict[str, str] | None = None,
    session: dict[str, Any] | None = None,
) -> HttpResponse:
    factory = RequestFactory()
    request = factory.get(address) if data is None else factory.post(address, data)
    request.user, request.session = user, session if session is not None else {}  # type: ignore[assignment]
    request._messages = []  # type: ignore[attr-defined]
    return StaffPage.as_view()(request)  # type: ignore[return-value]


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_rows_are_drawn_escaped_with_labels_for_the_phone(user: User) -> None:
    UserFactory(username="row1", name="<b>林</b>")
    html = text(page(user))
    assert (
        '<td class="name" data-label="Name"><a href="/staff/row1/">&lt;b&gt;林&lt;/b&gt;</a></td>'
        in html
    )
    assert 'name="row"' in html


def test_the_address_sorts_and_other_columns_are_ignored(user: User) -> None:
    rows(3)
    html = text(page(user, "/?sort=-username"))
    assert html.index("row002") < html.index("row001") < html.index("row000")
    assert 'aria-sort="descending"' in html
    html = text(page(user, "/?sort=password"))
    assert html.index("row000") < html.index("row001")


def test_the_address_filters_and_a_wrong_filter_shows_no_rows(user: User) -> None:
    rows(3)
    html = text(page(user, "/?account=row001"))
    assert "row001" in html
    assert "row002" not in html
    html = text(page(user, "/?day=31.31.31"))
    assert "row001" not in html
    assert 'aria-invalid="true"' in html


def test_a_name_is_posted_and_stands_in_no_address(user: User) -> None:
    rows(3)
    session: dict[str, Any] = {}
    asked = {"filter": "1", "name": "林001", "active": "on", "sort": "-username"}
    moved = page(user, "/", asked, session)
    assert moved.status_code == 302
    address = moved["Location"]
    assert "active=on" in address
    assert "sort=-username" in address
    assert "%E6" not in address
    html = text(page(user, f"/{address}", None, session))
    assert "row001" in html
    assert "row002" not in html
    assert 'value="林001"' in html
    assert "不再保留" not in html


def test_a_filter_longer_than_any_answers_with_an_address_that_a_browser_takes(user: User) -> None:
    moved = page(user, "/", {"filter": "1", "sort": "长" * 70_000, "name": "长" * 70_000}, {})
    assert moved.status_code == 302
    assert len(moved["Location"]) < 8000


@pytest.mark.parametrize("address", ["/?names=of-another-session", "/?name=林001"])
def test_a_name_that_is_lost_shows_nobody_and_says_so(user: User, address: str) -> None:
    """A list that ignores a filter would lie, and its export would hold everybody."""
    rows(3)
    StaffPage.left = []
    with translation.override("en"):
        html = text(page(user, address))
    assert "not kept any more" in html
    assert "row002" not in html
    assert "Nothing matches these filters" in html
    page(user, address, {"purpose": "月度核对", "format": "csv"})
    assert [count for count, _purpose in StaffPage.left] == [0]
    assert "row002" in text(page(user, "/?names="))


def test_every_list_that_asks_for_a_name_posts_it() -> None:
    """No filter of the product takes free words, but those that are kept and codes of areas."""
    lists = list(filtersets(BaseFilterSet))
    assert len(lists) > 15
    for filters in lists:
        words = {
            name
            for name, one in filters.base_filters.items()
            if type(one) in {django_filters.CharFilter, TextFilter}
        }
        assert words <= {"kept", *filters.kept_names()}, filters


def filtersets(base: type[BaseFilterSet]) -> Iterator[type[BaseFilterSet]]:
    for one in base.__subclasses__():
        if one.__module__.startswith("apps."):
            yield one
        yield from filtersets(one)


def test_links_of_pages_keep_the_filters(user: User) -> None:
    rows(55)
    html = text(page(user, "/?account=row&sort=username"))
    assert "row049" in html
    assert "row050" not in html
    assert "page=2" in html
    assert "account=row" in html
    second = text(page(user, "/?page=2"))
    assert "row054" in second
    assert text(page(user, "/?page=99")).count("row054") == second.count("row054")


def test_counting_stops_at_the_cap(user: User) -> None:
    rows(62)
    with translation.override("en"):
        html = text(page(user))
    assert "Rows 1 to 50 of more than 60" in html
    assert 'rel="next"' in html
    assert "row061" in text(page(user, "/?page=2"))


@pytest.mark.parametrize("cap", [60, 40])
def test_no_row_is_read_that_is_not_shown(
    user: User, cap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would stand in the access log where its name is like one that is shown."""
    monkeypatch.setattr(StaffPage, "count_cap", cap)
    read: list[int] = []
    loaded = User.from_db.__func__  # type: ignore[attr-defined]
    noting = classmethod(lambda cls, *args: read.append(1) or loaded(cls, *args))
    monkeypatch.setattr(User, "from_db", noting)
    for count, onward in ((50, False), (51, True)):
        User.objects.filter(username__startswith="row").delete()
        rows(count)
        read.clear()
        html = text(page(user))
        assert len(read) == 50
        assert ('rel="next"' in html) is onward


@pytest.mark.parametrize("address", ["/", "/?account=row&active=on&sort=-place"])
def test_the_number_of_queries_does_not_grow_with_rows(user: User, address: str) -> None:
    counts = []
    for count in (5, 45):
        User.objects.filter(username__startswith="row").delete()
        rows(count)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(User.objects.select_related("area").get(pk=user.pk), address)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


def test_a_role_without_the_permission_is_refused() -> None:
    with pytest.raises(PermissionDenied):
        page(UserFactory(auditor=True))


def test_export_needs_a_reason_and_logs_before_anything_leaves(user: User) -> None:
    rows(2)
    StaffPage.left = []
    assert page(user, "/?account=row", {"purpose": " "}).status_code == 422
    assert StaffPage.left == []
    response = page(user, "/?account=row001", {"purpose": "月度核对", "format": "csv"})
    assert StaffPage.left == [(1, "月度核对")]
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    response.close()
    lines = list(csv.reader(io.StringIO(content)))
    assert lines[0] == ["Name", "Account", "No.", "Area"]
    assert lines[1][:2] == ["林001", "ROW001"]
    assert lines[1][3] == "嘉积镇"
    assert "月度核对" in lines[2][0]
    assert user.username in lines[2][0]


def test_export_of_too_many_rows_asks_to_narrow_the_list(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows(3)
    monkeypatch.setattr(StaffPage, "export_limit", 2)
    assert page(user, "/", {"purpose": "月度核对"}).status_code == 422


def test_a_list_without_the_right_to_export_exports_nothing() -> None:
    viewer = UserFactory(province_viewer=True)
    request = RequestFactory().post("/", {"purpose": "月度核对"})
    request.user = viewer
    with pytest.raises(PermissionDenied):
        type("Figures", (StaffPage,), {"permission": Permission.FIGURES_VIEW}).as_view()(request)


def test_an_empty_list_says_why(user: User) -> None:
    assert "state" in text(page(user))
    rows(1)
    assert 'href="?"' in text(page(user, "/?account=none"))


def test_fifty_rows_of_ten_columns_are_drawn_in_twenty_milliseconds() -> None:
    import time

    columns = {f"c{n}": tables.Column(accessor="username") for n in range(10)}
    table = type("Wide", (BaseTable,), columns)([])
    records = [User(username=f"u{n}") for n in range(50)]
    table.body(records)
    best = min(_timed(lambda: table.body(records), time.perf_counter) for _ in range(5))
    assert best < 0.020


def _timed(call: Any, clock: Any) -> float:
    start: float = clock()
    call()
    return float(clock()) - start


def test_a_column_that_is_never_empty_is_sorted_as_its_index_is(user: User) -> None:
    """Of others rows without a value stand last, which no plain index can give."""
    page = StaffPage()
    request = RequestFactory().get("/", {"sort": "-username"})
    found = page._sorted(request, StaffTable([]), User.objects.all())
    assert "NULLS LAST" not in str(found.query)
    request = RequestFactory().get("/", {"sort": "-place"})
    assert "NULLS LAST" in str(page._sorted(request, StaffTable([]), User.objects.all()).query)
