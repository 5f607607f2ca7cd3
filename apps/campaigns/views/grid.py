"""Batch entry of samples: one post for the page, or one for a row where there is a script."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import BigIntegerField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.campaigns.grid import TOUCHED, GridRow, HeadForm
from apps.campaigns.models import Campaign, CampaignTarget
from apps.campaigns.views.pages import listed_campaign
from apps.contacts.given import medicines_of_each
from apps.core.days import today
from apps.core.prepared import Among, Slot
from apps.core.shared_statements import PreparedForReaders

ROWS = 50
KEY = re.compile(r"r(\d{1,18})-client_uuid")


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the list, in an order that stays while rows are entered."""

    targets: list[CampaignTarget]
    number: int
    pages: int
    find: str

    @property
    def query(self) -> str:
        return f"?page={self.number}"


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_LOG)
def show(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Everything typed stays; what is right is stored, row by row."""
    campaign = listed_campaign(request, public_id)
    part = _part(request, campaign)
    data = request.POST if request.method == "POST" else None
    only = request.POST.get("row", "")
    head = HeadForm(data)
    rows = _rows(head, part.targets, data)
    log_access(request, persons=[row.person for row in rows], action=Action.LIST,
               fields_seen="campaign")  # fmt: skip
    if data is not None:
        _save(request, head, rows)
        _tell_gone(request, part)
        if not only and head.is_valid() and not any(row.is_wrong for row in rows):
            _tell(request, rows)
            return redirect(f"{request.path}{part.query}")
    context = {"campaign": campaign, "head": head, "rows": rows, "part": part}
    template = "campaigns/grid_row.html" if only and rows else "campaigns/grid.html"
    status = _status(head, rows) if data is not None else 200
    return render(request, template, context | {"row": rows[0] if rows else None}, status=status)


def _rows(head: HeadForm, targets: list[CampaignTarget], data: Any) -> list[GridRow]:
    """With what a clinic gives each person on the day of the head; until it is said, today."""
    head.is_valid()
    day = getattr(head, "cleaned_data", {}).get("day") or today()
    given = medicines_of_each([one.person_id for one in targets])
    return [
        GridRow(one, data, [m for m in given.get(one.person_id, []) if m.is_given_on(day)])
        for one in targets
    ]


def _tell_gone(request: SignedInRequest, part: Part) -> None:
    """Who moved on meanwhile is counted and not named."""
    sent = request.POST
    typed = {
        pk for pk in _posted(request) if any(sent.get(f"r{pk}-{n}", "").strip() for n in TOUCHED)
    }
    if gone := len(typed - {one.pk for one in part.targets}):
        said = ngettext(
            "%(n)s row is no longer yours: nothing was stored for it.",
            "%(n)s rows are no longer yours: nothing was stored for them.", gone,
        )  # fmt: skip
        messages.error(request, said % {"n": gone})


def _save(request: SignedInRequest, head: HeadForm, rows: list[GridRow]) -> None:
    right = head.is_valid()
    for row in rows:
        if right:
            row.save(request.user, head)
        elif row.form.is_bound:
            row.form.add_error(None, _("Not stored: put the head of the page right first."))


def _tell(request: SignedInRequest, rows: list[GridRow]) -> None:
    saved = [row.saved for row in rows if row.saved is not None]
    new = sum(one.is_new and one.test.is_taken for one in saved)
    noted = sum(one.is_new and not one.test.is_taken for one in saved)
    known = len(saved) - new - noted
    if new or not saved:
        said = ngettext("%(n)s sample is stored.", "%(n)s samples are stored.", new)
        messages.success(request, said % {"n": new})
    if noted:
        said = ngettext(
            "Of %(n)s person it is noted why no sample was taken.",
            "Of %(n)s persons it is noted why no sample was taken.", noted,
        )  # fmt: skip
        messages.success(request, said % {"n": noted})
    if known:
        said = ngettext(
            "%(n)s was recorded already; nothing was doubled.",
            "%(n)s were recorded already; nothing was doubled.", known,
        )  # fmt: skip
        messages.info(request, said % {"n": known})


def _status(head: HeadForm, rows: list[GridRow]) -> int:
    if any(row.is_conflict for row in rows):
        return 409
    return 422 if head.errors or any(row.is_wrong for row in rows) else 200


def _part(request: SignedInRequest, campaign: Campaign) -> Part:
    """By place and name; the page of the address, or the file that is looked for. What was posted
    are the rows that were shown then, wherever they stand by now; of one that is sent alone the
    others are not asked for.
    """
    asked = _number(request.GET.get("page", ""))
    if request.method == "POST":
        named = {"campaign": campaign.pk, "ids": _posted(request)}
        return Part(_WRITTEN.rows(request.user, today(), _named, **named), asked or 1, 1, "")
    rows = CampaignTarget.objects.visible_to(request.user).filter(campaign=campaign)
    if find := request.GET.get("find", "").strip()[:20]:
        rows = rows.filter(person_id=_number(find))
    pages = max(1, -(-rows.count() // ROWS))
    number = min(max(asked, 1), pages)
    return Part(list(_in_order(rows)[(number - 1) * ROWS : number * ROWS]), number, pages, find)


def _in_order(rows: Any) -> Any:
    rows = rows.with_standing()
    rows = rows.select_related("campaign", "person", "town", "village", "test__recorded_by")
    return rows.order_by("town__code", "village__code", "person__sort_key", "pk")


def _named(user: User) -> Any:
    rows = CampaignTarget.objects.visible_to(user).filter(Among("pk"))
    return _in_order(rows.filter(campaign=Slot("campaign", BigIntegerField())))[:ROWS]


# A row that is sent alone asks it: written once for readers of a kind and the day.
_WRITTEN = PreparedForReaders(100)


def _posted(request: SignedInRequest) -> list[int]:
    """Numbers of the rows that are to be stored: the one that was sent alone, or all of them."""
    only = request.POST.get("row", "")
    names = [f"{only}-client_uuid"] if only else request.POST
    found = (KEY.fullmatch(name) for name in names)
    return [int(match[1]) for match in found if match is not None]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0
