"""Pages of draws: a new one, one with its replay and export, how even they are; excuses."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import ActPage, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.contacts.going_back import back_to_person
from apps.core.days import today
from apps.core.exports import file_response
from apps.core.reasons import is_reason
from apps.core.refusals import shown_in, status_of
from apps.draws import forms
from apps.draws.models import Draw, Drawn, Excuse
from apps.draws.services import result_of
from apps.draws.sheets import facts_of, sheet_of
from apps.draws.shown import short, shown_drawn, shown_excused
from apps.draws.spread import spread_of
from apps.persons.access import person_or_404


@permission_required(Permission.DRAW_MAKE)
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """For a unit and a day; it cannot be taken back."""
    form = forms.DrawForm(request.POST or None, user=request.user, target=None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            made = form.perform()
            messages.success(request, _("Drawn. It cannot be changed any more."))
            return redirect("draws:draw", made.public_id)
    page = ActPage(
        title=_("Make a random draw"), done="", back=reverse("draws:list"), button=_("Draw"),
        words=_(
            "Drawn from everybody with a running duty in the unit on the day. Who is on approved "
            "leave, detained or excused by hand is left out and named with the reason. One draw "
            "a unit and day: it is stored with its seed and cannot be changed or taken back."
        ),
    )  # fmt: skip
    return render(request, "core/act.html", {"form": form, "act": page}, status=status_of(form))


@permission_required(Permission.DRAW_VIEW)
@require_http_methods(["GET", "POST"])
def draw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Pool, seed, who was drawn and who excused; made again where that is asked for."""
    rows = Draw.objects.visible_to(request.user).select_related("county", "town", "village")
    found: Draw = get_object_or_404(rows.select_related("recorded_by"), public_id=public_id)
    wrong = ""
    if request.method == "POST":
        purpose = " ".join(request.POST.get("purpose", "").replace("\0", " ").split())[:300]
        if is_reason(purpose):
            answer: HttpResponse = _export(request, found, purpose)
            return answer
        wrong = _("Please say in a few words what the export is for.")
    drawn, excused = shown_drawn(found, request.user), shown_excused(found, request.user)
    _log(request, found, Action.VIEW)
    pool = [short(number) for number in found.times]
    context = {
        "draw": found, "pool": pool, "drawn": drawn, "excused": excused,
        "facts": facts_of(found)[3:],
        "again": _again(found) if "again" in request.GET else None, "can_export": True,
        "export_error": wrong, "export_masked": False,
    }  # fmt: skip
    return render(request, "draws/draw.html", context, status=422 if wrong else 200)


@permission_required(Permission.DRAW_VIEW)
@require_GET
def statistics(request: SignedInRequest) -> HttpResponse:
    """How often somebody was drawn, beside what chance expects; nobody is named."""
    form = forms.SpreadForm(request.GET or None, own=request.user.area)
    area, first, last = form.asked()
    rows = Draw.objects.visible_to(request.user).filter(day__gte=first, day__lte=last)
    rows = rows.in_area(area) if area is not None else rows
    spread = spread_of(rows.order_by("day", "pk").iterator(chunk_size=20))
    context = {"form": form, "area": area, "first": first, "last": last, "spread": spread}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "draws/statistics.html", context, status=status)


@permission_required(Permission.PERSON_VIEW)
@require_GET
def drawn(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One person and one draw: what is asked for, until when, and what answers it."""
    rows = Drawn.objects.visible_to(request.user).select_related("person", "draw__recorded_by")
    found: Drawn = get_object_or_404(rows, public_id=public_id)
    log_access(request, persons=[found.person], action=Action.VIEW, fields_seen="drawn")
    is_open = (
        Drawn.objects.visible_to(request.user).unanswered_on(today()).filter(pk=found.pk).exists()
    )
    reads = request.user.may(Permission.DRAW_VIEW)
    its = reads and Draw.objects.visible_to(request.user).filter(pk=found.draw_id).exists()
    context = {"row": found, "person": found.person, "is_open": is_open, "reads_draw": its}
    return render(request, "draws/drawn.html", context)


@permission_required(Permission.LEAVE_RECORD)
@require_http_methods(["GET", "POST"])
def excuse(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """For days, by hand, with the reason."""
    found = person_or_404(request, public_id)
    rows = Drawn.objects.visible_to(request.user).filter(person=found)
    asked = _uuid(request.GET.get("drawn", ""))
    days = rows.filter(public_id=asked).values_list("day", "until").first() if asked else None
    form = forms.ExcuseForm(
        request.POST or None, initial=forms.excuse_of(days), user=request.user, target=found
    )
    page = ActPage(
        title=_("Excuse from random tests"), done=_("Recorded."), subject=found.name,
        back=back_to_person(request, found), persons=[found], seen="excuse",
        words=_(
            "On these days the person is not drawn; a draw whose last day is one of them asks for "
            "nothing more. The regular tests of the plan are not touched."
        ),
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.LEAVE_RECORD)
@require_http_methods(["GET", "POST"])
def excuse_withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was recorded by mistake."""
    rows = Excuse.objects.visible_to(request.user).select_related("person")
    found: Excuse = get_object_or_404(rows, public_id=public_id)
    form = forms.WithdrawExcuseForm(request.POST or None, user=request.user, target=found)
    page = ActPage(
        title=_("Withdraw the excuse"),
        done=_("Withdrawn."),
        subject=found.person.name,
        back=back_to_person(request, found.person),
        persons=[found.person],
        seen="excuse",
        words=_("%(first)s to %(last)s: %(reason)s. Draws that were made stay as they are.")
        % {"first": found.first, "last": found.last, "reason": found.get_reason_display()},
    )
    return show_act(request, form, page)


def _again(found: Draw) -> dict[str, Any]:
    got = result_of(found)
    return {"same": got == found.drawn, "got": [short(number) for number in got]}


def _export(request: SignedInRequest, found: Draw, purpose: str) -> Any:
    _log(request, found, Action.EXPORT_MASKED, purpose)
    kind = "xlsx" if request.POST.get("format") == "xlsx" else "csv"
    name = f"draw-{found.day}-{timezone.localtime():%Y%m%d-%H%M}"
    return file_response(sheet_of(found, request.user, purpose), kind, name)


def _log(request: SignedInRequest, found: Draw, action: Action, purpose: str = "") -> None:
    """Everybody whose number leaves; on the page those who are named."""
    numbers = [*found.drawn, *(number for number, _why in found.excused)]
    if action == Action.EXPORT_MASKED:
        numbers += list(found.times)
    log_access(
        request, persons=[UUID(number) for number in numbers], action=action, purpose=purpose,
        fields_seen="draw",
    )  # fmt: skip


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
