"""Search everything in scope: name, pinyin, initials, last four, phone, whole number, file."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.days import today
from apps.core.kept_query import PARAMETER, keep, kept
from apps.core.typed import clean_text
from apps.persons import identity, names
from apps.persons.finding import named, with_merged
from apps.persons.models import Person
from apps.visits.facts import attach_facts

SHOWN = 50


@permission_required(Permission.PERSON_VIEW)
@require_http_methods(["GET", "POST"])
def search(request: SignedInRequest) -> HttpResponse:
    """What is posted is kept under a key of the session, so that nobody's name or number stands in
    an address and Back works; one hit opens the file.
    """
    if request.method == "POST":
        words = " ".join(clean_text(request.POST.get("q", ""), lines=False).split())[:60]
        key = f"?{PARAMETER}={keep(request, words)}" if words else ""
        return redirect(f"{reverse('workbench:search')}{key}")
    key = request.GET.get(PARAMETER, "")
    words = kept(request, key) or ""
    rows = _found(request, words) if words else []
    if len(rows) == 1:
        return redirect("workbench:person", rows[0].public_id)
    attach_facts(rows, today())
    context = {
        "search_words": words,
        "rows": rows[:SHOWN],
        "more": len(rows) > SHOWN,
        "forgotten": bool(key) and not words,
    }
    return render(request, "workbench/search.html", context)


def _found(request: SignedInRequest, words: str) -> list[Person]:
    """One more than is shown, in the order of names; the search stands in the access log."""
    rows: list[Person] = []
    where = condition_for(words)
    if where is not None:
        found = Person.objects.visible_to(request.user).filter(with_merged(where))
        rows = list(found.select_related("town", "village").order_by("sort_key", "pk")[: SHOWN + 1])
    log_access(request, persons=rows[:SHOWN], action=Action.SEARCH)
    return rows


def condition_for(words: str) -> Any:
    """What the words can mean; numbers are never searched as parts, but for the last four."""
    plain = identity.plain(words)
    number = _number(plain)
    if phone := identity.as_phone(words):
        by_phone = Q(phone_index=identity.phone_index(phone))
        return by_phone | number if number is not None else by_phone
    if number is not None:
        return number
    name = names.tidy(words)
    return named(words) if name and not plain.isdecimal() else None


def _number(plain: str) -> Q | None:
    """Whole number, phone, last four or file number; None when it is none of them."""
    found: Any = None
    digits = plain[:-1].isdecimal() and (plain[-1:].isdecimal() or plain[-1:] == "X")
    if not digits:
        return Q(document_index=identity.document_index(plain)) if _mixed(plain) else None
    if len(plain) == 4:
        found = Q(document_last4_index=identity.last4_index(plain))
        return found | Q(pk=int(plain)) if plain.isdecimal() else found
    if len(plain) == identity.RESIDENT_LENGTH:
        return Q(document_index=identity.document_index(plain))
    if plain.isdecimal() and len(plain) <= 7:
        return Q(pk=int(plain))
    phones = {plain, f"{plain[:4]}-{plain[4:]}", f"{plain[:3]}-{plain[3:]}"}
    indexes = [identity.phone_index(phone) for phone in sorted(phones)]
    return Q(phone_index__in=indexes) | Q(document_index=identity.document_index(plain))


def _mixed(plain: str) -> bool:
    """Letters and digits, as passports have."""
    return plain.isascii() and any(map(str.isdecimal, plain)) and len(plain) >= 5
