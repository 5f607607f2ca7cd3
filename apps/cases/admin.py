"""Orders, and what was recorded about them. Acts are read here and corrected on their pages."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _, ngettext

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.audit.admin_base import PersonalAdmin
from apps.cases.models import (
    Case,
    CaseStep,
    Leave,
    PoliceReport,
    RiskLevelRecord,
    Suspension,
    TeamMember,
)
from apps.cases.services import correct_case
from apps.core.admin_base import ACTION_CHECKBOX
from apps.core.choosing import OneOf
from apps.core.days import EARLIEST, in_a_year, today
from apps.core.form_fields import DayField
from apps.core.refusals import Refused, status_of
from apps.persons.admin import PLACE, WithReason
from apps.persons.models import Person
from apps.persons.services import assign_worker
from apps.persons.services.assigning import MAY_BE_RESPONSIBLE

PAST = ("decided_on", "received_on", "reported_on", "agreement_on", "plan_on")


class CaseForm(WithReason):
    class Meta:
        model = Case
        fields = (
            "decision_number", "authority", "decided_on", "received_on", "reported_on",
            "agreement_on", "plan_on", "paper_end_on", "term_months",
        )  # fmt: skip

    def act(self, changes: dict[str, Any]) -> Case:
        by = cast(User, self.request.user)
        return correct_case(case=self.instance, by=by, **changes)


class AssignTickedForm(forms.Form):
    """Who becomes responsible, and from which day on."""

    worker = OneOf(label=_("Worker"), queryset=User.objects.none())
    on = DayField(label=_("From"), latest=in_a_year)

    def __init__(self, by: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.staff_of(by).active().filter(role__in=MAY_BE_RESPONSIBLE)
        cast(Any, self.fields["worker"]).queryset = staff.order_by("area__code", "name")


@admin.register(Case)
class CaseAdmin(PersonalAdmin):
    form = CaseForm
    days = {
        **{name: {"earliest": EARLIEST, "latest": today} for name in PAST},
        "paper_end_on": {"earliest": EARLIEST},
    }
    edit = Permission.ADMIN_RECORDS
    actions = ("assign",)
    list_display = ("person", "measure", "decided_on", "reported_on", "in_force_from",
                    "duties_end_on", "town")  # fmt: skip
    list_filter = ("measure", "closure_reason")
    list_select_related = ("person", "town")
    search_fields = ("person__name__startswith", "decision_number__contains")
    ordering = ("sort_key", "pk")
    autocomplete_fields = ("authority",)
    readonly_fields = ("person", "measure", *PLACE, "report_by", "in_force_from",
                       "computed_end_on", "end_set_on", "duties_end_on", "closed_on",
                       "closure_reason", "closure_note", "brought_in_on")  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.readonly_fields[:2], *CaseForm.Meta.fields, *self.readonly_fields[2:],
                "reason")  # fmt: skip

    @admin.action(description=_("Assign to a worker"), permissions=["change"])
    def assign(self, request: HttpRequest, cases: Any) -> HttpResponse | None:
        """One worker for all the ticked, from one day on: by the service, all or none."""
        by = cast(User, request.user)
        asked = "worker" in request.POST
        form = AssignTickedForm(by, request.POST if asked else None, initial={"on": today()})
        if asked and form.is_valid() and self._assigned(request, form, cases):
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Assign to a worker"), "opts": self.opts, "form": form, "cases": cases,
            "ticked": request.POST.getlist(ACTION_CHECKBOX), "ticks": ACTION_CHECKBOX,
        }  # fmt: skip
        return TemplateResponse(request, "admin/assign.html", context, status=status_of(form))

    def _assigned(self, request: HttpRequest, form: AssignTickedForm, cases: Any) -> bool:
        persons = Person.objects.filter(pk__in=cases.values("person_id"))
        try:
            done = assign_worker(persons=persons, by=cast(User, request.user), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return False
        words = ngettext("%(n)s person assigned.", "%(n)s persons assigned.", len(done))
        messages.success(request, words % {"n": len(done)})
        return True


@admin.register(Leave)
class LeaveAdmin(PersonalAdmin):
    list_display = ("person", "starts_on", "until_on", "returned_on", "withdrawn_at", "town")
    list_select_related = ("person", "town")
    search_fields = ("person__name__startswith",)
    ordering = ("-starts_on", "-pk")


@admin.register(Suspension)
class SuspensionAdmin(PersonalAdmin):
    list_display = ("person", "reason", "starts_on", "ended_on", "withdrawn_at", "town")
    list_filter = ("reason",)
    list_select_related = ("person", "town")
    search_fields = ("person__name__startswith",)
    ordering = ("-starts_on", "-pk")


@admin.register(TeamMember)
class TeamMemberAdmin(PersonalAdmin):
    list_display = ("person", "kind", "is_lead", "joined_on", "left_on", "town")
    list_filter = ("kind", "is_lead")
    list_select_related = ("person", "town")
    search_fields = ("person__name__startswith",)
    ordering = ("-joined_on", "-pk")


@admin.register(RiskLevelRecord)
class RiskLevelRecordAdmin(PersonalAdmin):
    list_display = ("person", "risk_level", "source", "from_on", "decided_by", "town")
    list_filter = ("risk_level", "source")
    list_select_related = ("person", "town", "decided_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-from_on", "-pk")


@admin.register(PoliceReport)
class PoliceReportAdmin(PersonalAdmin):
    list_display = ("person", "ground", "happened_on", "reported_on", "replied_on", "outcome",
                    "town")  # fmt: skip
    list_filter = ("ground", "outcome")
    list_select_related = ("person", "town")
    search_fields = ("person__name__startswith",)
    ordering = ("-recorded_at", "-pk")


@admin.register(CaseStep)
class CaseStepAdmin(PersonalAdmin):
    list_display = ("person", "kind", "on", "number", "paper_on", "town")
    list_filter = ("kind",)
    list_select_related = ("person", "town")
    search_fields = ("person__name__startswith", "number__contains")
    ordering = ("-on", "-pk")
