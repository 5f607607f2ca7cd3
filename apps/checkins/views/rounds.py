"""The round: a station day or a village, and its sheet on paper."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.areas.fields import AreaField
from apps.areas.models import Area
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.checkins.codes import Method
from apps.checkins.rounds import LARGEST, CheckInRound, round_of
from apps.checkins.services import log_checkin
from apps.contacts.going_back import back_to
from apps.core.days import today
from apps.core.refusals import Refused
from apps.persons.models import Person
from apps.schedule.models import DueItem


class PlaceForm(forms.Form):
    place = AreaField(label=gettext_lazy("Town or village"), required=False)


class Tap(NamedTuple):
    """A ticked line: whose, its client UUID and its window."""

    person: UUID
    uuid: UUID
    item: int


@dataclass
class Applied:
    """What became of the ticked lines: saved now, recorded before, refused, out of scope."""

    saved: int = 0
    known: int = 0
    gone: int = 0
    refused: list[str] = field(default_factory=list)


@require_GET
@permission_required(Permission.CHECKIN_LOG)
def show(request: SignedInRequest) -> HttpResponse:
    """One line a person, big buttons, one save a tap."""
    form, area = _place(request)
    found = _round(request, area)
    context = {
        "form": form,
        "area": area or request.user.area,
        "round": found,
        "row_kind": "round",
        "picked": _picked(request),
        "also": _picked(request, "also"),
        "next": request.get_full_path(),
        "query": request.GET.urlencode(),
    }
    if request.htmx:
        return render(request, "checkins/round.html#progress", context)
    log_access(request, persons=_people(found), action=Action.LIST)
    return render(request, "checkins/round.html", context)


@require_GET
@permission_required(Permission.CHECKIN_LOG)
def sheet(request: SignedInRequest) -> HttpResponse:
    """For the worker alone: neutral in title, no measure, no level; one slip a person to sign."""
    _form, area = _place(request)
    found = _round(request, area)
    log_access(request, persons=_people(found), action=Action.PRINT)
    context = {"area": area or request.user.area, "round": found}
    return render(request, "checkins/round_print.html", context)


@require_POST
@permission_required(Permission.CHECKIN_LOG)
def apply(request: SignedInRequest) -> HttpResponse:
    """The same for all that are ticked; each one is a tap of its own."""
    act = request.POST.get("act", "")
    if act not in (Method.IN_PERSON, Method.PHONE):
        raise Refused(_("This page is out of date. Load it anew and tap again."))
    taps = _taps(request.POST.getlist("tap"))
    people = Person.objects.visible_to(request.user).in_bulk(
        [tap.person for tap in taps], field_name="public_id"
    )
    items = DueItem.objects.visible_to(request.user).in_bulk([tap.item for tap in taps])
    applied = Applied()
    for tap in taps:
        if person := people.get(tap.person):
            _log(request, act, tap, person, items.get(tap.item), applied)
        else:
            applied.gone += 1
    _tell(request, applied)
    return redirect(back_to(request, "checkins:round"))


def _log(
    request: SignedInRequest,
    act: str,
    tap: Tap,
    person: Person,
    item: DueItem | None,
    applied: Applied,
) -> None:
    try:
        result = log_checkin(
            person=person, by=request.user, client_uuid=tap.uuid, method=act, due_item=item
        )
    except Refused as refusal:
        applied.refused.append(f"{person.name}: {refusal}")
        return
    if result.created:
        applied.saved += 1
    elif not result.undone:
        applied.known += 1
    else:
        applied.refused.append(f"{person.name}: {_('This tap was undone; nothing is recorded.')}")


def _tell(request: SignedInRequest, applied: Applied) -> None:
    """What was saved, what was there already, and what could not be saved, each in words.

    A person who is no longer in scope is counted and not named.
    """
    saved = ngettext("%(n)s check-in is saved.", "%(n)s check-ins are saved.", applied.saved)
    known = ngettext(
        "%(n)s was recorded already; nothing was doubled.",
        "%(n)s were recorded already; nothing was doubled.",
        applied.known,
    )
    gone = ngettext(
        "%(n)s ticked person is no longer looked after by you: nothing was saved for that line.",
        "%(n)s ticked persons are no longer looked after by you: nothing was saved for those "
        "lines.",
        applied.gone,
    )
    if applied.saved or not (applied.known or applied.gone or applied.refused):
        messages.success(request, saved % {"n": applied.saved})
    if applied.known:
        messages.info(request, known % {"n": applied.known})
    for words in applied.refused:
        messages.error(request, words)
    if applied.gone:
        messages.error(request, gone % {"n": applied.gone})


def _taps(values: list[str]) -> list[Tap]:
    """`person,uuid,item` of each ticked line."""
    try:
        parts = [value.split(",") for value in values[:LARGEST]]
        return [Tap(UUID(person), UUID(uuid), int(item)) for person, uuid, item in parts]
    except ValueError:
        raise Refused(_("This page is out of date. Load it anew and tap again.")) from None


def _place(request: SignedInRequest) -> tuple[PlaceForm, Area | None]:
    form = PlaceForm(request.GET or None)
    form.fields["place"].bind(request.user.area)  # type: ignore[attr-defined]
    area: Any = form.cleaned_data.get("place") if form.is_bound and form.is_valid() else None
    return form, area


def _round(request: SignedInRequest, area: Area | None) -> CheckInRound:
    picked, also = _picked(request), _picked(request, "also")
    return round_of(request.user, today(), area=area, picked=picked, also=also)


def _picked(request: SignedInRequest, name: str = "person") -> list[UUID]:
    try:
        return [UUID(value) for value in request.GET.getlist(name)[:LARGEST]]
    except ValueError:
        return []


def _people(found: CheckInRound) -> list[Person]:
    return [row.person for row in found.rows] + [row.person for row in found.today]
