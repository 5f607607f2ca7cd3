"""Issued papers: read, print, download, void; the register."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.list_page import PersonListPage
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.refusals import shown_in, status_of
from apps.documents import services
from apps.documents.access import document_or_404, download
from apps.documents.codes import MediaType
from apps.documents.declarations import DECLARATIONS
from apps.documents.filters import DocumentFilters
from apps.documents.forms import ReasonForm
from apps.documents.models import Attachment, IssuedDocument
from apps.documents.office_templates import render as fill_template
from apps.documents.tables import DocumentTable


class DocumentsPage(PersonListPage):
    """The register of numbers, the newest first."""

    permission = Permission.DOCUMENT_VIEW
    title = gettext_lazy("Issued documents")
    table_class = DocumentTable
    template_name = "documents/list.html"
    filterset_class = DocumentFilters
    default_sort = "-issued_on"
    fields_seen = "documents"
    export_permission = Permission.PERSON_EXPORT
    export_name = "documents"
    empty_title = gettext_lazy("No document was issued yet")
    empty_words = gettext_lazy("Papers are issued on the tab Documents of a person.")

    def queryset(self, request: HttpRequest) -> Any:
        return IssuedDocument.objects.visible_to(cast(User, request.user)).for_list()


@permission_required(Permission.DOCUMENT_VIEW)
@require_safe
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The paper as it was issued, with its scans."""
    document = document_or_404(request, public_id)
    _log(request, document, Action.VIEW)
    scans = Attachment.objects.visible_to(request.user).filter(document=document).valid()
    context = {
        "document": document, "person": document.person, "blocks": document.blocks,
        "compact": _compact(document), "scans": scans.order_by("uploaded_at"),
    }  # fmt: skip
    return render(request, "documents/detail.html", context)


@permission_required(Permission.DOCUMENT_VIEW)
@require_safe
def printed(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The paper alone on A4, for the browser's own print."""
    document = document_or_404(request, public_id)
    _log(request, document, Action.PRINT)
    context = {"document": document, "blocks": document.blocks, "compact": _compact(document)}
    return render(request, "documents/print.html", context)


@permission_required(Permission.DOCUMENT_VIEW)
@require_safe
def docx(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The same paper for Word; from the office's own template if it was issued from one."""
    document = document_or_404(request, public_id)
    _log(request, document, Action.PRINT)
    if document.template is None:
        from apps.documents.docx_writing import paper_docx

        content = paper_docx(document.blocks, compact=_compact(document))
    else:
        content = fill_template(bytes(document.template.content), document.facts)
    return download(content, MediaType.DOCX, f"{document.number}.docx")


@permission_required(Permission.DOCUMENT_ISSUE)
@require_http_methods(["GET", "POST"])
def void(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    document = document_or_404(request, public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            services.void_document(
                document=document, by=request.user, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("The paper is void. Its number stays used."))
            return redirect("documents:detail", public_id)
    context = {
        "person": document.person, "form": form, "danger": True,
        "title": _("Make void: %(number)s") % {"number": document.number},
        "words": _("A void paper stays in the file, crossed out; a new one gets a new number."),
        "button": _("Make void"), "back": document,
    }  # fmt: skip
    return render(request, "documents/act.html", context, status=status_of(form))


def _compact(document: IssuedDocument) -> bool:
    return DECLARATIONS[document.kind].compact  # type: ignore[index]


def _log(request: SignedInRequest, document: IssuedDocument, action: Action) -> None:
    seen = f"paper {document.kind}"
    log_access(request, persons=[document.person], action=action, fields_seen=seen)
