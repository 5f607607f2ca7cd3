"""Which rows a page of documents may reach: the same 404 for elsewhere and nowhere."""

from typing import cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from apps.accounts.requests import SignedInRequest
from apps.cases.models import Case
from apps.core.days import today
from apps.documents.models import Attachment, IssuedDocument
from apps.documents.subject import Subject
from apps.persons.models import Person

PLACE = ("county", "town", "village")


def person_or_404(request: SignedInRequest, public_id: UUID) -> Person:
    scoped = Person.objects.visible_to(request.user).select_related(
        *PLACE, "residence_area", "registration_area"
    )
    return cast(Person, get_object_or_404(scoped, public_id=public_id))


def document_or_404(request: SignedInRequest, public_id: UUID) -> IssuedDocument:
    scoped = IssuedDocument.objects.visible_to(request.user).select_related(
        *(f"person__{part}" for part in PLACE), "case", "issued_by", "voided_by", "template"
    )
    return cast(IssuedDocument, get_object_or_404(scoped, public_id=public_id))


def scan_or_404(request: SignedInRequest, public_id: UUID) -> Attachment:
    scoped = Attachment.objects.visible_to(request.user).select_related(
        *(f"person__{part}" for part in PLACE)
    )
    return cast(Attachment, get_object_or_404(scoped, public_id=public_id))


def cases_of(request: SignedInRequest, person: Person) -> list[Case]:
    """The person's orders, the one of today first."""
    scoped = Case.objects.visible_to(request.user).filter(person=person)
    rows = scoped.select_related("authority", *PLACE).order_by("-created_at", "-pk")
    return sorted(rows, key=lambda case: not case.is_in_force_on(today()))


def subject_of(request: SignedInRequest, person: Person, language: str = "zh-hans") -> Subject:
    """The person with the order that the address names, else the one of today or the newest."""
    cases = cases_of(request, person)
    wanted = request.GET.get("case", "")
    case = next((c for c in cases if str(c.public_id) == wanted), cases[0] if cases else None)
    return Subject(person, case, request.user, today(), language, _record(request))


def _record(request: SignedInRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("record", ""))
    except ValueError:
        return None


def download(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file that the browser saves and never runs (ASVS 3.2.1)."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    return response
