"""A clinic's month on one page: what is right is stored, row by row, and everything typed stays."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.days import today
from apps.core.text import month_text
from apps.treatment.grid import TOUCHED, GridRow, MonthHead
from apps.treatment.models import Attendance, Clinic, Treatment
from apps.treatment.rules import last_month, months_back

ROWS = 50
MONTHS = 13
KEY = re.compile(r"r(\d{1,18})-client_uuid")


@dataclass(frozen=True, slots=True)
class Part:
    """Some of those who are treated there, in an order that stays while rows are entered."""

    treatments: list[Treatment]
    number: int
    pages: int
    total: int


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def show(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Of a month that has ended; the address says which."""
    clinics = Clinic.objects.known_to(request.user).select_related("area")
    clinic: Clinic = get_object_or_404(clinics, public_id=public_id)
    month, data = _asked(request), request.POST if request.method == "POST" else None
    part = _part(request, clinic, month)
    rows = _rows(request, part, month, data)
    head = MonthHead(data)
    log_access(request, persons=[row.person for row in rows], action=Action.LIST,
               fields_seen="treatment")  # fmt: skip
    query = f"?month={month:%Y-%m}&page={part.number}"
    if data is not None:
        _save(request, head, rows)
        gone = _tell_gone(request, part)
        if head.is_valid() and not gone and not any(row.is_wrong for row in rows):
            _tell(request, rows)
            return redirect(f"{request.path}{query}")
    context = {
        "clinic": clinic, "month": month, "month_words": month_text(month), "head": head,
        "rows": rows, "part": part, "query": query, "months": _months(month),
        "area_path": [(unit.name, "") for unit in clinic.area.path()],
    }  # fmt: skip
    return render(request, "treatment/months.html", context, status=_status(head, rows))


def _asked(request: SignedInRequest) -> date:
    """The month of the address, if it has ended; else the one that ended last."""
    text = request.GET.get("month", "")
    known = {f"{month:%Y-%m}": month for month in months_back(today(), MONTHS)}
    return known.get(text, last_month(today()))


def _months(asked: date) -> list[dict[str, Any]]:
    return [
        {"value": f"{month:%Y-%m}", "label": month_text(month), "chosen": month == asked}
        for month in months_back(today(), MONTHS)
    ]


def _part(request: SignedInRequest, clinic: Clinic, month: date) -> Part:
    """By name; the page of the address. What was posted are the rows that were shown then."""
    found = Treatment.objects.visible_to(request.user).filter(clinic=clinic).in_month(month)
    asked = _number(request.GET.get("page", ""))
    if request.method == "POST":
        found = found.filter(pk__in=_posted(request))
    total = found.count()
    pages = max(1, -(-total // ROWS))
    number = 1 if request.method == "POST" else min(max(asked, 1), pages)
    ordered: Any = found.select_related("person", "town").order_by("person__sort_key", "pk")
    treatments = list(ordered[(number - 1) * ROWS : number * ROWS])
    return Part(treatments, max(asked, 1) if request.method == "POST" else number, pages, total)


def _rows(request: SignedInRequest, part: Part, month: date, data: Any) -> list[GridRow]:
    known = Attendance.objects.visible_to(request.user).standing()
    known = known.filter(treatment__in=part.treatments, month=month)
    stored = {row.treatment_id: row for row in known.select_related("recorded_by")}
    return [GridRow(one, month, stored.get(one.pk), data) for one in part.treatments]


def _save(request: SignedInRequest, head: MonthHead, rows: list[GridRow]) -> None:
    right = head.is_valid()
    for row in rows:
        if right:
            row.save(request.user, head)
        elif row.form.is_bound:
            row.form.add_error(None, _("Not stored: put the head of the page right first."))


def _tell_gone(request: SignedInRequest, part: Part) -> int:
    """Who moved on meanwhile, or ended, is counted and not named."""
    sent = request.POST
    typed = {
        pk for pk in _posted(request) if any(sent.get(f"r{pk}-{n}", "").strip() for n in TOUCHED)
    }
    gone = len(typed - {one.pk for one in part.treatments})
    if gone:
        said = ngettext(
            "%(n)s row is no longer yours: nothing was stored for it.",
            "%(n)s rows are no longer yours: nothing was stored for them.", gone,
        )  # fmt: skip
        messages.error(request, said % {"n": gone})
    return gone


def _tell(request: SignedInRequest, rows: list[GridRow]) -> None:
    new = sum(row.is_new for row in rows)
    said = ngettext("%(n)s month is stored.", "%(n)s months are stored.", new)
    messages.success(request, said % {"n": new})


def _status(head: MonthHead, rows: list[GridRow]) -> int:
    if any(row.is_conflict for row in rows):
        return 409
    return 422 if head.errors or any(row.is_wrong for row in rows) else 200


def _posted(request: SignedInRequest) -> list[int]:
    found = (KEY.fullmatch(name) for name in request.POST)
    return [int(match[1]) for match in found if match is not None]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0
