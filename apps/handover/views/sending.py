"""The sending office: pack a file for a transfer, and read the receipt in."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.refusals import shown_in, status_of
from apps.documents.access import download
from apps.handover.codes import PackageState
from apps.handover.forms import PackForm, ReceiptForm
from apps.handover.models import Package
from apps.handover.services.sending import written_since
from apps.persons.models import Person
from apps.transfers.codes import TransferState
from apps.transfers.models import Transfer


@permission_required(Permission.CASE_ASSIGN)
@require_http_methods(["GET", "POST"])
def pack(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The packages of a transfer; a new one shows its phrase once."""
    ours = Person.objects.visible_to(request.user)
    rows = Transfer.objects.visible_to(request.user).filter(person__in=ours)
    transfer = get_object_or_404(rows.select_related("person", "case"), public_id=public_id)
    log_access(request, persons=[transfer.person], action=Action.VIEW, fields_seen="transfer")
    form = PackForm(request.POST or None, user=request.user, target=transfer)
    made = None
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            made = form.perform()
    seen = Package.objects.visible_to(request.user).filter(transfer=transfer)
    packages = list(seen.defer("content").select_related("made_by").order_by("-made_at"))
    context = {
        "transfer": transfer, "person": transfer.person, "form": form, "made": made,
        "packages": packages, "may_pack": transfer.state == TransferState.HANDED_OVER,
        "since": written_since(packages[0], request.user) if packages and not made else [],
    }  # fmt: skip
    return render(request, "handover/pack.html", context, status=status_of(form))


@permission_required(Permission.CASE_ASSIGN)
@require_POST
def fetch(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The sealed file: nobody reads it without the phrase."""
    rows = Package.objects.visible_to(request.user).select_related("person")
    package = get_object_or_404(rows, public_id=public_id)
    if package.state != PackageState.SENT:
        raise Http404
    log_access(request, persons=[package.person], action=Action.EXPORT, purpose=package.reason,
               fields_seen="whole file")  # fmt: skip
    name = f"handover-{package.public_id.hex[-8:]}.hwh"
    return download(bytes(package.content), "application/octet-stream", name)


@permission_required(Permission.CASE_ASSIGN)
@require_http_methods(["GET", "POST"])
def receipt(request: SignedInRequest) -> HttpResponse:
    """What the other office answered."""
    form = ReceiptForm(request.POST or None, request.FILES or None, user=request.user, target=None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            package = form.perform()
            messages.success(
                request, _("Read in: %(state)s.") % {"state": package.get_state_display()}
            )
            return redirect("transfers:transfer", package.transfer.public_id)
    return render(request, "handover/receipt.html", {"form": form}, status=status_of(form))
