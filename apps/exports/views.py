"""Pages of what leaves in other forms than a list."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.exports import file_response
from apps.core.leaving import Leaving, held_back
from apps.core.refusals import shown_in, status_of
from apps.exports.dictionary import as_sheet, tables
from apps.exports.forms import LedgerOutForm, open_to


@require_http_methods(["GET", "POST"])
def ledger(request: SignedInRequest) -> HttpResponse:
    """A ledger of the own scope in the headings with which it comes in."""
    if not open_to(request.user):
        raise PermissionDenied(Permission.PERSON_EXPORT_WHOLE)
    form = LedgerOutForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            return _leaving(request, form)
    return render(request, "exports/ledger.html", {"form": form}, status=status_of(form))


@permission_required(Permission.LEDGER_IMPORT)
@require_GET
def dictionary(request: SignedInRequest) -> HttpResponse:
    """What the database holds; nobody's data is in it."""
    return render(request, "exports/dictionary.html", {"tables": tables()})


@permission_required(Permission.LEDGER_IMPORT)
@require_GET
def dictionary_file(request: SignedInRequest) -> HttpResponse:
    """The same to take along, with every column."""
    return cast(HttpResponse, file_response(as_sheet(), "xlsx", "data-dictionary"))


def _leaving(request: SignedInRequest, form: LedgerOutForm) -> HttpResponse:
    gone, asked = form.perform(), form.cleaned_data
    is_whole = form.chosen.is_personal and asked["whole"]
    kind = "csv" if request.POST.get("format") == "csv" else "xlsx"
    told = Leaving(
        tuple(gone.persons) if form.chosen.is_personal else (), asked["purpose"], is_whole, kind
    )
    if answer := held_back(request, told):
        return cast(HttpResponse, answer)
    log_access(
        request, persons=gone.persons, purpose=asked["purpose"],
        action=Action.EXPORT if is_whole else Action.EXPORT_MASKED,
        fields_seen=f"ledger {asked['ledger']}",
    )  # fmt: skip
    name = f"{asked['ledger']}-{timezone.localtime():%Y%m%d-%H%M}"
    return cast(HttpResponse, file_response(gone.sheet, kind, name))
