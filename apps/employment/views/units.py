"""A base or a course of a unit is opened, and changed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.accounts.unit_rows import refuse_not_run
from apps.audit.act_page import ActPage, show_act
from apps.core.refusals import shown_in, status_of
from apps.employment import forms
from apps.employment.models import Base, Course


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def new_base(request: SignedInRequest) -> HttpResponse:
    """With so many places."""
    form = forms.BaseForm(request.POST or None, user=request.user, target=None)
    page = ActPage(
        title=_("Open a base"), done=_("The base is on file."), back=reverse("employment:bases"),
        words=_("A workshop, park or farm with places for persons in recovery. Nobody is sent "
                "there: who works there has said that they want to."),
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def change_base(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Its name, its places, and whether it takes anybody."""
    found: Base = get_object_or_404(Base.objects.visible_to(request.user), public_id=public_id)
    refuse_not_run(found, request.user)
    known = {"name": found.name, "places": found.places, "active": found.active}
    form = forms.ChangeBaseForm(
        request.POST or None, user=request.user, target=found, initial=known
    )
    page = ActPage(
        title=_("Change the base"), subject=found.name, done=_("The base is changed."),
        back=reverse("employment:bases"),
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def new_course(request: SignedInRequest) -> HttpResponse:
    """In a unit, from a day on."""
    form = forms.CourseForm(request.POST or None, user=request.user, target=None)
    back = reverse("employment:courses")
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            made = form.perform()
            messages.success(request, _("The course is on file; persons are enrolled from their "
                                        "own page."))  # fmt: skip
            return redirect("employment:course", made.public_id)
    page = ActPage(title=_("Open a course"), done="", back=back)
    return render(request, "core/act.html", {"form": form, "act": page}, status=status_of(form))


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def change_course(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What was written down wrong of it, with the reason."""
    found: Course = get_object_or_404(Course.objects.visible_to(request.user), public_id=public_id)
    refuse_not_run(found, request.user)
    form = forms.ChangeCourseForm(request.POST or None, user=request.user, target=found)
    page = ActPage(
        title=_("Correct the course"), subject=found.title, done=_("The course is corrected."),
        back=reverse("employment:course", args=[found.public_id]),
        words=_("The old value stays in the history, with your name and reason."),
    )  # fmt: skip
    return show_act(request, form, page)
