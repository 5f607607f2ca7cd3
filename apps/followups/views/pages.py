"""Acts of a round, of one row of its list, and of one try."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.accounts.unit_rows import refuse_not_run
from apps.audit.act_page import ActForm, ActPage, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.refusals import shown_in, status_of
from apps.core.text import sentences
from apps.followups import forms
from apps.followups.models import FollowUpAttempt, FollowUpRound, FollowUpTarget
from apps.followups.services import said_before
from apps.followups.shown import may_try, part_of, tag_of


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """In a unit, between two days."""
    form = forms.RoundForm(request.POST or None, user=request.user, target=None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            made = form.perform()
            messages.success(request, _("The round is open; now draw up its list."))
            return redirect("followups:round", made.public_id)
    page = ActPage(
        title=_("Open a follow-up round"), done="", back=reverse("followups:list"),
        button=_("Open it"),
        words=_("The list is drawn up afterwards: from the orders in force, from those that ended "
                "in the last three years, or by name."),
    )  # fmt: skip
    return render(request, "core/act.html", {"form": form, "act": page}, status=status_of(form))


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def fill(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Everybody with an order in force."""
    found = visible_round(request, public_id)
    form = forms.FillForm(request.POST or None, user=request.user, target=found)
    words = _(
        "Everybody with an order in force on %(day)s, except who has said that they want no "
        "follow-up. Who stands on the list stays there once."
    )
    return _filled(request, form, _("Fill the list from orders"), words)


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def fill_released(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Whose order ended in the last years."""
    found = visible_round(request, public_id)
    form = forms.FillReleasedForm(request.POST or None, user=request.user, target=found)
    words = _(
        "Whose last order ended in the three years before %(day)s. They owe nothing: who has said "
        "that they want no follow-up is left out, and after three years nobody is asked for."
    )
    return _filled(request, form, _("Fill the list with those whose order ended"), words)


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One person, by name."""
    found = visible_round(request, public_id)
    form = forms.AddForm(request.POST or None, user=request.user, target=found)
    is_valid = request.method == "POST" and form.is_valid()
    log_access(request, persons=form.found, action=Action.SEARCH, fields_seen="followup")
    if is_valid:
        with shown_in(form):
            form.perform()
            messages.success(request, _("The person stands on the list."))
            return redirect(_page_of(found))
    page = ActPage(
        title=_("Add a person by name"), subject=found.title, done="", back=_page_of(found),
        button=_("Add"), words=_("With the reason in words: it is shown to the person who asks."),
    )  # fmt: skip
    return render(request, "core/act.html", {"form": form, "act": page}, status=status_of(form))


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Nothing is entered any more."""
    found = visible_round(request, public_id)
    refuse_not_run(found, request.user)
    data = request.POST if request.method == "POST" else None
    form = forms.CloseRoundForm(data, user=request.user, target=found)
    page = ActPage(
        title=_("Close the round"), subject=found.title, done=_("The round is closed."),
        back=_page_of(found), button=_("Close it"),
        words=_("Nothing is entered any more; what was entered stays, and nothing follows for who "
                "is left."),
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.PERSON_VIEW)
@require_GET
def target(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One row of the list: why it is there, and every try."""
    found = visible_target(request, public_id)
    log_access(request, persons=[found.person], action=Action.VIEW, fields_seen="followup")
    tries = FollowUpAttempt.objects.visible_to(request.user).beside(found)
    attempts = list(tries.select_related("recorded_by").order_by("-occurred_at", "-pk"))
    context = {
        "row": found, "person": found.person, "attempts": attempts,
        "state": tag_of(part_of(attempts)), "may_try": may_try(found),
        "may_remove": _may_remove(found, attempts),
    }  # fmt: skip
    return render(request, "followups/target.html", context)


@permission_required(Permission.CHECKIN_LOG)
@require_http_methods(["GET", "POST"])
def attempt(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Reached or not, and how it was."""
    found = visible_target(request, public_id)
    form = forms.FollowUpForm(request.POST or None, user=request.user, target=found)
    words = _("Where nobody was reached, outcome and time are enough. Nobody owes an answer.")
    # Told before somebody dials: the list may be an hour old.
    told = "" if form.is_bound else said_before(found)
    return _of_target(request, form, _("Note a try"), sentences(told, words) if told else words)


@permission_required(Permission.CHECKIN_LOG)
@require_http_methods(["GET", "POST"])
def call(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A day for the next try."""
    found = visible_target(request, public_id)
    form = forms.CallForm(request.POST or None, user=request.user, target=found)
    words = _("For whoever tries again; nothing follows for the person.")
    return _of_target(request, form, pgettext("of follow-ups", "Note a second call"), words)


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def remove(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Put on the list by mistake."""
    found = visible_target(request, public_id)
    form = forms.RemoveForm(request.POST or None, user=request.user, target=found)
    words = _("The row stays on file with the reason; nobody is to be reached. By name the person "
              "can be put on the list again.")  # fmt: skip
    return _of_target(request, form, _("Take off the list"), words)


@permission_required(Permission.CHECKIN_CORRECT)
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was recorded by mistake."""
    rows = FollowUpAttempt.objects.visible_to(request.user).select_related("target__person")
    found: FollowUpAttempt = get_object_or_404(rows, public_id=public_id)
    form = forms.WithdrawAttemptForm(request.POST or None, user=request.user, target=found)
    page = ActPage(
        title=_("Withdraw the record"), subject=found.target.person.name,
        done=_("The record is withdrawn; it counts no more."), seen="followup",
        back=reverse("followups:target", args=[found.target.public_id]),
        persons=[found.target.person],
        words=_("It stays on file with the reason; a need that came up with it goes with it."),
    )  # fmt: skip
    return show_act(request, form, page)


def visible_round(request: SignedInRequest, public_id: UUID) -> FollowUpRound:
    rows = FollowUpRound.objects.visible_to(request.user).select_related("area")
    found: FollowUpRound = get_object_or_404(rows, public_id=public_id)
    return found


def visible_target(request: SignedInRequest, public_id: UUID) -> FollowUpTarget:
    """With the round, wherever it is: who sees the person sees why somebody looks in."""
    rows = FollowUpTarget.objects.visible_to(request.user).select_related(
        "person__county", "person__town", "person__village", "round__area", "recorded_by"
    )
    found: FollowUpTarget = get_object_or_404(rows, public_id=public_id)
    return found


def _may_remove(found: FollowUpTarget, attempts: list[FollowUpAttempt]) -> bool:
    tried = any(one.withdrawn_at is None for one in attempts)
    return not tried and found.withdrawn_at is None and found.round.closed_at is None


def _page_of(found: FollowUpRound) -> str:
    return reverse("followups:round", args=[found.public_id])


def _filled(request: SignedInRequest, form: ActForm, title: str, words: str) -> HttpResponse:
    found = form.target
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            n = form.perform()
            said = ngettext("%(n)s person was added.", "%(n)s persons were added.", n)
            messages.success(request, said % {"n": n})
            return redirect(_page_of(found))
    page = ActPage(
        title=title, subject=found.title, done="", back=_page_of(found),
        button=_("Add to the list"), words=words % {"day": found.first.isoformat()},
    )  # fmt: skip
    return render(request, "core/act.html", {"form": form, "act": page}, status=status_of(form))


def _of_target(request: SignedInRequest, form: ActForm, title: str, words: str) -> Any:
    row = form.target
    page = ActPage(
        title=title, subject=row.person.name, done=_("Recorded."), words=words,
        back=reverse("followups:target", args=[row.public_id]), persons=[row.person],
        seen="followup",
    )  # fmt: skip
    return show_act(request, form, page)
