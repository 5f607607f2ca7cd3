"""Marks that mean help, and the one page of confidential facts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.assessments.codes import SealedKind
from apps.assessments.forms import EndFlagForm, FlagForm, SealedForm
from apps.assessments.models import HelpFlag, SealedFlag
from apps.assessments.services import end_flag, end_sealed, set_flag, set_sealed
from apps.assessments.views.acts import perform
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.refusals import shown_in, status_of
from apps.persons.access import person_or_404


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def create(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A mark apart from the risk level: it asks for help."""
    person, form = person_or_404(request, public_id), FlagForm(request.POST or None)

    def act() -> object:
        return set_flag(person=person, by=request.user, **form.cleaned_data)

    return perform(request, person, form, act, _("Set a help flag"))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def end(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It no longer holds."""
    rows = HelpFlag.objects.visible_to(request.user).select_related(
        "person__county", "person__town", "person__village"
    )
    flag: HelpFlag = get_object_or_404(rows, public_id=public_id)
    form = EndFlagForm(request.POST or None)

    def act() -> object:
        return end_flag(flag=flag, by=request.user, **form.cleaned_data)

    title = _("%(flag)s: no longer") % {"flag": flag.get_kind_display()}
    return perform(request, flag.person, form, act, title)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEALED_FLAGS)
def sealed(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Confidential facts of health: nowhere else, and each look is logged."""
    person, form = person_or_404(request, public_id), SealedForm(request.POST or None)
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="confidential")
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            set_sealed(person=person, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("assessments:sealed", person.public_id)
    rows = SealedFlag.objects.visible_to(request.user).filter(person=person).order_by("-pk")
    context = {
        "person": person,
        "form": form,
        "rows": [(row, SealedKind(row.kind).label) for row in rows],
    }
    status = status_of(form)
    return render(request, "assessments/sealed.html", context, status=status)


@require_http_methods(["POST"])
@permission_required(Permission.SEALED_FLAGS)
def sealed_end(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It no longer holds, or the person takes the agreement back."""
    rows = SealedFlag.objects.visible_to(request.user).select_related("person")
    flag: SealedFlag = get_object_or_404(rows, public_id=public_id)
    log_access(request, persons=[flag.person], action=Action.VIEW, fields_seen="confidential")
    form = EndFlagForm(request.POST)
    if form.is_valid():
        end_sealed(flag=flag, by=request.user, on=form.cleaned_data["on"])
        messages.success(request, _("Saved."))
    return redirect("assessments:sealed", flag.person.public_id)
