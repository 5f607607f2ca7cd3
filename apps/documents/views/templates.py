"""Templates of an office: which are used, how to make one, upload, withdraw."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.areas.models import Area
from apps.cases.codes import Measure
from apps.core.days import today
from apps.core.refusals import shown_in, status_of
from apps.documents import services
from apps.documents.access import download
from apps.documents.codes import MediaType, PaperKind
from apps.documents.declarations import DECLARATIONS
from apps.documents.declaring import Declaration
from apps.documents.forms import TemplateForm
from apps.documents.models import OfficeTemplate
from apps.documents.paper_text import expanded
from apps.documents.placeholders import listed_in


def _area(request: SignedInRequest) -> Area:
    if request.user.area is None:
        raise Http404
    return request.user.area


def _rows(request: SignedInRequest) -> Any:
    """Templates of the user's area and below; contents stay in the database."""
    area = _area(request)
    return OfficeTemplate.objects.filter(area__in=Area.objects.under(area)).defer("content")


def _declared(kind: str) -> Declaration:
    if kind not in PaperKind.values:
        raise Http404
    return DECLARATIONS[PaperKind(kind)]


@permission_required(Permission.DOCUMENT_TEMPLATES)
@require_safe
def templates(request: SignedInRequest) -> HttpResponse:
    """Each kind: the standard text, or the office's own file since when."""
    own = _rows(request).in_effect_on(today()).select_related("area", "uploaded_by")
    by_kind: dict[str, list[OfficeTemplate]] = {}
    for template in own.order_by("area__code", "measure", "-effective_from"):
        by_kind.setdefault(template.kind, []).append(template)
    kinds = [
        {"declared": declared, "own": by_kind.get(kind, [])}
        for kind, declared in DECLARATIONS.items()
    ]
    return render(request, "documents/templates.html", {"kinds": kinds})


@permission_required(Permission.DOCUMENT_TEMPLATES)
@require_http_methods(["GET", "POST"])
def template(request: SignedInRequest, kind: str) -> HttpResponse:
    """The placeholders of a kind, and a form for the office's own file."""
    declared = _declared(kind)
    form = TemplateForm(request.POST or None, request.FILES or None, area=_area(request))
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            services.add_template(kind=kind, by=request.user, **form.cleaned_data)
            messages.success(request, _("The template was filled on trial and is stored."))
            return redirect("documents:template", kind)
    context = {
        "declared": declared, "form": form, "names": listed_in(declared).items(),
        "measures": Measure.choices, "rows": _rows(request).filter(kind=kind)
        .select_related("area", "uploaded_by").order_by("-effective_from", "-pk"),
    }  # fmt: skip
    return render(request, "documents/template.html", context, status=status_of(form))


@permission_required(Permission.DOCUMENT_TEMPLATES)
@require_safe
def standard(request: SignedInRequest, kind: str, measure: str) -> HttpResponse:
    """The standard text with its placeholders as DOCX: the best start for an own template."""
    declared = _declared(kind)
    if measure not in Measure.values:
        raise Http404
    from apps.documents.docx_writing import paper_docx

    content = paper_docx(expanded(declared.text(measure)), compact=declared.compact)
    return download(content, MediaType.DOCX, f"{kind}-{measure}.docx")


@permission_required(Permission.DOCUMENT_TEMPLATES)
@require_safe
def template_file(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The office's own file as it was uploaded."""
    found: OfficeTemplate = get_object_or_404(_rows(request), public_id=public_id)
    return download(bytes(found.content), MediaType.DOCX, f"{found.kind}-{found.area.code}.docx")


@permission_required(Permission.DOCUMENT_TEMPLATES)
@require_POST
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found: OfficeTemplate = get_object_or_404(_rows(request), public_id=public_id)
    services.withdraw_template(template=found, by=request.user)
    messages.success(request, _("The template is no longer used."))
    return redirect("documents:template", found.kind)
