"""Centres with their stations, how many are treated in each, and the acts on one of them."""

from typing import Any, cast
from uuid import UUID

import django_tables2 as tables
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.accounts.unit_rows import refuse_not_run
from apps.audit.act_page import ActPage, show_act
from apps.core.days import today
from apps.core.list_page import ListPage, Page, Question
from apps.core.tables import BaseTable, DayColumn, NumberColumn, link
from apps.treatment import forms
from apps.treatment.codes import ClinicKind
from apps.treatment.models import Clinic, Treatment


class ClinicTable(BaseTable):
    name = tables.Column(
        verbose_name=gettext_lazy("Clinic"), orderable=False, attrs={"td": {"class": "name"}}
    )
    kind = tables.Column(
        verbose_name=gettext_lazy("Kind of clinic"), accessor="get_kind_display", orderable=False
    )
    centre = tables.Column(verbose_name=gettext_lazy("Belongs to the centre"), orderable=False)
    area = tables.Column(verbose_name=gettext_lazy("Unit"), orderable=False)
    treated = NumberColumn(verbose_name=gettext_lazy("In treatment today"), orderable=False)
    whole = NumberColumn(verbose_name=gettext_lazy("With its stations"), orderable=False)
    opened_on = DayColumn(verbose_name=gettext_lazy("Open since"), orderable=False)
    closed_on = DayColumn(verbose_name=gettext_lazy("Clinic closed on"), orderable=False)
    acts = tables.Column(verbose_name="", empty_values=(), orderable=False)

    def render_name(self, value: str, record: Any) -> Any:
        return link(reverse("treatment:clinic", args=[record.public_id]), value) if (
            record.may_change
        ) else value  # fmt: skip

    def render_acts(self, record: Any) -> Any:
        if not record.may_enter:
            return ""
        return link(reverse("treatment:months", args=[record.public_id]), _("Attendance"))


class ClinicsPage(ListPage):
    """Nobody stands in it by name; the numbers are of the reader's own persons."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Clinics of maintenance treatment")
    template_name = "treatment/clinics.html"
    table_class = ClinicTable
    empty_title = gettext_lazy("No clinic is on file")
    empty_words = gettext_lazy(
        "A centre, and the self-service stations that belong to it, are put on file by supervisors."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Clinic.objects.known_to(cast(User, request.user))
        rows = rows.select_related("area", "centre")
        return rows.order_by(
            Coalesce("centre__name", "name"), Coalesce("centre_id", "pk"), "kind", "name", "pk"
        )

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        """A centre comes before its stations; each number is one query for the page."""
        page, user = super()._rows(request, found), cast(User, request.user)
        treated = Treatment.objects.visible_to(user).running_on(today()).by_clinic()
        own = Clinic.objects.run_by(user) if user.may(Permission.CAMPAIGN_OPEN) else ()
        changed = {row.pk for row in own}
        for row in page.rows:
            row.may_change = row.pk in changed
            row.may_enter = user.may(Permission.NEED_RECORD)
            row.treated, row.whole = treated.get(row.pk, 0), None
        for row in page.rows:
            if row.kind == ClinicKind.CENTRE:
                stations = (one.treated for one in page.rows if one.centre_id == row.pk)
                row.whole = row.treated + sum(stations)
        return page


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def new_clinic(request: SignedInRequest) -> HttpResponse:
    """A centre, or a station of one."""
    form = forms.ClinicForm(request.POST or None, user=request.user, target=None)
    page = ActPage(
        title=_("Put a clinic on file"), done=_("The clinic is on file."),
        back=reverse("treatment:clinics"),
        words=_("First the centre, then each self-service station that belongs to it."),
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def change_clinic(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Its name, and the day on which it closed."""
    rows = Clinic.objects.visible_to(request.user)
    found: Clinic = get_object_or_404(rows, public_id=public_id)
    refuse_not_run(found, request.user)
    known = {"name": found.name, "closed_on": found.closed_on}
    form = forms.ChangeClinicForm(
        request.POST or None, user=request.user, target=found, initial=known
    )
    page = ActPage(
        title=_("Change the clinic"), subject=found.name, done=_("The clinic is changed."),
        back=reverse("treatment:clinics"),
    )  # fmt: skip
    return show_act(request, form, page)
