"""Open a file, change a file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.accounts.roles import Role
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.days import today
from apps.core.refusals import shown_in, status_of
from apps.persons import services
from apps.persons.access import person_or_404
from apps.persons.codes import DocumentKind
from apps.persons.duplicates import like_new, likely_duplicates
from apps.persons.forms import FindForm, LifeStatusForm, PersonForm
from apps.persons.models import Person


@permission_required(Permission.PERSON_CREATE)
def create(request: SignedInRequest) -> HttpResponse:
    """Look first, then open: the same page leads through both."""
    if request.method != "POST":
        return render(request, "persons/find.html", {"form": FindForm()})
    if request.POST.get("step") == "open":
        return _open(request)
    form = FindForm(request.POST)
    if not form.is_valid():
        return render(request, "persons/find.html", {"form": form}, status=422)
    asked = form.cleaned_data
    found = likely_duplicates(
        request.user, number=asked["document_number"], name=asked["name"], phone=asked["phone"]
    )
    same = next((row.person for row in found if _is(row.person, asked["document_number"])), None)
    if same is None and (answer := kept_elsewhere(request, asked["document_number"])):
        return answer
    log_access(request, persons=[row.person for row in found], action=Action.SEARCH)
    started = PersonForm(user=request.user, initial=_started(request, asked))
    context = {"form": form, "found": found, "same": same, "open_form": started, "asked": True}
    return render(request, "persons/find.html", context)


def _open(request: SignedInRequest) -> HttpResponse:
    """Whatever stands in the way, what was typed stays in the form."""
    form = PersonForm(request.POST, user=request.user)
    told: dict[str, Any] = {}
    if form.is_valid():
        told = _in_the_way(request, form.values())
        if not told:
            with shown_in(form):
                person = _open_for(request, form.cleaned_data["area"], form.values())
                messages.success(request, _("The file is open. Record the order next."))
                return redirect("workbench:person", person.public_id)
    log_access(request, persons=[row.person for row in told.get("found", [])], action=Action.SEARCH)
    context = {"form": FindForm(), "open_form": form, "asked": True, "found": [], "same": None}
    return render(request, "persons/find.html", context | told, status=409 if told else 422)


def _in_the_way(request: SignedInRequest, values: dict[str, Any]) -> dict[str, Any]:
    """A file of the number, here or elsewhere; or one that is alike and was not shown yet."""
    number = values["document_number"]
    file = services.find_by_document(number) if number else None
    if file and Person.objects.visible_to(request.user).filter(pk=file.pk).exists():
        return {"known": file}
    if number and (elsewhere := asked_elsewhere(request, number)):
        return {"elsewhere": elsewhere}
    seen, found = set(request.POST.getlist("seen")), like_new(request.user, values)
    new = any(str(row.person.public_id) not in seen for row in found)
    return {"found": found, "warned": True} if new else {}


def _open_for(request: SignedInRequest, area: Any, values: dict[str, Any]) -> Person:
    """A worker who opens a file looks after the person until a supervisor says otherwise."""
    person = services.open_person(by=request.user, area=area, **values)
    if request.user.role == Role.WORKER:
        services.assign_worker(persons=[person], worker=request.user, by=request.user, on=today())
    return person


def kept_elsewhere(request: SignedInRequest, number: str) -> HttpResponse | None:
    """The page "ask for a transfer" if another unit keeps the number."""
    told = asked_elsewhere(request, number)
    return render(request, "persons/elsewhere.html", told, status=409) if told else None


def asked_elsewhere(request: SignedInRequest, number: str) -> dict[str, Any] | None:
    """That another unit keeps the number, and no word about whom.

    When the day's ten answers are used up the answer is the same for every number that is not in
    scope, so that it tells nothing either.
    """
    if not number:
        return None
    if not services.lookups_left(request.user):
        return {"spent": True}
    person = services.find_by_document(number)
    if person is None or Person.objects.visible_to(request.user).filter(pk=person.pk).exists():
        return None
    services.look_up_outside(by=request.user, person=person)
    log_access(request, persons=[person], action=Action.OUTSIDE, county_code=person.county.code)
    return {"spent": False, "left": services.lookups_left(request.user)}


@permission_required(Permission.PERSON_EDIT)
def edit(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    person = person_or_404(request, public_id)
    form = PersonForm(request.POST or None, user=request.user, person=person)
    context: dict[str, Any] = {"person": person, "form": form}
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="file")
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["document_number"]
        if number != person.document_number and (told := asked_elsewhere(request, number)):
            return render(request, "persons/edit.html", context | {"elsewhere": told}, status=409)
        with shown_in(form):
            services.change_person(person=person, by=request.user, **form.values())
            messages.success(request, _("Saved."))
            return redirect("workbench:person", public_id)
    status = status_of(form)
    return render(request, "persons/edit.html", context, status=status)


@permission_required(Permission.PERSON_EDIT)
def life_status(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    person = person_or_404(request, public_id)
    initial = {"status": person.life_status, "since": person.life_status_since}
    form = LifeStatusForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            services.mark_life_status(person=person, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("workbench:person", public_id)
    context = {"person": person, "form": form, "title": _("Status without an order")}
    return render(request, "persons/act.html", context, status=status_of(form))


def _is(person: Person, number: str) -> bool:
    return bool(number) and person.document_number == number


def _started(request: SignedInRequest, asked: dict[str, str]) -> dict[str, Any]:
    """What was asked for stands in the new file already."""
    number, name = asked["document_number"], asked["name"]
    kind = DocumentKind.RESIDENT if len(number) == 18 else ""
    area = request.user.area
    known = area is not None and area.level in ("town", "village")
    return {
        "document_number": number,
        "document_kind": kind,
        "phone": asked["phone"],
        "name": "" if name.isascii() else name,
        "area": area if known else None,
    }
