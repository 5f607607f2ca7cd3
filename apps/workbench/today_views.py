"""Today, and the panel beside it."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.areas.models import Area
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.checkins.models import CheckIn
from apps.checkins.rows import SavedRow, saved_row
from apps.contacts.going_back import back_to
from apps.core.days import today as current_day
from apps.core.navigation import TODAY_COUNT, focus_of, remember_count
from apps.persons.models import Person
from apps.schedule.scope import Scope
from apps.visits.models import Meeting
from apps.visits.rows import SavedMeeting, saved_meeting
from apps.workbench.absent_workers import nobody_there
from apps.workbench.line_reasons import explained
from apps.workbench.today import BY, TABS, count_tabs, heads_of, page_of
from apps.workbench.today_panel import panel_of


@require_GET
@permission_required(Permission.CHECKIN_LOG)
def today(request: SignedInRequest) -> HttpResponse:
    """What is due, why, and one tap to do it."""
    day = current_day()
    if request.htmx:
        return _counts(request, day)
    area = focus_of(request)
    page = page_of(
        request.user,
        day,
        tab=_choice(request, "tab", TABS),
        by=_choice(request, "by", BY),
        number=_number(request.GET.get("page", "")),
        area=area,
    )
    log_access(request, persons=page.seen, action=Action.LIST)
    done, persons = _counted(request, day)
    context = {
        "page": page,
        "tabs": _tabs(page.tab, page.by, page.counts, area),
        "saved": just_saved(request),
        "done_today": done,
        "now": _remember(request, day, page.counts),
        "persons": persons,
        "nobody": nobody_there(request.user, day, area),
        "as_at": timezone.now(),
        "next": request.get_full_path(),
        "row_kind": "today",
    }
    return render(request, "workbench/today.html", context)


@require_GET
@permission_required(Permission.CHECKIN_LOG)
def panel(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A person beside the list; without JavaScript a page of its own."""
    people = Person.objects.visible_to(request.user).select_related("town", "village")
    person = get_object_or_404(people, public_id=public_id)
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="panel")
    part = "#panel" if request.htmx else ""
    return render(
        request,
        f"workbench/panel.html{part}",
        {"panel": panel_of(person, request.user, current_day())},
    )


@require_GET
@permission_required(Permission.CHECKIN_LOG)
def why(request: SignedInRequest, kind: str, row_id: UUID) -> HttpResponse:
    """Rule, arithmetic and article of a line that is no window."""
    found = explained(request.user, current_day(), kind, row_id)
    log_access(request, persons=found.seen, action=Action.VIEW, fields_seen="due")
    context = {
        "name": found.name, "title": found.row.title, "due_on": found.row.head.due_on,
        "why": found.why, "back": back_to(request),
    }  # fmt: skip
    part = "#why" if request.htmx else ""
    return render(request, f"schedule/why.html{part}", context)


def _choice(request: SignedInRequest, name: str, allowed: tuple[str, ...]) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in allowed else allowed[0]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def just_saved(request: SignedInRequest) -> SavedRow | SavedMeeting | None:
    """What was saved on a page of its own, or without JavaScript, stands first in the list."""
    try:
        public_id = UUID(request.GET.get("saved", ""))
    except ValueError:
        return None
    own = CheckIn.objects.visible_to(request.user).filter(recorded_by=request.user)
    checkin = own.select_related("person", "recorded_by").filter(public_id=public_id).first()
    if checkin:
        return saved_row(checkin, current_day())
    held = Meeting.objects.visible_to(request.user).filter(recorded_by=request.user)
    meeting = held.select_related("person", "recorded_by").filter(public_id=public_id).first()
    return saved_meeting(meeting, current_day()) if meeting else None


def _counts(request: SignedInRequest, day: date) -> HttpResponse:
    """The tabs alone: after a tap they ask for their new counts."""
    area = focus_of(request)
    counts = count_tabs(heads_of(request.user, day, area))
    tabs = _tabs(_choice(request, "tab", TABS), _choice(request, "by", BY), counts, area)
    now = _remember(request, day, counts)
    context = {"tabs": tabs, "done_today": _counted(request, day)[0], "now": now}
    return render(request, "workbench/today.html#counts", context)


def _counted(request: SignedInRequest, day: date) -> list[int]:
    """Check-ins that were done today, and persons of the scope; one query."""
    scope = Scope(request.user, day, focus_of(request))
    return scope.counts(
        done=lambda asked: asked.of(CheckIn).done().filter(day=day),
        persons=lambda asked: asked.of(Person),
    )


def _remember(request: SignedInRequest, day: date, counts: dict[str, int]) -> int | None:
    """What is overdue or for today: the side bar shows it on other pages, without counting anew.

    Of one unit of the area nothing is kept.
    """
    if focus_of(request) is not None:
        return None
    now = counts["late"] + counts["today"]
    remember_count(request, TODAY_COUNT, now, day)
    return now


def _tabs(
    current: str, by: str, counts: dict[str, int], area: Area | None = None
) -> list[dict[str, object]]:
    words = {
        "all": _("All"),
        "late": _("Overdue"),
        "today": _("Today"),
        "week": _("This week"),
        "month": _("This month"),
        "waiting": _("Waiting for others"),
        "hidden": _("Hidden"),
    }
    grouped = f"&by={by}" if by != BY[0] else ""
    grouped += f"&area={area.code}" if area else ""
    return [
        {
            "label": words[tab],
            "url": f"?tab={tab}{grouped}",
            "count": counts[tab],
            "current": tab == current,
            "late": tab == "late",
            "key": tab,
        }
        for tab in TABS
    ]
