"""Lines as rows of Today and of the round: ready words, risk level, place, what may be tapped."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _

from apps.checkins.codes import ATTEMPTS, Method
from apps.checkins.models import CheckIn
from apps.contacts.due_rows import DueRow, known_words, retries_on, rows_of
from apps.contacts.recorded import UNDO_SECONDS
from apps.core.text import day_text
from apps.persons.models import Person
from apps.schedule.due_lines import heads_for_person, lines_for_person
from apps.schedule.duties import CHECKIN


@dataclass
class SavedRow:
    """Stands where the row was: what is stored, and how to take it back."""

    checkin: CheckIn
    person: Person
    created: bool
    undone: bool
    next_on: date | None
    uuid: UUID

    seconds = UNDO_SECONDS
    template = "checkins/saved_row.html"

    @property
    def said(self) -> str:
        checkin = self.checkin
        if checkin.outcome == "done":
            return checkin.get_method_display()
        how = ATTEMPTS.get(Method(checkin.method))
        return _("Not done: %(reason)s, %(how)s") % {
            "reason": checkin.get_reason_display().lower(),
            "how": how[1] if how else checkin.get_method_display().lower(),
        }

    @property
    def known_words(self) -> str:
        """Instead of a saved row, where the tap made none."""
        return known_words(self, self.checkin)

    @property
    def next_words(self) -> str:
        return _("next %(day)s") % {"day": day_text(self.next_on)} if self.next_on else ""


def not_done_ways(day: date) -> SafeString:
    """The part of the menu "Not done" that is the same for every check-in."""
    return _ways(day, get_language() or "")


@lru_cache(maxsize=8)
def _ways(day: date, language: str) -> SafeString:
    ways = [
        {"method": method.value, "short": short, "done": done}
        for method, (short, done) in ATTEMPTS.items()
    ]
    context = {"retries": retries_on(day), "ways": ways}
    return render_to_string("checkins/not_done_ways.html", context)


def row_for(person: Person, day: date) -> DueRow | None:
    """The person's line as it stands now."""
    lines = lines_for_person(person, day, kind=CHECKIN)
    return rows_of(lines[:1], day)[0] if lines else None


def saved_row(checkin: CheckIn, day: date, *, created: bool = True) -> SavedRow:
    """What was stored, and the day of the next duty (or of the next try)."""
    done = checkin.outcome == "done"
    heads = heads_for_person(checkin.person, day, kind=CHECKIN) if done else []
    next_on = heads[0].due_on if heads else checkin.next_on
    return SavedRow(checkin, checkin.person, created, checkin.undone, next_on, checkin.client_uuid)
