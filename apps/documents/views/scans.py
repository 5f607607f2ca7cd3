"""Scans: attach, download, withdraw."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.refusals import shown_in, status_of
from apps.documents import services, uploaded_files
from apps.documents.access import download, person_or_404, scan_or_404, subject_of
from apps.documents.forms import ReasonForm, ScanForm
from apps.documents.models import IssuedDocument


@permission_required(Permission.DOCUMENT_ISSUE)
@require_http_methods(["GET", "POST"])
def attach(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    subject = subject_of(request, person_or_404(request, public_id))
    issued = IssuedDocument.objects.visible_to(request.user).filter(person=subject.person).valid()
    form = ScanForm(
        request.POST or None,
        request.FILES or None,
        papers=issued.defer("content"),
        initial={"document": request.GET.get("document")},
    )
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            services.attach_scan(
                person=subject.person, case=subject.case, by=request.user, **form.cleaned_data
            )
            messages.success(request, _("The scan is in the file."))
            return redirect("documents:person", public_id)
    context = {
        "person": subject.person, "form": form, "upload": True, "title": _("Attach a scan"),
        "words": _("It is stored encrypted; every download is logged."), "button": _("Attach"),
    }  # fmt: skip
    return render(request, "documents/act.html", context, status=status_of(form))


@permission_required(Permission.DOCUMENT_VIEW)
@require_safe
def scan(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The file itself: saved by the browser, never shown by it."""
    found = scan_or_404(request, public_id)
    if found.withdrawn_at is not None:
        raise Http404
    log_access(request, persons=[found.person], action=Action.VIEW, fields_seen="scan")
    name = f"{found.person.file_number}-{found.uploaded_at:%Y%m%d}.{found.extension}"
    return download(uploaded_files.read(found), found.media_type, name)


@permission_required(Permission.DOCUMENT_ISSUE)
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = scan_or_404(request, public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            services.withdraw_scan(scan=found, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("The scan is withdrawn."))
            return redirect("documents:person", found.person.public_id)
    context = {
        "person": found.person,
        "form": form,
        "danger": True,
        "title": _("Withdraw a scan: %(what)s") % {"what": found.description},
        "words": _("Nobody can download it any more; that it was there stays visible."),
        "button": _("Withdraw"),
    }
    return render(request, "documents/act.html", context, status=status_of(form))
