"""The half-year summary: make it with the person, look at it, correct it, withdraw it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.assessments import forms_summary as forms
from apps.assessments.figures import count_half_year, shown
from apps.assessments.models import HalfYearSummary
from apps.assessments.services.summaries import KIND
from apps.audit.act_page import ActForm, ActPage, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.contacts.going_back import back_to
from apps.core.days import today
from apps.core.refusals import Refused
from apps.persons.access import person_or_404
from apps.persons.models import Person
from apps.schedule.due_lines import lines_for_person
from apps.schedule.models import DueItem


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_LOG)
def create(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The half-year that is open: its numbers are counted, the words are the worker's."""
    found = person_or_404(request, public_id)
    item = _open_window(found)
    first = request.POST.get("first", "")
    form = forms.SummaryForm(
        request.POST or None,
        initial={"first": item.opens_on if item else first},
        user=request.user,
        target=item,
        person=found,
    )
    if item is None and not request.POST:
        raise Refused(_("No half-year is open: the next one has not begun, or no order runs."))
    return _act(
        request, form, found, title=_("Half-year summary"), done=_("The summary is recorded."),
        template="assessments/summary_new.html", words=_period(item),
        back=back_to(request), figures=_counted(item, found),
    )  # fmt: skip


@require_GET
@permission_required(Permission.PERSON_VIEW)
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Numbers and words as they were told."""
    row = _visible(request, public_id)
    log_access(request, persons=[row.person], action=Action.VIEW, fields_seen="summary")
    context = {"summary": row, "person": row.person, "figures": shown(row.figures, row.person)}
    return render(request, "assessments/summary.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def correct(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The words and the day; the numbers stay as they were told."""
    row = _visible(request, public_id)
    stored = {name: getattr(row, name) for name in forms.SummaryFacts.base_fields}
    form = forms.SummaryCorrection(
        request.POST or None,
        initial=stored | {"version": row.version},
        user=request.user,
        target=row,
    )
    return _act(
        request, form, row.person, title=_("Correct the record"), back=_page_of(row),
        done=_("The record is corrected."),
        words=_("The old value stays in the history, with your name and reason."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Made by mistake; the half-year is open again."""
    row = _visible(request, public_id)
    form = forms.SummaryWithdrawal(request.POST or None, user=request.user, target=row)
    return _act(
        request, form, row.person, title=_("Withdraw the record"), back=_page_of(row),
        done=_("The record is withdrawn; it counts no more."),
        words=_("It stays on file with the reason; what it had done is open again."),
    )  # fmt: skip


def _act(
    request: SignedInRequest, form: ActForm, found: Person, *, figures: Any = (), **page: Any
) -> HttpResponse:
    form.figures = figures  # type: ignore[attr-defined]
    return show_act(
        request, form, ActPage(subject=found.name, persons=[found], seen="summary", **page)
    )


def _open_window(found: Person) -> DueItem | None:
    """The oldest half-year that has begun and has no summary."""
    lines = lines_for_person(found, today(), kind=KIND)
    return next((line.item for line in lines if line.is_open), None)


def _period(item: DueItem | None) -> str:
    if item is None:
        return ""
    return _("From %(first)s to %(last)s. The numbers are counted from what is on record.") % {
        "first": item.opens_on.isoformat(),
        "last": item.due_on.isoformat(),
    }


def _counted(item: DueItem | None, found: Person) -> Any:
    if item is None:
        return []
    last = min(item.due_on, today())
    return shown(count_half_year(item.case, item.opens_on, last), found)


def _visible(request: SignedInRequest, public_id: UUID) -> HalfYearSummary:
    rows = HalfYearSummary.objects.visible_to(request.user).select_related(
        "person__county", "person__town", "person__village", "recorded_by"
    )
    found: HalfYearSummary = get_object_or_404(rows, public_id=public_id)
    return found


def _page_of(row: HalfYearSummary) -> str:
    return reverse("assessments:summary", args=[row.public_id])
