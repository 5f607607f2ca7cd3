"""Why is this here? And: not before this day, for a reason."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.days import today
from apps.core.fields import uuid7
from apps.core.form_fields import DayField, ReasonField
from apps.core.navigation import url_or_none
from apps.core.refusals import shown_in, status_of
from apps.schedule.due_lines import lines_for_person, sole_line
from apps.schedule.models import DueItem
from apps.schedule.reasons import why_of
from apps.schedule.snoozes import end_snoozes, snooze


class SnoozeForm(forms.Form):
    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    until = DayField(
        label=gettext_lazy("Show again on"),
        initial=lambda: today() + timedelta(days=3),
        help_text=gettext_lazy("At most 14 days ahead."),
    )
    reason = ReasonField(label=gettext_lazy("Reason"), max_length=200)


@require_GET
@permission_required(Permission.PERSON_VIEW)
def why(request: SignedInRequest, item_id: int) -> HttpResponse:
    """The sentence, as a page or in place."""
    items = DueItem.objects.visible_to(request.user).select_related("case__person", "rule__area")
    item = get_object_or_404(items, pk=item_id)
    person = item.case.person
    lines = lines_for_person(person, today())
    line = next((line for line in lines if line.item.pk == item.pk), None)
    line = line or sole_line(item, today())
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="due")
    part = "#why" if request.htmx else ""
    context = {
        "name": person.name, "title": line.item.get_kind_display(), "due_on": line.due_on,
        "why": why_of(line), "back": _back(request),
    }  # fmt: skip
    return render(request, f"schedule/why.html{part}", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_LOG)
def put_off(request: SignedInRequest, item_id: int) -> HttpResponse:
    """Hidden until a day; the due day stays, and nobody is counted as tried."""
    item = _visible(request, item_id)
    form = SnoozeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        with shown_in(form):
            snooze(item=item, by=request.user, client_uuid=data.pop("uuid"), **data)
            messages.success(request, _("Put off. The line stands under “Hidden” until that day."))
            return redirect(_back(request))
    person = item.case.person
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="due")
    context = {"form": form, "item": item, "person": person, "next": _back(request)}
    return render(request, "schedule/put_off.html", context, status=status_of(form))


@require_POST
@permission_required(Permission.CHECKIN_LOG)
def show_again(request: SignedInRequest, item_id: int) -> HttpResponse:
    """The line stands again."""
    end_snoozes(item=_visible(request, item_id), by=request.user)
    messages.success(request, _("The line is shown again."))
    return redirect(_back(request))


def _visible(request: SignedInRequest, item_id: int) -> DueItem:
    items = DueItem.objects.visible_to(request.user).select_related("case__person")
    item: DueItem = get_object_or_404(items, pk=item_id)
    return item


def _back(request: HttpRequest) -> str:
    """The page of ours that asked."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        return target
    return url_or_none("workbench:today") or "/"
