"""The copy for the person: asked for with a reason, made at once, kept nowhere."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.days import today
from apps.core.refusals import shown_in, status_of
from apps.documents.access import download
from apps.handover.forms import CopyForm
from apps.persons.access import person_or_404


@permission_required(Permission.PERSON_EXPORT)
@require_http_methods(["GET", "POST"])
def copy(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    person = person_or_404(request, public_id)
    form = CopyForm(request.POST or None, user=request.user, target=person)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            reason = form.cleaned_data["reason"]
            log_access(request, persons=[person], action=Action.EXPORT, purpose=reason,
                       fields_seen="whole file")  # fmt: skip
            packed = form.perform()
            name = _("copy-%(day)s.zip") % {"day": f"{today():%Y%m%d}"}
            return download(packed.content, "application/zip", name)
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="person")
    context = {"form": form, "person": person}
    return render(request, "handover/ask_copy.html", context, status=status_of(form))
