"""What Today and the person page show of visits and interviews: saved rows, the menu "Not done"."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _

from apps.contacts.due_rows import DueRow, known_words, retries_on, rows_of
from apps.contacts.recorded import UNDO_SECONDS
from apps.core.text import day_text
from apps.persons.models import Person
from apps.schedule.due_lines import heads_for_person, lines_for_person
from apps.visits.codes import MeetingKind, MeetingWay
from apps.visits.models import Meeting

# How somebody can have tried in vain; a home visit is tried by going there.
WAYS = {
    MeetingKind.VISIT: (MeetingWay.IN_PERSON,),
    MeetingKind.TALK: (MeetingWay.IN_PERSON, MeetingWay.PHONE, MeetingWay.VIDEO),
}


@dataclass
class SavedMeeting:
    """Stands where the row was: what is stored, and how to take it back."""

    meeting: Meeting
    person: Person
    created: bool
    undone: bool
    next_on: date | None
    uuid: UUID

    seconds = UNDO_SECONDS
    template = "visits/saved_row.html"

    @property
    def said(self) -> str:
        meeting = self.meeting
        kind = meeting.get_kind_display()
        if meeting.is_done:
            return str(kind)
        return _("%(duty)s not done: %(reason)s") % {
            "duty": kind,
            "reason": meeting.get_reason_display(),
        }

    @property
    def known_words(self) -> str:
        """Instead of a saved row, where the tap made none."""
        return known_words(self, self.meeting)

    @property
    def next_words(self) -> str:
        return _("next %(day)s") % {"day": day_text(self.next_on)} if self.next_on else ""


def saved_meeting(meeting: Meeting, day: date, *, created: bool = True) -> SavedMeeting:
    """What was stored, and the day of the next duty (or of the next try)."""
    heads = heads_for_person(meeting.person, day, kind=meeting.kind) if meeting.is_done else []
    next_on = heads[0].due_on if heads else meeting.next_on
    return SavedMeeting(
        meeting, meeting.person, created, meeting.undone, next_on, meeting.client_uuid
    )


def row_for(person: Person, kind: str, day: date) -> DueRow | None:
    """The person's line of the kind as it stands now."""
    lines = lines_for_person(person, day, kind=kind)
    return next(iter(rows_of(lines[:1], day)), None)


def not_done_ways(kind: str, day: date) -> SafeString:
    """The menu "Not done" of visits and interviews."""
    return _ways(kind, day, get_language() or "")


@lru_cache(maxsize=16)
def _ways(kind: str, day: date, language: str) -> SafeString:
    """The same for every row of a day, so it is drawn once."""
    ways = [{"way": way.value, "label": way.label} for way in WAYS[MeetingKind(kind)]]
    context = {"retries": retries_on(day), "ways": ways}
    return render_to_string("visits/not_done_ways.html", context)
