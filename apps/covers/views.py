"""Begin a cover, its last day."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import ActPage, show_act
from apps.covers import forms
from apps.covers.models import Cover


@permission_required(Permission.CASE_ASSIGN)
@require_http_methods(["GET", "POST"])
def begin(request: SignedInRequest) -> HttpResponse:
    """A worker will be away: from when, until when, who covers."""
    form = forms.BeginForm(request.POST or None, user=request.user, target=None)
    page = ActPage(
        title=_("Arrange a cover"), back=reverse("covers:list"),
        done=_("Arranged. The hand-over page is ready."),
        words=_("The cover sees the whole caseload from the first day on and loses sight of it "
                "after the last. Who is away stays responsible."),
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.CASE_ASSIGN)
@require_http_methods(["GET", "POST"])
def last_day(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The worker is back earlier or later than planned."""
    cover = _visible(request, public_id)
    form = forms.LastDayForm(request.POST or None, user=request.user, target=cover)
    return show_act(request, form, _page(cover, _("Last day of the cover"), _("Saved.")))


@permission_required(Permission.CASE_ASSIGN)
@require_http_methods(["GET", "POST"])
def another(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """From a day on somebody else covers."""
    cover = _visible(request, public_id)
    form = forms.AnotherForm(request.POST or None, user=request.user, target=cover)
    return show_act(request, form, _page(cover, _("Somebody else covers"), _("Saved.")))


@permission_required(Permission.CASE_ASSIGN)
@require_http_methods(["GET", "POST"])
def call_off(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The worker stays after all."""
    cover = _visible(request, public_id)
    form = forms.CallOffCoverForm(request.POST or None, user=request.user, target=cover)
    return show_act(request, form, _page(cover, _("Call the cover off"), _("Called off.")))


def _page(cover: Cover, title: str, done: str) -> ActPage:
    return ActPage(title=title, done=done, back=reverse("covers:list"), subject=str(cover))


def _visible(request: SignedInRequest, public_id: UUID) -> Cover:
    rows = Cover.objects.visible_to(request.user).select_related("worker__area", "cover")
    return get_object_or_404(rows, public_id=public_id)
