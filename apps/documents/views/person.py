"""The tab Documents of a person, and the choice of a paper."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.days import today
from apps.core.navigation import url_or_none
from apps.core.refusals import Refused
from apps.documents.access import cases_of, person_or_404, subject_of
from apps.documents.declarations import DECLARATIONS
from apps.documents.declaring import Declaration
from apps.documents.file_index import EntryState, index_of, read_file
from apps.documents.models import Attachment, IssuedDocument
from apps.documents.services.issuing import check_issue
from apps.documents.subject import Subject


@permission_required(Permission.DOCUMENT_VIEW)
@require_safe
def person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What was issued, what was scanned, what the file lacks."""
    subject = subject_of(request, person_or_404(request, public_id))
    mine = {"person": subject.person}
    issued = IssuedDocument.objects.visible_to(request.user).filter(**mine).for_list()
    scans = Attachment.objects.visible_to(request.user).filter(**mine).select_related("uploaded_by")
    log_access(request, persons=[subject.person], action=Action.VIEW, fields_seen="documents")
    index = index_of(read_file(subject))
    context = {
        "person": subject.person,
        "issued": issued.order_by("-issued_at", "-pk"),
        "scans": scans.order_by("-uploaded_at", "-pk"),
        "index": [entry for entry in index if entry.state != EntryState.NA],
        "missing": sum(entry.state == EntryState.MISSING for entry in index),
        "not_needed": sum(entry.state == EntryState.NA for entry in index),
    }
    return render(request, "documents/person.html", context)


@permission_required(Permission.DOCUMENT_ISSUE)
@require_safe
def choose(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What can be issued now, in the order of a case's life; below it the others, with why not."""
    subject = subject_of(request, person_or_404(request, public_id))
    log_access(request, persons=[subject.person], action=Action.VIEW, fields_seen="documents")
    offers = [_offer(declared, subject) for declared in DECLARATIONS.values()]
    context = {
        "person": subject.person,
        "case": subject.case,
        "cases": cases_of(request, subject.person),
        "stages": [
            (stage, list(items))
            for stage, items in groupby(
                (offer for offer in offers if not offer["refused"]), lambda offer: offer["stage"]
            )
        ],
        "others": [offer for offer in offers if offer["refused"]],
    }
    return render(request, "documents/choose.html", context)


def _offer(declared: Declaration, subject: Subject) -> dict[str, Any]:
    refused = ""
    try:
        check_issue(declared.kind, Subject(subject.person, subject.case, subject.by, today()))
    except Refused as refusal:
        refused = str(refusal)
    return {
        "kind": declared.kind, "label": declared.kind.label,
        "articles": declared.basis_of(subject.measure), "stage": declared.stage,
        "refused": refused, "english": "en" in declared.languages,
        "at": declared.issued_at and url_or_none(declared.issued_at, subject.person.public_id),
    }  # fmt: skip
