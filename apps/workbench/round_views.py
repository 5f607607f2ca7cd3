"""Anybody in scope is found and added to a round, due or not."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.checkins.rounds import LARGEST
from apps.contacts.going_back import back_to
from apps.persons.finding import with_merged
from apps.persons.models import Person
from apps.workbench.search_views import SHOWN, condition_for

KEPT = ("person", "also", "place")


@require_POST
@permission_required(Permission.CHECKIN_LOG)
def add(request: SignedInRequest) -> HttpResponse:
    """One hit is added; of several the right one is chosen. No name stands in an address."""
    words = " ".join(request.POST.get("q", "").replace("\0", " ").split())[:60]
    where = condition_for(words) if words else None
    people: list[Person] = []
    if where is not None:
        scoped = Person.objects.visible_to(request.user).filter(with_merged(where))
        people = list(scoped.select_related("town", "village").order_by("sort_key", "pk")[:SHOWN])
    log_access(request, persons=people, action=Action.SEARCH)
    if len(people) == 1:
        return redirect(_with(request, people[0]))
    if not people:
        messages.warning(request, _("Nobody in your scope is found by these words."))
        return redirect(_with(request, None))
    found = [(person, _with(request, person)) for person in people]
    context: dict[str, Any] = {"found": found, "words": words, "back": _with(request, None)}
    return render(request, "workbench/round_add.html", context)


@require_POST
@permission_required(Permission.CHECKIN_LOG)
def work_with(request: SignedInRequest) -> HttpResponse:
    """Rows that were ticked on a list become a round; who is out of scope has no line in it."""
    query = QueryDict(mutable=True)
    query.setlist("person", list(dict.fromkeys(request.POST.getlist("row")))[:LARGEST])
    if not query.getlist("person"):
        messages.warning(request, _("Nobody is ticked."))
        return redirect(back_to(request))
    return redirect(f"{reverse('checkins:round')}?{query.urlencode()}")


def _with(request: SignedInRequest, person: Person | None) -> str:
    """The round as it was, with one more."""
    sent = QueryDict(request.POST.get("round", "")[:10_000])
    query = QueryDict(mutable=True)
    for name in KEPT:
        query.setlist(name, sent.getlist(name))
    if person is not None and str(person.public_id) not in query.getlist("also"):
        query.appendlist("also", str(person.public_id))
    return f"{reverse('checkins:round')}?{query.urlencode()}"
