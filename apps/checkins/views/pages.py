"""Whole pages: the full form, the correction, the withdrawal."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.checkins.edits import CorrectedMeanwhile, correct_checkin, withdraw_checkin
from apps.checkins.forms import CheckInForm, CorrectionForm, as_stored, new_contact
from apps.checkins.models import CheckIn
from apps.checkins.services import log_checkin
from apps.contacts.codes import ContactOutcome
from apps.contacts.due_rows import retries_on
from apps.contacts.forms import WithdrawalForm
from apps.contacts.going_back import back_to
from apps.core.days import today
from apps.core.refusals import Refused, shown_in, status_of
from apps.persons.models import Person
from apps.schedule.models import DueItem


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_LOG)
def create(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A contact with time, mood, needs and words."""
    person = get_object_or_404(Person.objects.visible_to(request.user), public_id=public_id)
    form = CheckInForm(request.POST or None, initial=_proposed(request))
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            _log(request, person, form)
            saved = _("The check-in of %(name)s is saved.")
            messages.success(request, saved % {"name": person.name})
            return redirect(back_to(request))
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="check-in")
    context = {"form": form, "person": person, "next": back_to(request)}
    return _render(request, "checkins/create.html", context, form)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def correct(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Put right what was recorded wrongly; the old value stays in history."""
    checkin = _visible(request, public_id)
    form = CorrectionForm(request.POST or None, initial=as_stored(checkin))
    if request.method == "POST" and form.is_valid() and _correct(request, checkin, form):
        messages.success(request, _("The check-in is corrected."))
        return redirect(back_to(request, "checkins:list"))
    log_access(request, persons=[checkin.person], action=Action.VIEW, fields_seen="check-in")
    context = {"form": form, "checkin": checkin, "next": back_to(request, "checkins:list")}
    return _render(request, "checkins/correct.html", context, form)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was recorded by mistake."""
    checkin = _visible(request, public_id, withdrawn=True)
    if request.method == "GET" and checkin.withdrawn_at:
        raise Refused(_("This check-in was withdrawn already."))
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_checkin(checkin=checkin, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The check-in is withdrawn; it counts no more."))
        return redirect(back_to(request, "checkins:list"))
    log_access(request, persons=[checkin.person], action=Action.VIEW, fields_seen="check-in")
    context = {"form": form, "checkin": checkin, "next": back_to(request, "checkins:list")}
    return _render(request, "checkins/withdraw.html", context, form)


def _proposed(request: SignedInRequest) -> dict[str, object]:
    """What the address asks the form to begin with."""
    proposed = new_contact() | {"item": request.GET.get("item", "")}
    names = ("outcome", "method", "reason")
    asked: dict[str, object] = {name: request.GET.get(name, "") for name in names}
    if asked["outcome"] == ContactOutcome.NOT_DONE:
        asked["next_on"] = next(
            (r.next_on for r in retries_on(today()) if r.reason == asked["reason"]), None
        )
    return proposed | asked


def _log(request: SignedInRequest, person: Person, form: CheckInForm) -> None:
    items = DueItem.objects.visible_to(request.user).filter(case__person=person)
    log_checkin(
        person=person,
        by=request.user,
        client_uuid=form.cleaned_data["uuid"],
        due_item=items.filter(pk=form.cleaned_data["item"]).first(),
        needs=form.needs(),
        whole=True,
        **form.contact(),
    )


def _correct(request: SignedInRequest, checkin: CheckIn, form: CorrectionForm) -> bool:
    try:
        correct_checkin(
            checkin=checkin,
            by=request.user,
            reason=form.cleaned_data["why"],
            version=form.cleaned_data["version"],
            changes=form.changes(),
        )
    except CorrectedMeanwhile as refusal:
        stored = refusal.stored
        words = _("Stored now: %(method)s, %(time)s.") % {
            "method": stored.get_method_display(),
            "time": f"{stored.occurred_at.astimezone():%Y-%m-%d %H:%M}",
        }
        form.add_error(None, f"{refusal} {words}")
        return False
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _visible(request: SignedInRequest, public_id: UUID, *, withdrawn: bool = False) -> CheckIn:
    """A check-in in scope; one that was withdrawn only where a second tap may ask for it."""
    rows = CheckIn.objects.visible_to(request.user).select_related("person", "recorded_by")
    shown = rows if withdrawn else rows.filter(withdrawn_at=None)
    found: CheckIn = get_object_or_404(shown, public_id=public_id)
    return found


def _render(
    request: SignedInRequest, template: str, context: dict[str, object], form: Form
) -> HttpResponse:
    return render(request, template, context, status=status_of(form))
