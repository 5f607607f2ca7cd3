"""Prepare, preview and issue a paper."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.refusals import shown_in, status_of
from apps.documents import services
from apps.documents.access import person_or_404, subject_of
from apps.documents.declarations import DECLARATIONS
from apps.documents.declaring import Declaration
from apps.documents.drafts import Draft, draft_of, facts_for
from apps.documents.forms import PaperForm
from apps.documents.placeholders import labels_of
from apps.documents.services.issuing import check_issue
from apps.documents.subject import Subject


@permission_required(Permission.DOCUMENT_ISSUE)
@require_http_methods(["GET", "POST"])
def prepare(request: SignedInRequest, public_id: UUID, kind: str) -> HttpResponse:
    """The questions of the paper beside the paper as it would be printed."""
    language = "en" if request.GET.get("language") == "en" else "zh-hans"
    subject = subject_of(request, person_or_404(request, public_id), language)
    declared = _declared(kind)
    check_issue(kind, subject)
    if declared.issued_at:
        return redirect(declared.issued_at, public_id)
    form = PaperForm(request.POST or None, declared=declared, facts=facts_for(declared, subject))
    valid = request.method == "POST" and form.is_valid()
    if valid and request.POST.get("act") == "issue":
        with shown_in(form):
            return _issued(request, declared, subject, form)
    log_access(request, persons=[subject.person], action=Action.VIEW, fields_seen=f"paper {kind}")
    context = {
        "person": subject.person, "case": subject.case, "declared": declared, "form": form,
        "basis": declared.basis_of(subject.measure), "language": language,
        **_preview(declared, subject, form),
    }  # fmt: skip
    return render(request, "documents/prepare.html", context, status=status_of(form))


def _declared(kind: str) -> Declaration:
    try:
        return DECLARATIONS[kind]  # type: ignore[index]
    except KeyError:
        raise Http404 from None


def _preview(declared: Declaration, subject: Subject, form: PaperForm) -> dict[str, object]:
    """The paper with the answers so far; wrong answers leave their lines empty."""
    template = None if declared.outward else services.template_for(
        subject.office, declared.kind, subject.measure, subject.day, subject.language
    )  # fmt: skip
    answers = form.answers() if not form.errors else {}
    draft: Draft = draft_of(declared, subject, answers, template=template)
    return {
        "blocks": draft.blocks,
        "template": template,
        "missing": [str(label) for label in labels_of(declared, draft.missing)],
    }


def _issued(
    request: SignedInRequest, declared: Declaration, subject: Subject, form: PaperForm
) -> HttpResponse:
    document = services.issue_document(
        person=subject.person, case=subject.case, kind=declared.kind, by=request.user,
        client_uuid=form.client_id, language=subject.language, answers=form.answers(),
        record=subject.record,
    )  # fmt: skip
    words = _("Issued under the number %(number)s.") % {"number": document.number}
    messages.success(request, words)
    return redirect("documents:detail", document.public_id)
