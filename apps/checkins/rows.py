"""Lines as rows of Today and of the round: ready words, tier, place, what may be tapped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.cases.codes import Tier
from apps.cases.models import TierRecord
from apps.cases.rules import counted_tier, is_stale
from apps.checkins.codes import ATTEMPTS, Method, NotDoneReason
from apps.checkins.models import CheckIn
from apps.checkins.recorded import UNDO_SECONDS
from apps.core.fields import uuid7
from apps.core.navigation import url_or_none
from apps.core.text import day_text
from apps.persons.models import Person
from apps.schedule.acts import reason_words
from apps.schedule.due_lines import DueLine, heads_for_person, lines_for_person
from apps.schedule.due_words import Tag, rule_words, tag_of
from apps.schedule.duties import CHECKIN, duties

# What the outcome says of a line that was put off (schedule.settling).
SNOOZED = "snoozed"
# When the next try is proposed; another day is one tap further, on the full form.
RETRY_DAYS = {
    NotDoneReason.NOT_FOUND: 1,
    NotDoneReason.AWAY: 3,
    NotDoneReason.HOSPITAL: 7,
    NotDoneReason.DETAINED: 14,
    NotDoneReason.MOVED: 3,
    NotDoneReason.REFUSED: 1,
}


class TierShown(NamedTuple):
    """Nobody's assessment is shown grey."""

    level: str = ""
    from_ledger: bool = False

    @property
    def for_duties(self) -> Tier:
        """The tier that duties follow today."""
        return counted_tier(self.level, "", ended=self.from_ledger)


class Retry(NamedTuple):
    reason: str
    label: str
    next_on: date


@dataclass
class DueRow:
    """One line with its words. The client UUID is made here, for people without JavaScript."""

    template: ClassVar[str] = "checkins/due_row.html"
    line: DueLine
    tier: TierShown
    not_done: SafeString
    uuid: UUID

    @property
    def person(self) -> Person:
        return self.line.person

    @property
    def item_id(self) -> int:
        return self.line.item.pk

    @property
    def due_on(self) -> date:
        return self.line.due_on

    @property
    def title(self) -> str:
        return self.line.item.get_kind_display()

    @property
    def person_url(self) -> str:
        return url_or_none("workbench:person", self.person.public_id) or ""

    @cached_property
    def place(self) -> str:
        """Town and village of the window."""
        item = self.line.item
        return " · ".join(unit.name for unit in (item.town, item.village) if unit)

    @cached_property
    def tag(self) -> Tag:
        return tag_of(self.line)

    @cached_property
    def why(self) -> str:
        return rule_words(self.line, self.tier.for_duties)

    @property
    def tried(self) -> str:
        """Why it could not be done, while the line is hidden."""
        if self.is_put_off:
            return _("Put off")
        return reason_words(self.line.kind, self.line.item.retry_reason)

    @property
    def icon(self) -> str:
        return duties()[self.line.kind].icon

    @property
    def acts_template(self) -> str:
        """What may be done with the line of a duty that is no check-in."""
        return duties()[self.line.kind].acts_template

    @property
    def is_put_off(self) -> bool:
        return self.line.item.retry_reason == SNOOZED


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


def known_words(saved: Any, row: Any) -> str:
    """That the tap was undone, or what is recorded already and by whom."""
    if saved.undone:
        return _("This tap was undone; nothing is recorded.")
    time = f"{localtime(row.recorded_at):%Y-%m-%d %H:%M}"
    words = {"time": time, "said": saved.said, "name": row.recorded_by.name}
    return _("Recorded already: %(time)s · %(said)s · %(name)s") % words


def tiers_shown(person_ids: Iterable[int], day: date) -> dict[int, TierShown]:
    """The latest tier of each person, one query."""
    rows = (
        TierRecord.objects.filter(person_id__in=person_ids, from_on__lte=day)
        .order_by("person_id", "-from_on", "-pk")
        .distinct("person_id")
        .values_list("person_id", "tier", "source", "valid_until")
    )
    return {pk: TierShown(tier, is_stale(source, last, day)) for pk, tier, source, last in rows}


def retries_on(day: date) -> list[Retry]:
    return [
        Retry(reason.value, str(reason.label), day + timedelta(days=days))
        for reason, days in RETRY_DAYS.items()
    ]


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


def rows_of(
    lines: Sequence[DueLine], day: date, tiers: dict[int, TierShown] | None = None
) -> list[DueRow]:
    """Rows of lines, in their order; one query, or none where the tiers are known."""
    if tiers is None:
        tiers = tiers_shown({line.person.pk for line in lines}, day)
    ways = {kind: duties()[kind].not_done(day) for kind in {line.kind for line in lines}}
    return [
        DueRow(line, tiers.get(line.person.pk, TierShown()), ways[line.kind], uuid7())
        for line in lines
    ]


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
