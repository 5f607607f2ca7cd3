"""Lists: who works where, the bases, the courses, and who is in one."""

from typing import Any, cast
from uuid import UUID

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.filters import AreaFilter
from apps.audit.list_page import PersonListPage
from apps.core.days import today
from apps.core.filters import BaseFilterSet, DayFilter
from apps.core.list_page import ListPage, Page, Question
from apps.core.markup import tag_html
from apps.core.money import yuan
from apps.core.rates import fraction_text, rate_text
from apps.core.tables import BaseTable, DayColumn, NameColumn, NumberColumn
from apps.employment.codes import Kind
from apps.employment.models import Base, Course, Enrolment, Placement
from apps.employment.shown import state_of
from apps.persons.finding import NameFilter
from apps.persons.querysets import dead_by

STATES = [
    ("running", gettext_lazy("Works there")),
    ("ended", gettext_lazy("Work has ended")),
    # Nobody has ended it, and it goes on no more.
    ("died", gettext_lazy("The person has died")),
    ("withdrawn", gettext_lazy("Withdrawn")),
]
NOBODY = {"whole": 0, "examined": 0, "certified": 0}


class PlacementTable(BaseTable):
    person = NameColumn(verbose_name=gettext_lazy("Name"), order_by="person__sort_key")
    town = tables.Column(
        verbose_name=gettext_lazy("Town"), accessor="town__name", order_by="town__code"
    )
    kind = tables.Column(
        verbose_name=gettext_lazy("Kind of work"), accessor="get_kind_display", order_by="kind"
    )
    where = tables.Column(verbose_name=gettext_lazy("Where"), orderable=False)
    wage = tables.Column(
        verbose_name=gettext_lazy("Yuan a month"), accessor="wage_fen", order_by="wage_fen",
        attrs={"td": {"class": "num"}},
    )  # fmt: skip
    starts_on = DayColumn(verbose_name=gettext_lazy("First day of work"))
    ended_on = DayColumn(verbose_name=gettext_lazy("Last day of work"))
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)

    def link_for(self, record: Placement) -> str:
        return reverse("employment:placement", args=[record.public_id])

    def render_wage(self, value: int) -> str:
        return yuan(value)

    def value_wage(self, value: int) -> str:
        return yuan(value)

    def render_state(self, record: Placement) -> SafeString:
        return tag_html(*state_of(record))

    def value_state(self, record: Placement) -> str:
        return state_of(record)[1]


class PlacementFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))
    kind = django_filters.ChoiceFilter(
        choices=Kind.choices, label=gettext_lazy("Kind of work"), empty_label=gettext_lazy("All")
    )
    state = django_filters.ChoiceFilter(
        choices=STATES, method="in_state", label=gettext_lazy("State"),
        empty_label=gettext_lazy("All"),
    )  # fmt: skip
    begun_from = DayFilter(
        field_name="starts_on", lookup_expr="gte", label=gettext_lazy("Begun from")
    )
    begun_to = DayFilter(field_name="starts_on", lookup_expr="lte", label=gettext_lazy("to"))

    class Meta:
        model = Placement
        fields = ["area", "name", "kind", "state", "begun_from", "begun_to"]

    def in_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        if value == "withdrawn":
            return rows.exclude(withdrawn_at=None)
        rows = rows.filter(withdrawn_at=None, ended_on__isnull=value != "ended")
        if value == "died":
            return rows.filter(dead_by(today()))
        return rows if value == "ended" else rows.living_on(today())  # type: ignore[attr-defined,no-any-return]


class PlacementsPage(PersonListPage):
    """Everybody's work, the newest first."""

    is_written = True
    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Work and training")
    template_name = "employment/list.html"
    table_class = PlacementTable
    filterset_class = PlacementFilters
    export_permission = Permission.PERSON_EXPORT
    export_name = "placements"
    fields_seen = "employment"
    empty_title = gettext_lazy("No placement is on record")
    empty_words = gettext_lazy("Work is recorded on the person's page, with the person's consent.")

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Placement.objects.visible_to(cast(User, request.user))
        return rows.select_related("person", "town", "base").order_by("-starts_on", "-pk")


class BaseTableOfBases(BaseTable):
    name = NameColumn(verbose_name=gettext_lazy("Base"), orderable=False)
    area = tables.Column(verbose_name=gettext_lazy("Unit"), orderable=False)
    taken = tables.Column(
        verbose_name=gettext_lazy("Places taken"), empty_values=(), orderable=False
    )
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)

    def link_for(self, record: Base) -> str:
        return reverse("employment:base", args=[record.public_id])

    def render_name(self, value: str, record: Any) -> Any:
        return NameColumn().render(value, record, self) if record.may_change else value

    def render_taken(self, record: Any) -> str:
        return fraction_text(record.running, record.places)

    def render_state(self, record: Base) -> str:
        return _("Takes persons") if record.active else _("Takes nobody at present")


class BasesPage(ListPage):
    """Nobody stands in it."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Bases")
    template_name = "employment/bases.html"
    table_class = BaseTableOfBases
    empty_title = gettext_lazy("No base is on file")
    empty_words = gettext_lazy("Workshops, parks and farms with places for persons in recovery.")

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Base.objects.visible_to(cast(User, request.user)).with_running()
        return rows.select_related("area").order_by("-active", "name", "pk")  # type: ignore[no-any-return]

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page = super()._rows(request, found)
        user = cast(User, request.user)
        own = Base.objects.run_by(user) if user.may(Permission.CAMPAIGN_OPEN) else ()
        changed = {row.pk for row in own}
        for row in page.rows:
            row.may_change = row.pk in changed
        return page


class CourseTable(BaseTable):
    title = NameColumn(verbose_name=gettext_lazy("Course"), orderable=False)
    area = tables.Column(verbose_name=gettext_lazy("Unit"), orderable=False)
    first = DayColumn(verbose_name=gettext_lazy("First day of the course"))
    last = DayColumn(verbose_name=gettext_lazy("Last day of the course"))
    provider = tables.Column(verbose_name=gettext_lazy("Provider"), orderable=False)
    enrolled = NumberColumn(
        verbose_name=gettext_lazy("Enrolled"), accessor="counts__whole", orderable=False
    )
    certified = tables.Column(
        verbose_name=gettext_lazy("Certificates of examinations"), empty_values=(), orderable=False
    )

    def link_for(self, record: Course) -> str:
        return reverse("employment:course", args=[record.public_id])

    def render_certified(self, record: Any) -> str:
        return certified_words(record.counts)


class CoursesPage(ListPage):
    """Nobody stands in it."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Training courses")
    template_name = "employment/courses.html"
    table_class = CourseTable
    default_sort = "-first"
    empty_title = gettext_lazy("No course yet")
    empty_words = gettext_lazy("Persons are enrolled from their own page.")

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Course.objects.visible_to(cast(User, request.user)).select_related("area")

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page = super()._rows(request, found)
        seen: Any = Enrolment.objects.visible_to(cast(User, request.user))
        counts = seen.filter(course__in=page.rows).counted()
        for row in page.rows:
            row.counts = counts.get(row.pk, NOBODY)
        return page


class EnrolmentTable(BaseTable):
    person = NameColumn(verbose_name=gettext_lazy("Name"), order_by="person__sort_key")
    town = tables.Column(
        verbose_name=gettext_lazy("Town"), accessor="town__name", order_by="town__code"
    )
    enrolled_on = DayColumn(verbose_name=gettext_lazy("Enrolled on"))
    hours = tables.Column(verbose_name=gettext_lazy("Hours"), orderable=False)
    examination = tables.Column(
        verbose_name=gettext_lazy("Examination"), accessor="get_examination_display",
        order_by="examination",
    )  # fmt: skip
    certificate_number = tables.Column(
        verbose_name=gettext_lazy("Number of the certificate"), orderable=False
    )

    def link_for(self, record: Enrolment) -> str:
        return reverse("employment:enrolment", args=[record.public_id])


class EnrolmentFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))

    class Meta:
        model = Enrolment
        fields: list[str] = []


class CoursePage(PersonListPage):
    """Who of the reader's area is in the course, and what came of it."""

    permission = Permission.PERSON_VIEW
    table_class = EnrolmentTable
    filterset_class = EnrolmentFilters
    template_name = "employment/course.html"
    default_sort = "person"
    export_permission = Permission.PERSON_EXPORT
    export_name = "course"
    fields_seen = "employment"
    empty_title = gettext_lazy("Nobody stands here")
    empty_words = gettext_lazy("Nobody of your area is enrolled in this course.")

    @property
    def title(self) -> str:  # type: ignore[override]
        return str(self._course.title)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if getattr(request.user, "is_authenticated", False):
            self._find(cast(User, request.user), kwargs["public_id"])
        return super().dispatch(request)

    def _find(self, user: User, public_id: UUID) -> None:
        """403 for who may not, before 404 for what is not there."""
        if user.may(self.permission):
            rows = Course.objects.visible_to(user).select_related("area")
            self._course: Course = get_object_or_404(rows, public_id=public_id)

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Enrolment.objects.visible_to(cast(User, request.user)).standing()
        return rows.filter(course=self._course).select_related("person", "town", "village")  # type: ignore[no-any-return]

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        seen: Any = Enrolment.objects.visible_to(cast(User, request.user))
        counts = seen.filter(course=self._course).counted().get(self._course.pk, NOBODY)
        return {
            "course": self._course, "counts": counts, "certified": certified_words(counts),
            "may_run": Course.objects.run_by(cast(User, request.user))
            .filter(pk=self._course.pk).exists(),
            "area_path": [(unit.name, "") for unit in self._course.area.path()],
        }  # fmt: skip


def certified_words(counts: dict[str, int]) -> str:
    """ "848/855 · 99.2 %"."""
    done, whole = counts["certified"], counts["examined"]
    return f"{fraction_text(done, whole)} · {rate_text(done, whole)}" if whole else "–"
