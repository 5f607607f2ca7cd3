"""Two lists of what waits with samples: objections, and dates until which samples are kept."""

from datetime import timedelta
from typing import Any, cast

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.filters import AreaFilter
from apps.audit.list_page import PersonListPage
from apps.cases.deadlines import Books
from apps.core.days import today
from apps.core.filters import BaseFilterSet, DayFilter
from apps.core.list_page import Page, Question
from apps.core.markup import tag_html
from apps.core.navigation import may, url_or_none
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.drugtests.chain import StepKind, Waiting
from apps.drugtests.codes import Sample, TestKind
from apps.drugtests.dossier_page import permission_for
from apps.drugtests.models import Dossier, DrugTest
from apps.drugtests.waiting import SOON, of_objection, of_storage, of_storage_days, of_way, steps_of
from apps.law.current import load_rulebook
from apps.persons.finding import NameFilter


class _WaitingTable(BaseTable):
    """Who, where, what of, how far; and the step that comes next, for who may record it."""

    person = NameColumn(
        verbose_name=gettext_lazy("Name"), accessor="person__name", order_by="person__sort_key"
    )
    town = tables.Column(
        verbose_name=gettext_lazy("Town"), accessor="town__name", order_by="town__code"
    )
    state = tables.Column(
        verbose_name=gettext_lazy("State"), accessor="pk", empty_values=(), orderable=False
    )
    acts = tables.Column(
        verbose_name="", accessor="pk", orderable=False, exclude_from_export=True, empty_values=()
    )

    def link_for(self, record: Any) -> str:
        return url_or_none("workbench:person", record.person.public_id) or "#"

    def render_state(self, record: Any) -> SafeString:
        return tag_html(record.waits.kind, record.waits.words)

    def value_state(self, record: Any) -> str:
        return str(record.waits.words)

    def render_acts(self, record: Any) -> SafeString:
        """Dossier and test have one address."""
        key = record.public_id
        opens = (reverse("drugtests:detail", args=[key]), pgettext("button", "Open"))
        if not record.next_step:
            return format_html('<a class="btn" href="{}">{}</a>', *opens)
        words = _("Record: %(step)s") % {"step": record.next_step.label}
        return format_html(
            '<a class="btn btn-primary" href="{}">{}</a> <a class="btn" href="{}">{}</a>',
            reverse("drugtests:step", args=[key, record.next_step]), words, *opens,
        )  # fmt: skip


class StorageTable(_WaitingTable):
    number = tables.Column(verbose_name=gettext_lazy("Sample"), accessor="number", orderable=False)
    sample = tables.Column(
        verbose_name=gettext_lazy("Kind of sample"), accessor="test__get_sample_display",
        order_by="test__sample",
    )  # fmt: skip
    keep_until = DayColumn(verbose_name=gettext_lazy("Kept until"))

    class Meta:
        sequence = ("keep_until", "person", "town", "number", "sample", "state", "acts")


class WayTable(_WaitingTable):
    waits_until = DayColumn(verbose_name=gettext_lazy("By"))
    number = tables.Column(verbose_name=gettext_lazy("Sample"), accessor="number", orderable=False)
    day = DayColumn(verbose_name=gettext_lazy("Day of the test"), accessor="test__day")
    sample = tables.Column(
        verbose_name=gettext_lazy("Kind of sample"), accessor="test__get_sample_display",
        order_by="test__sample",
    )  # fmt: skip

    class Meta:
        sequence = ("waits_until", "person", "town", "number", "day", "sample", "state", "acts")


class ObjectionTable(_WaitingTable):
    objected_at = DayColumn(verbose_name=gettext_lazy("Objected on"))
    day = DayColumn(verbose_name=gettext_lazy("Day of the test"))
    kind = tables.Column(
        verbose_name=gettext_lazy("Kind of test"), accessor="get_kind_display", order_by="kind"
    )

    class Meta:
        sequence = ("objected_at", "person", "town", "day", "kind", "state", "acts")


class StorageFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))
    date = django_filters.ChoiceFilter(
        choices=[
            ("over", gettext_lazy("Over")),
            ("soon", gettext_lazy("Within 30 days")),
            ("later", gettext_lazy("Later")),
        ],
        method="of_date", label=gettext_lazy("Date"), empty_label=gettext_lazy("All"),
    )  # fmt: skip
    sample = django_filters.ChoiceFilter(
        field_name="test__sample", choices=Sample.choices, label=gettext_lazy("Kind of sample"),
        empty_label=gettext_lazy("All"),
    )  # fmt: skip
    until_from = DayFilter(
        field_name="keep_until", lookup_expr="gte", label=gettext_lazy("Kept until, from")
    )
    until_to = DayFilter(field_name="keep_until", lookup_expr="lte", label=gettext_lazy("to"))

    class Meta:
        model = Dossier
        fields = ["area", "name", "date", "sample", "until_from", "until_to"]

    def of_date(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        day = today()
        soon = day + timedelta(days=SOON)
        if value == "over":
            return rows.filter(keep_until__lt=day)
        if value == "soon":
            return rows.filter(keep_until__range=(day, soon))
        return rows.filter(keep_until__gt=soon)


class WayFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))
    waits = django_filters.ChoiceFilter(
        field_name="waits_for", label=gettext_lazy("What waits"), empty_label=gettext_lazy("All"),
        choices=[(one.value, one.label) for one in (Waiting.SEAL, Waiting.SEND, Waiting.AWAIT)],
    )  # fmt: skip
    sample = django_filters.ChoiceFilter(
        field_name="test__sample", choices=Sample.choices, label=gettext_lazy("Kind of sample"),
        empty_label=gettext_lazy("All"),
    )  # fmt: skip

    class Meta:
        model = Dossier
        fields = ["area", "name", "waits", "sample"]


class ObjectionFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))
    show = django_filters.ChoiceFilter(
        choices=[("settled", gettext_lazy("Settled")), ("all", gettext_lazy("All"))],
        method="shown", label=gettext_lazy("Show"), empty_label=gettext_lazy("Open"),
    )  # fmt: skip
    kind = django_filters.ChoiceFilter(
        choices=TestKind.choices, label=gettext_lazy("Kind of test"),
        empty_label=gettext_lazy("All"),
    )  # fmt: skip
    day_from = DayFilter(
        field_name="day", lookup_expr="gte", label=gettext_lazy("Day of the test, from")
    )
    day_to = DayFilter(field_name="day", lookup_expr="lte", label=gettext_lazy("to"))

    class Meta:
        model = DrugTest
        fields = ["area", "name", "show", "kind", "day_from", "day_to"]

    def shown(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Open ones alone where nothing is asked for: see the page."""
        open_ones = DrugTest.objects.disputed_on(today()).values("pk")
        return rows.exclude(pk__in=open_ones) if value == "settled" else rows


class _WaitingPage(PersonListPage):
    permission = Permission.PERSON_VIEW
    fields_seen = "drugtests"

    def told(self, rows: list[Any]) -> None:
        """Give each row `waits`."""
        raise NotImplementedError

    def told_outside(self, rows: list[Any]) -> None:
        """The same for a file: where less may leave, the page says what."""
        self.told(rows)

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page = super()._rows(request, found)
        self.told(page.rows)
        for row in page.rows:
            row.next_step = _offered(request, row.waits.following)
        return page

    def log_export(self, request: HttpRequest, rows: list[Any], purpose: str) -> None:
        self.told_outside(rows)
        super().log_export(request, rows, purpose)


class StoragePage(_WaitingPage):
    """Sealed samples by the day until which they are kept, the next one first."""

    title = gettext_lazy("Storage dates of samples")
    template_name = "drugtests/storage.html"
    table_class = StorageTable
    filterset_class = StorageFilters
    export_permission = Permission.PERSON_EXPORT
    export_name = "stored-samples"
    empty_title = gettext_lazy("No sealed sample is stored")
    empty_words = gettext_lazy(
        "A sample stands here from the day on which it was stored until it is destroyed."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Dossier.objects.visible_to(cast(User, request.user)).stored()
        return rows.select_related("person", "town", "test__person").order_by("keep_until", "pk")

    def told(self, rows: list[Any]) -> None:
        day, had = today(), steps_of(rows)
        for row in rows:
            row.waits = of_storage(row.test, row.keep_until, had[row.pk], day)

    def told_outside(self, rows: list[Any]) -> None:
        for row in rows:
            row.waits = of_storage_days(row.keep_until, today())


class WayPage(_WaitingPage):
    """Samples that go to a laboratory, what is late first. Nothing leaves: most of those to be
    sealed were positive.
    """

    title = gettext_lazy("Samples on their way")
    template_name = "drugtests/on_their_way.html"
    table_class = WayTable
    filterset_class = WayFilters
    empty_title = gettext_lazy("No sample is on its way")
    empty_words = gettext_lazy(
        "A sample that goes to a laboratory stands here until its result is on record."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Dossier.objects.visible_to(cast(User, request.user)).on_their_way()
        return rows.select_related("person", "town", "test__person").order_by("waits_until", "pk")

    def told(self, rows: list[Any]) -> None:
        day, had = today(), steps_of(rows)
        for row in rows:
            row.waits = of_way(row.test, row.waits_for, row.waits_until, had[row.pk], day)


class ObjectionsPage(_WaitingPage):
    """Open objections, the oldest first. Nothing leaves: each row says that a test was positive."""

    title = gettext_lazy("Objections to tests")
    template_name = "drugtests/objections.html"
    table_class = ObjectionTable
    filterset_class = ObjectionFilters
    empty_title = gettext_lazy("Nobody objects to a test")
    empty_words = gettext_lazy(
        "An objection stands here until it was answered and what was granted was carried out."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = DrugTest.objects.visible_to(cast(User, request.user)).objected()
        if not request.GET.get("show"):
            rows = rows.disputed_on(today())
        return rows.select_related("person", "town", "dossier").order_by("objected_at", "pk")

    def told(self, rows: list[Any]) -> None:
        day, had = today(), steps_of(row.dossier for row in rows)
        books = Books(load_rulebook(), rows)
        for row in rows:
            row.waits = of_objection(row, had[row.dossier.pk], books.of(row), day)


def _offered(request: HttpRequest, step: StepKind | None) -> StepKind | None:
    """The next step, for who may record it."""
    return step if step and may(request.user, permission_for(step, {})) else None
