"""Acts of a care list."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.accounts.unit_rows import refuse_not_run
from apps.audit.act_page import ActForm, ActPage, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.care import forms
from apps.care.models import CareList, CareListEntry
from apps.care.services import may_take_off
from apps.core.refusals import shown_in, status_of


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """In a unit, between two days."""
    form = forms.CareListForm(request.POST or None, user=request.user, target=None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            made = form.perform()
            messages.success(request, _("The list is open; now say who stands on it."))
            return redirect("care:list", made.public_id)
    page = ActPage(
        title=_("Open a care list"), done="", back=reverse("care:lists"), button=_("Open it"),
        words=_("Whom the unit cares for together, and why. It is help: nothing is asked of "
                "whoever stands on it."),
    )  # fmt: skip
    return render(request, "core/act.html", {"form": form, "act": page}, status=status_of(form))


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def fill(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Many at once."""
    found = visible_list(request, public_id)
    form = forms.FillCareListForm(request.POST or None, user=request.user, target=found)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            n = form.perform()
            said = ngettext("%(n)s person was added.", "%(n)s persons were added.", n)
            messages.success(request, said % {"n": n})
            return redirect(_page_of(found))
    words = _("Of those with an order in force today. Who stands on the list, or was taken off it, "
              "stays as is.")  # fmt: skip
    return _drawn(request, form, _("Fill the list"), words)


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One person, by name."""
    found = visible_list(request, public_id)
    form = forms.AddToCareListForm(request.POST or None, user=request.user, target=found)
    is_valid = request.method == "POST" and form.is_valid()
    log_access(request, persons=form.found, action=Action.SEARCH, fields_seen="care_list")
    if is_valid:
        with shown_in(form):
            form.perform()
            messages.success(request, _("The person stands on the list."))
            return redirect(_page_of(found))
    words = _("With the reason in words: it is shown to the person who asks.")
    return _drawn(request, form, _("Add a person by name"), words)


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Nobody is put on it any more."""
    found = visible_list(request, public_id)
    refuse_not_run(found, request.user)
    data = request.POST if request.method == "POST" else None
    form = forms.CloseCareListForm(data, user=request.user, target=found)
    page = ActPage(
        title=_("Close the list"), subject=found.title, done=_("The list is closed."),
        back=_page_of(found), button=_("Close it"),
        words=_("Nobody is put on it any more. Plans go on as they are."),
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def take_off(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """By mistake, or the person wants it so; the plan stays."""
    rows = CareListEntry.objects.visible_to(request.user).select_related("person", "list__area")
    found: CareListEntry = get_object_or_404(rows, public_id=public_id)
    if not may_take_off(found, request.user):
        raise PermissionDenied
    form = forms.TakeOffForm(request.POST or None, user=request.user, target=found)
    page = ActPage(
        title=_("Take off the list"), subject=found.person.name, seen="care_list",
        done=_("The person stands on the list no more."), back=_before(request, found),
        persons=[found.person], words=_("A plan goes on as it is."),
    )  # fmt: skip
    return show_act(request, form, page)


def visible_list(request: SignedInRequest, public_id: UUID) -> CareList:
    rows = CareList.objects.visible_to(request.user).select_related("area")
    found: CareList = get_object_or_404(rows, public_id=public_id)
    return found


def _before(request: SignedInRequest, entry: CareListEntry) -> str:
    """The list, or of one that another unit keeps the person's tab."""
    if CareList.objects.visible_to(request.user).filter(pk=entry.list_id).exists():
        return _page_of(entry.list)
    return reverse("care:person", args=[entry.person.public_id])


def _page_of(found: CareList) -> str:
    return reverse("care:list", args=[found.public_id])


def _drawn(request: SignedInRequest, form: ActForm, title: str, words: str) -> HttpResponse:
    page = ActPage(
        title=title, subject=form.target.title, done="", back=_page_of(form.target),
        button=_("Add to the list"), words=words,
    )  # fmt: skip
    return render(request, "core/act.html", {"form": form, "act": page}, status=status_of(form))
