"""One reverse stream of what happened, with a chip for each kind."""

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.cases.models import Case
from apps.checkins.codes import Method, NotDoneReason
from apps.checkins.models import CheckIn
from apps.core.text import full_day
from apps.needs.models import Need
from apps.visits.models import Meeting
from apps.workbench.event import Event, joined
from apps.workbench.person_file import CHECKINS_SHOWN, PersonFile
from apps.workbench.small_events import events_from

CHIPS = {
    "checkin": gettext_lazy("Check-ins"),
    "meeting": gettext_lazy("Visits and talks"),
    "test": gettext_lazy("Drug tests"),
    "summary": gettext_lazy("Half-year summaries"),
    "need": gettext_lazy("Needs"),
    "absence": gettext_lazy("Leave and suspension"),
    "breach": gettext_lazy("Breaches"),
    "tier": gettext_lazy("Tier"),
    "life": gettext_lazy("Life and help flags"),
    "transfer": gettext_lazy("Transfers"),
    "assignment": gettext_lazy("Assignment"),
    "case": gettext_lazy("Steps of the order"),
    "paper": gettext_lazy("Papers"),
}


def events_of(file: PersonFile) -> list[Event]:
    """Everything, the newest first."""
    found = [
        *(_checkin(row) for row in file.checkins[:CHECKINS_SHOWN]),
        *(_meeting(row) for row in file.meetings),
        *(event for need in file.needs for event in _need(need)),
        *events_from(file.happenings),
        *(_tier(row) for row in file.tiers),
        *(_assignment(row) for row in file.assignments),
        *(event for case in file.cases for event in _case(case)),
    ]
    if len(file.checkins) > CHECKINS_SHOWN:
        # Older check-ins are not loaded: what lies before them would look complete and is not.
        oldest = file.checkins[CHECKINS_SHOWN - 1].day
        found = [event for event in found if event.kind != "checkin" or event.day >= oldest]
    return sorted(found, key=lambda event: event.day, reverse=True)


def chips_of(events: list[Event], chosen: str) -> list[dict[str, Any]]:
    """The filters over the stream, with their counts."""
    counts = Counter(event.kind for event in events)
    every = {"code": "", "label": _("All"), "n": len(events), "current": not chosen}
    return [every] + [
        {"code": code, "label": label, "n": counts[code], "current": chosen == code}
        for code, label in CHIPS.items()
        if counts[code]
    ]


def _checkin(row: CheckIn) -> Event:
    # Not get_method_display(): it translates every choice of the list to find one of them.
    done, method = row.outcome == "done", str(Method(row.method).label)
    words = row.note or row.state_words
    said = [words, _("mood %(n)s of 5") % {"n": row.mood} if row.mood else "", str(row.recorded_by)]
    if row.is_late_entry:
        said.append(_("entered later"))
    if row.withdrawn_at is not None:
        tag = ("na", _("Withdrawn"))
    elif done:
        tag = ("done", _("Done"))
    else:
        tag = ("na", str(NotDoneReason(row.reason).label))
    title = method if done else _("Tried: %(how)s") % {"how": method}
    return Event(row.day, "checkin", "map-pin-check", title, joined(said), tag)


def _meeting(row: Meeting) -> Event:
    kind = str(row.get_kind_display())
    said = [row.state_words, row.difficulty_words, row.note, str(row.recorded_by)]
    if row.is_late_entry:
        said.append(_("entered later"))
    if row.withdrawn_at is not None:
        tag = ("na", _("Withdrawn"))
    elif row.is_done:
        tag = ("done", _("Done"))
    else:
        tag = ("na", str(row.get_reason_display()))
    title = kind if row.is_done else _("Tried: %(how)s") % {"how": kind}
    url = reverse("visits:detail", args=[row.public_id])
    return Event(row.day, "meeting", "home", title, joined(said), tag, url)


def _need(need: Need) -> list[Event]:
    kind = need.get_kind_display()
    state = ("inf", _("Open")) if need.closed_on is None else None
    said = joined([need.words, _("said by: %(who)s") % {"who": need.get_said_by_display()}])
    found = [Event(need.said_on, "need", "heart-handshake", _need_title(kind), said, state)]
    if need.referred_on:
        title = _("Referred: %(kind)s") % {"kind": kind}
        found.append(Event(need.referred_on, "need", "arrow-right", title, need.referred_to))
    if need.closed_on:
        tag = ("done" if need.outcome == "met" else "na", str(need.get_outcome_display()))
        title = _("Need closed: %(kind)s") % {"kind": kind}
        found.append(
            Event(need.closed_on, "need", "heart-handshake", title, need.closing_note, tag)
        )
    return found


def _need_title(kind: str) -> str:
    return _("Need: %(kind)s") % {"kind": kind}


def _tier(row: Any) -> Event:
    title = _("Tier %(tier)s") % {"tier": row.get_tier_display()}
    who = str(row.decided_by) if row.decided_by else row.get_source_display()
    return Event(row.from_on, "tier", "scale", title, joined([row.reason, who]))


def _assignment(row: Any) -> Event:
    words = _("until %(day)s") % {"day": full_day(row.ends_on)} if row.ends_on else ""
    title = _("%(kind)s: %(who)s") % {"kind": row.get_kind_display(), "who": row.worker}
    return Event(row.starts_on, "assignment", "user-check", title, words)


def _case(case: Case) -> list[Event]:
    measure = case.get_measure_display()
    steps = [
        (case.decided_on, _("Decided: %(measure)s"), case.decision_number),
        (case.received_on, _("Decision received: %(measure)s"), ""),
        (case.reported_on, _("Reported: %(measure)s"), ""),
        (case.agreement_on, _("Agreement signed: %(measure)s"), ""),
        (case.plan_on, _("Plan made: %(measure)s"), ""),
        (
            case.closed_on,
            _("Closed: %(measure)s"),
            joined([case.get_closure_reason_display(), case.closure_note]),
        ),
    ]
    return [
        Event(day, "case", "file-text", title % {"measure": measure}, words)
        for day, title, words in steps
        if day is not None
    ]
