"""The steps of a sample: one page a step, and its papers."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import ActPage, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.days import today
from apps.drugtests.access import drug_test_or_404
from apps.drugtests.chain import StepKind
from apps.drugtests.custody import custody_of
from apps.drugtests.dossier_page import page_of, permission_back, permission_for
from apps.drugtests.dossiers import why_not_now
from apps.drugtests.forms_steps import StepForm, TakeBackForm
from apps.drugtests.models import Step


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_LOG)
def step(request: SignedInRequest, public_id: UUID, kind: str) -> HttpResponse:
    """Record the step; what cannot be now is said instead of asked."""
    if kind not in StepKind.values:
        raise Http404
    test = drug_test_or_404(request, public_id)
    had = page_of(test, today()).had
    if not request.user.may(permission_for(kind, had)):
        raise PermissionDenied(kind)
    form = StepForm(request.POST or None, kind=kind, user=request.user, target=test)
    words = why_not_now(kind, test, had)
    page = ActPage(
        title=StepKind(kind).label, done=_("The step is recorded."), subject=test.person.name,
        back=reverse("drugtests:detail", args=[public_id]), words=words, persons=[test.person],
        seen="drugtest", article=_("Rules on drug testing procedure"),
        template="drugtests/step.html",
    )  # fmt: skip
    return show_act(request, form, page)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def take_back(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was recorded by mistake."""
    rows = Step.objects.visible_to(request.user).select_related("dossier__test__person")
    found = get_object_or_404(rows, public_id=public_id)
    if not request.user.may(permission_back(found.kind, found.dossier.had)):
        raise PermissionDenied(found.kind)
    form = TakeBackForm(request.POST or None, user=request.user, target=found)
    test = found.dossier.test
    page = ActPage(
        title=_("Take a step back"), done=_("The step is taken back."),
        subject=f"{test.person.name} · {found.get_kind_display()}", persons=[test.person],
        back=reverse("drugtests:detail", args=[test.public_id]), seen="drugtest",
        words=_("It stays on file with the reason. The last one is taken back first."),
    )  # fmt: skip
    return show_act(request, form, page)


@require_GET
@permission_required(Permission.PERSON_VIEW)
def paper(request: SignedInRequest, public_id: UUID, name: str) -> HttpResponse:
    """To print: the custody sheet, the labels of A and B, the notice to the person."""
    test = drug_test_or_404(request, public_id)
    if test.withdrawn_at or not test.is_taken:
        raise Http404
    log_access(request, persons=[test.person], action=Action.PRINT, fields_seen="drugtest")
    page = page_of(test, today())
    context: dict[str, Any] = {"test": test, "person": test.person, "page": page}
    if name == "custody":
        context["sheet"] = custody_of(page)
    return render(request, f"drugtests/{name}.html", context)
