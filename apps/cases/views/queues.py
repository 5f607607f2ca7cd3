"""Lists for supervisors: orders that nobody looks after, and facts that are missing."""

from collections.abc import Sequence
from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.areas.filters import AreaFilter
from apps.audit.list_page import PersonListPage
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.cases import services
from apps.cases.codes import Measure
from apps.cases.gaps import WORDS, cases_with_gap, count_gaps, gaps_by_case, with_any_gap
from apps.cases.models import Case
from apps.core.days import today
from apps.core.filters import BaseFilterSet
from apps.core.list_page import Page, Question, RowAction
from apps.core.markup import tag_html
from apps.core.refusals import shown_in, status_of
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.core.text import mark
from apps.persons.views.assigning import asked_form, assigned_words


class CaseTable(BaseTable):
    person = NameColumn(verbose_name=gettext_lazy("Name"), order_by="sort_key")
    measure = tables.Column(verbose_name=gettext_lazy("Measure"))
    town = tables.Column(verbose_name=gettext_lazy("Town"), order_by="town__code")
    village = tables.Column(verbose_name=gettext_lazy("Village"), order_by="village__code")
    reported_on = DayColumn(verbose_name=gettext_lazy("Reported on"))

    class Meta:
        model = Case
        fields = ("person", "measure", "town", "village", "reported_on")

    def link_for(self, record: Case) -> str:
        return reverse("cases:case", args=[record.person.public_id])

    def tick_value(self, record: Case) -> str:
        return str(record.person.public_id)

    def tick_label(self, record: Case) -> str:
        return _("Tick %(what)s") % {"what": record.person}

    def render_measure(self, record: Case) -> str:
        return record.get_measure_display()

    value_measure = render_measure


class CaseFilters(BaseFilterSet):
    area = AreaFilter()
    measure = django_filters.ChoiceFilter(label=gettext_lazy("Measure"), choices=Measure.choices)

    class Meta:
        model = Case
        fields: list[str] = []


class UnassignedPage(PersonListPage):
    """Open orders whose person has no responsible worker today."""

    permission = Permission.CASE_ASSIGN
    title = gettext_lazy("Not assigned")
    table_class = CaseTable
    filterset_class = CaseFilters
    template_name = "cases/unassigned.html"
    default_sort = "person"
    empty_title = gettext_lazy("Every order has somebody responsible")
    empty_words = gettext_lazy("A new order stands here until a worker is responsible for it.")

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return unassigned(request.user).select_related("person", "town", "village")  # type: ignore[arg-type]

    def row_actions(self, request: HttpRequest) -> Sequence[RowAction]:
        return [RowAction(gettext_lazy("Assign"), reverse("persons:assign"), "user-check")]

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        rows = unassigned(request.user).exclude(village=None)  # type: ignore[arg-type]
        villages = rows.values("village__code", "village__name", "town__name")
        counted = villages.annotate(n=Count("pk")).order_by("-n", "village__code")[:12]
        return {"villages": list(counted)}


class GapTable(CaseTable):
    gaps = tables.Column(
        verbose_name=gettext_lazy("Missing"),
        order_by="-lacks",
        empty_values=(),
        attrs={"td": {"class": "words"}},
    )

    class Meta:
        model = Case
        fields = ("person", "measure", "town", "village", "reported_on", "gaps")

    def render_gaps(self, record: Any) -> SafeString:
        tags = ((tag_html("na", gap.words, "info-circle"),) for gap in record.gaps)
        return format_html_join(" ", "{}", tags)

    def value_gaps(self, record: Any) -> str:
        return mark(";").join(str(gap.words) for gap in record.gaps)


class GapFilters(CaseFilters):
    gap = django_filters.ChoiceFilter(
        label=gettext_lazy("Missing"), choices=list(WORDS.items()), method="with_gap"
    )

    def with_gap(self, queryset: Any, name: str, value: str) -> Any:
        return cases_with_gap(queryset, value, today())


class GapsPage(PersonListPage):
    """Open orders that lack facts, most first; a missing fact is no fault of the person."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Missing facts")
    table_class = GapTable
    filterset_class = GapFilters
    template_name = "cases/gaps.html"
    default_sort = "gaps"
    empty_title = gettext_lazy("No fact is missing")

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = with_any_gap(open_cases(request.user), today())  # type: ignore[arg-type]
        return rows.select_related("person", "town", "village")

    def count(self, found: QuerySet[Any]) -> int:
        """Of ids alone: what each row lacks is not counted for rows that are not shown."""
        return found.order_by().values("pk")[: self.count_cap + 1].count()

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page = super()._rows(request, found)
        gaps = gaps_by_case(Case.objects.filter(pk__in=[row.pk for row in page.rows]), today())
        for row in page.rows:
            row.gaps = gaps[row.pk]
        return page

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        counts = count_gaps(open_cases(request.user), today())  # type: ignore[arg-type]
        chosen = request.GET.get("gap")
        return {
            "counts": [
                {"code": code, "words": WORDS[code], "n": n, "current": code == chosen}
                for code, n in counts.items()
                if n
            ]
        }


def open_cases(user: User) -> Any:
    return Case.objects.visible_to(user).open_on(today())


def unassigned(user: User) -> Any:
    """Counted in the side bar, too."""
    return open_cases(user).not_assigned_on(today())


@permission_required(Permission.CASE_ASSIGN)
def assign_village(request: SignedInRequest, code: str) -> HttpResponse:
    """All unassigned orders of one village in one act."""
    from apps.areas.models import Area

    rows = unassigned(request.user).filter(village__code=code).select_related("person", "village")
    cases = list(rows.order_by("sort_key", "pk"))
    if not cases:
        messages.info(request, _("No order of this village waits for a worker."))
        return redirect("cases:unassigned")
    form = asked_form(request, [case.person for case in cases])
    if request.method == "POST" and form.is_valid():
        worker, on = form.cleaned_data["worker"], form.cleaned_data["on"]
        with shown_in(form):
            done = services.assign_open_cases(
                area=Area.objects.get(code=code), worker=worker, by=request.user, on=on
            )
            messages.success(request, assigned_words(len(done), worker))
            return redirect("cases:unassigned")
    log_access(request, persons=[case.person for case in cases], action=Action.LIST)
    context = {
        "form": form,
        "cases": cases,
        "village": cases[0].village,
        "wanted": request.POST.get("wanted", ""),
    }
    return render(request, "cases/assign_village.html", context, status=status_of(form))
