"""What is masked until somebody asks: number and phones. Every answer is logged."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.persons.access import looks_after, person_or_404
from apps.persons.forms import PurposeForm
from apps.persons.identity import may_be_dialled
from apps.persons.models import Contact


@permission_required(Permission.PERSON_REVEAL)
@require_http_methods(["GET", "POST"])
def reveal(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The whole document number: with a reason, unless it is the own caseload."""
    person = person_or_404(request, public_id)
    purpose = _purpose(request, "number", own=looks_after(request, person))
    context: dict[str, object] = {"person": person, "form": purpose, "number": "", "what": "number"}
    if request.method == "POST" and (purpose is None or purpose.is_valid()):
        log_access(
            request,
            persons=[person],
            action=Action.REVEAL,
            fields_seen="document_number",
            purpose=purpose.cleaned_data["purpose"] if purpose else "",
        )
        context |= {"number": person.document_number, "form": None}
    return _answer(request, context)


@permission_required(Permission.PERSON_REVEAL)
@require_http_methods(["GET", "POST"])
def call(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One tap: the reading is logged, then the number shown, as a link where calls are allowed."""
    person = person_or_404(request, public_id)
    contact = _contact(request, person.pk)
    purpose = _purpose(request, "phone", own=looks_after(request, person))
    phone = contact.phone if contact else person.phone
    context: dict[str, object] = {
        "person": person,
        "contact": contact,
        "form": purpose,
        "number": "",
        "what": "phone",
        "allow_calls": settings.ALLOW_CALLS and may_be_dialled(phone),
        "has_phone": bool(phone),
    }
    if phone and request.method == "POST" and (purpose is None or purpose.is_valid()):
        log_access(
            request,
            persons=[person],
            action=Action.CALL,
            fields_seen="contact_phone" if contact else "phone",
            purpose=purpose.cleaned_data["purpose"] if purpose else "",
        )
        context |= {"number": phone, "form": None}
    return _answer(request, context)


def _purpose(request: SignedInRequest, what: str, *, own: bool) -> PurposeForm | None:
    """No reason is asked of those who look after the person."""
    if own:
        return None
    typed = request.POST if "purpose" in request.POST else None
    # Both questions may stand open in one line of the file.
    form = PurposeForm(typed, auto_id=f"{what}-%s")
    form.fields["purpose"].widget.attrs["autofocus"] = True
    return form


def _contact(request: SignedInRequest, person_id: int) -> Contact | None:
    wanted = request.POST.get("contact") or request.GET.get("contact")
    if not wanted:
        return None
    try:
        public_id = UUID(wanted)
    except ValueError:
        raise Http404 from None
    agreed = Contact.objects.visible_to(request.user).filter(withdrawn_on=None)
    found: Contact = get_object_or_404(agreed, person_id=person_id, public_id=public_id)
    return found


def _answer(request: SignedInRequest, context: dict[str, object]) -> HttpResponse:
    form = context["form"]
    wrong = isinstance(form, PurposeForm) and bool(form.errors)
    part = ("#answer" if context["number"] else "#ask") if request.htmx else ""
    return render(request, f"persons/reveal.html{part}", context, status=422 if wrong else 200)
