"""One expected release with its course, and one page for each act."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import Act, ActPage, allowed, perform_act, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.days import today
from apps.core.text import mask_identity
from apps.intake import forms
from apps.intake.codes import ReleaseState
from apps.intake.models import Release
from apps.persons.models import Person
from apps.persons.views.files import kept_elsewhere

TAGS = {
    ReleaseState.EXPECTED: "soon",
    ReleaseState.OVERDUE: "late",
    ReleaseState.TO_OPEN: "late",
    ReleaseState.TO_REPORT: "soon",
    ReleaseState.DONE: "done",
    ReleaseState.NO_ORDER: "done",
    ReleaseState.OFF: "na",
}
ACTS = {
    "receive": Act(
        gettext_lazy("Record the reception"),
        Permission.PERSON_CREATE,
        forms.ReceiveForm,
        gettext_lazy("Received. Open the file next."),
    ),
    "open": Act(
        gettext_lazy("Start the file"),
        Permission.PERSON_CREATE,
        forms.OpenForm,
        gettext_lazy("The file is open; the report is awaited now."),
        gettext_lazy("Look first whether a file exists: nobody has two."),
    ),
    "call-off": Act(
        gettext_lazy("Call off"),
        Permission.PERSON_CREATE,
        forms.CallOffReleaseForm,
        gettext_lazy("Called off; the entry stays readable."),
        gettext_lazy("For another unit, a longer term, or a mistake of the notice."),
    ),
}


@permission_required(Permission.PERSON_CREATE)
@require_http_methods(["GET", "POST"])
def expect(request: SignedInRequest) -> HttpResponse:
    """A notice of an institution has come."""
    form = forms.NoticeForm(request.POST or None, user=request.user, target=None)
    page = ActPage(
        title=_("New notice of release"),
        done=_("Recorded: it stands in the list until the person was received and has reported."),
        back=reverse("intake:list"),
        article=_("Drug Rehabilitation Regulation, arts. 34 and 37"),
    )
    return show_act(request, form, page)


@permission_required(Permission.PERSON_VIEW)
@require_safe
def release(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Who is expected from where, how the person came, and what is missing until the report."""
    found = _visible(request, public_id)
    _log(request, found)
    state = found.state_on(today())
    seen = found.file_id and Person.objects.visible_to(request.user).filter(pk=found.file_id)
    context = {
        "release": found, "state": state, "tag": TAGS[state],
        "number": mask_identity(found.document_number), "in_scope": bool(seen and seen.exists()),
    }  # fmt: skip
    return render(request, "intake/release.html", context)


@require_http_methods(["GET", "POST"])
def perform(request: SignedInRequest, public_id: UUID, act: str) -> HttpResponse:
    """Permission, scoped release, form, service, message, redirect: the same for every act."""
    wanted, found = allowed(request, ACTS[act]), _visible(request, public_id)
    opens = act == "open" and request.method == "POST" and found.file_id is None
    if opens and (answer := kept_elsewhere(request, found.document_number)):
        return answer
    return perform_act(
        request, wanted, found, back=reverse("intake:release", args=[public_id]),
        subject=str(found), persons=[found.file] if found.file else [], seen="release",
    )  # fmt: skip


def _visible(request: SignedInRequest, public_id: UUID) -> Release:
    rows = Release.objects.visible_to(request.user).select_related(
        "file", "case", "county", "town", "village", "recorded_by", "received_by"
    )
    found: Release = get_object_or_404(rows, public_id=public_id)
    return found


def _log(request: SignedInRequest, found: Release) -> None:
    """Before there is a file the entry itself stands for the person in the log."""
    person = found.file if found.file else found.public_id
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="release")
