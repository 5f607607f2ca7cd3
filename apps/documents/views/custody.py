"""Custody sheets as DOCX: of one sample, and of a part of a campaign."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.campaigns.papers import sheets_of
from apps.campaigns.views.papers import printed
from apps.core.days import today
from apps.documents.access import download
from apps.documents.codes import MediaType
from apps.drugtests.access import drug_test_or_404
from apps.drugtests.custody import custody_of
from apps.drugtests.dossier_page import page_of


@permission_required(Permission.PERSON_VIEW)
@require_safe
def of_test(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """As on its page to print."""
    from apps.documents.custody import custody_docx

    test = drug_test_or_404(request, public_id)
    if test.withdrawn_at or not test.is_taken:
        raise Http404
    log_access(request, persons=[test.person], action=Action.PRINT, fields_seen="drugtest")
    page = page_of(test, today())
    name = page.dossier.number if page.dossier else f"{test.day:%Y%m%d}"
    return download(custody_docx([custody_of(page)]), MediaType.DOCX, f"{name}.docx")


@permission_required(Permission.PERSON_VIEW)
@require_safe
def of_campaign(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One page a person, as on the page to print."""
    from apps.documents.custody import custody_docx

    _campaign, part = printed(request, public_id)
    if not part.targets:
        raise Http404
    content = custody_docx(sheets_of(part.targets))
    return download(content, MediaType.DOCX, f"{today():%Y%m%d}-{part.number}.docx")
