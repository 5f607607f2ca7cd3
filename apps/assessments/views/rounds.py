"""Rounds: who is to be assessed where and when, and how far it has come."""

from typing import Any
from uuid import UUID

import django_tables2 as tables
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.areas.filters import AreaFilter
from apps.assessments.codes import Standing
from apps.assessments.forms import RoundForm
from apps.assessments.models import Round, RoundTarget
from apps.assessments.services import open_round
from apps.audit.list_page import PersonListPage
from apps.core.filters import BaseFilterSet
from apps.core.list_page import ListPage, Page, Question
from apps.core.markup import level_html, tag_html
from apps.core.rates import percent, value_text
from apps.core.refusals import shown_in, status_of
from apps.core.tables import BaseTable, DayColumn, NameColumn, NumberColumn


class RoundTable(BaseTable):
    title = NameColumn(verbose_name=gettext_lazy("Assessment round"), orderable=False)
    area = tables.Column(verbose_name=gettext_lazy("Area"), orderable=False)
    first = DayColumn(verbose_name=gettext_lazy("From"))
    last = DayColumn(verbose_name=gettext_lazy("To"))
    days = NumberColumn(verbose_name=gettext_lazy("Days"), orderable=False)
    coverage = tables.Column(
        verbose_name=gettext_lazy("Assessed"), empty_values=(), orderable=False
    )

    class Meta:
        model = Round
        fields = ("title", "area", "first", "last", "days", "coverage")

    def link_for(self, record: Round) -> str:
        return reverse("assessments:round", args=[record.public_id])

    def render_first(self, record: Round) -> str:
        return record.first.isoformat()

    def render_last(self, record: Round) -> str:
        return record.last.isoformat()

    def render_coverage(self, record: Any) -> str:
        return coverage_words(*record.coverage)


class RoundsPage(ListPage):
    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Rounds of assessments")
    table_class = RoundTable
    template_name = "assessments/rounds.html"
    default_sort = "-first"
    empty_title = gettext_lazy("No round yet")
    empty_words = gettext_lazy("A round says who is assessed between two days, and how far it is.")

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Round.objects.visible_to(request.user).select_related("area")  # type: ignore[arg-type]

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page = super()._rows(request, found)
        targets = RoundTarget.objects.visible_to(request.user)  # type: ignore[arg-type]
        found_of = coverages(targets.filter(round__in=page.rows))
        for row in page.rows:
            row.coverage = found_of.get(row.pk, (0, 0))
        return page


class TargetTable(BaseTable):
    person = NameColumn(verbose_name=gettext_lazy("Name"), order_by="person__sort_key")
    town = tables.Column(
        verbose_name=gettext_lazy("Town"), accessor="town__name", order_by="town__code"
    )
    village = tables.Column(
        verbose_name=gettext_lazy("Village"), accessor="village__name", order_by="village__code"
    )
    assessed_on = DayColumn(
        verbose_name=gettext_lazy("Assessed on"), empty_values=(), order_by="assessed_on"
    )
    risk_level = tables.Column(
        verbose_name=gettext_lazy("Risk level"), empty_values=(), orderable=False
    )

    class Meta:
        model = RoundTarget
        fields = ("person", "town", "village", "assessed_on", "risk_level")

    def link_for(self, record: RoundTarget) -> str:
        return reverse("assessments:person", args=[record.person.public_id])

    def render_assessed_on(self, record: Any) -> SafeString | str:
        if record.assessed_on is None:
            return tag_html("na", _("Still to be assessed"))
        return str(record.assessed_on.isoformat())

    def value_assessed_on(self, record: Any) -> Any:
        return record.assessed_on

    def render_risk_level(self, record: Any) -> SafeString | str:
        if record.standing == Standing.WAITING:
            return tag_html("inf", _("Waits for the supervisor"))
        return level_html(record.assessed_level) if record.assessed_level else ""

    def value_risk_level(self, record: Any) -> str:
        return record.assessed_level or ""


class TargetFilters(BaseFilterSet):
    area = AreaFilter()

    class Meta:
        model = RoundTarget
        fields: list[str] = []


class RoundPage(PersonListPage):
    """Every figure of the round opens its rows: all, assessed, still to be assessed."""

    permission = Permission.PERSON_VIEW
    table_class = TargetTable
    filterset_class = TargetFilters
    template_name = "assessments/round.html"
    default_sort = "person"
    export_permission = Permission.PERSON_EXPORT
    export_name = "round"
    ticked_by = "person__public_id"
    fields_seen = "assessments"
    empty_title = gettext_lazy("Nobody stands here")
    empty_words = gettext_lazy("Nobody of your area is in this part of the round.")

    @property
    def title(self) -> str:  # type: ignore[override]
        return str(self._round.title)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if getattr(request.user, "is_authenticated", False):
            rows = Round.objects.visible_to(request.user).select_related("area")  # type: ignore[arg-type]
            self._found_round(rows, request, kwargs["public_id"])
        return super().dispatch(request)

    def _found_round(self, rows: Any, request: Any, public_id: UUID) -> None:
        """403 for who may not, before 404 for what is not there."""
        if request.user.may(self.permission):
            self._round: Round = get_object_or_404(rows, public_id=public_id)

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = self._own(request).with_assessment().select_related("person", "town", "village")
        part = request.GET.get("part")
        if part in ("assessed", "open"):
            return rows.filter(assessed_on__isnull=part == "open")  # type: ignore[no-any-return]
        return rows  # type: ignore[no-any-return]

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        whole, done = coverage(self._own(request))
        chosen = request.GET.get("part", "")
        parts = (("", _("All"), whole), ("assessed", _("Assessed"), done),
                 ("open", _("Still to be assessed"), whole - done))  # fmt: skip
        tabs = [
            {"label": words, "url": f"?part={code}", "count": n, "current": chosen == code}
            for code, words, n in parts
        ]
        return {
            "round": self._round,
            "tabs": tabs,
            "coverage": coverage_words(whole, done),
            "area_path": [(unit.name, "") for unit in self._round.area.path()],
        }

    def _own(self, request: HttpRequest) -> Any:
        return RoundTarget.objects.visible_to(request.user).filter(round=self._round)  # type: ignore[arg-type]


@require_http_methods(["GET", "POST"])
@permission_required(Permission.APPROVE)
def create(request: SignedInRequest) -> HttpResponse:
    """A new round of the own area or a part of it."""
    form = RoundForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            row = open_round(by=request.user, **form.cleaned_data)
            messages.success(request, _("The round is open; its list is drawn up."))
            return redirect("assessments:round", row.public_id)
    status = status_of(form)
    return render(request, "assessments/round_new.html", {"form": form}, status=status)


def coverages(targets: Any) -> dict[int, tuple[int, int]]:
    """Of each round how many there are, and how many were assessed in its days; one query."""
    rows = (
        targets.with_assessment()
        .order_by()
        .values("round_id")
        .annotate(n=Count("pk"), done=Count("pk", filter=Q(assessed_on__isnull=False)))
    )
    return {row["round_id"]: (row["n"], row["done"]) for row in rows}


def coverage(targets: Any) -> tuple[int, int]:
    """The same of the targets of one round."""
    return next(iter(coverages(targets).values()), (0, 0))


def coverage_words(whole: int, done: int) -> str:
    """ "800 of 800, 100.0 %"."""
    facts = {"done": f"{done:,}", "n": f"{whole:,}", "rate": value_text(percent(done, whole))}
    return _("%(done)s of %(n)s · %(rate)s") % facts if whole else _("Nobody of your area")
