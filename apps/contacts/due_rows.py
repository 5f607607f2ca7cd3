"""Lines of duties as rows of Today and of the round: ready words, level, place, the next try."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from apps.cases.codes import RiskLevel
from apps.cases.models import RiskLevelRecord
from apps.cases.rules import counted_level, is_stale
from apps.contacts.codes import NotDoneReason
from apps.core.fields import uuid7
from apps.core.navigation import url_or_none
from apps.persons.models import Person
from apps.schedule.due_lines import DueLine
from apps.schedule.due_words import Tag, rule_words, tag_of
from apps.schedule.duties import duties
from apps.schedule.duty_acts import reason_words

# What the outcome says of a line that was put off (schedule/outcomes.py).
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


class LevelShown(NamedTuple):
    """Nobody's assessment is shown grey."""

    level: str = ""
    from_ledger: bool = False

    @property
    def for_duties(self) -> RiskLevel:
        """The risk level that duties follow today."""
        return counted_level(self.level, "", ended=self.from_ledger)


class Retry(NamedTuple):
    reason: str
    label: str
    next_on: date


@dataclass
class DueRow:
    """One line with its words. The client UUID is made here, for people without JavaScript."""

    template: ClassVar[str] = "checkins/due_row.html"
    line: DueLine
    risk_level: LevelShown
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
        return rule_words(self.line, self.risk_level.for_duties)

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


def rows_of(
    lines: Sequence[DueLine], day: date, risk_levels: dict[int, LevelShown] | None = None
) -> list[DueRow]:
    """Rows of lines, in their order; one query, or none where the risk levels are known."""
    if risk_levels is None:
        risk_levels = levels_shown({line.person.pk for line in lines}, day)
    ways = {kind: duties()[kind].not_done(day) for kind in {line.kind for line in lines}}
    return [
        DueRow(line, risk_levels.get(line.person.pk, LevelShown()), ways[line.kind], uuid7())
        for line in lines
    ]


def levels_shown(person_ids: Iterable[int], day: date) -> dict[int, LevelShown]:
    """The latest risk level of each person, one query."""
    rows = (
        RiskLevelRecord.objects.filter(person_id__in=person_ids, from_on__lte=day)
        .order_by("person_id", "-from_on", "-pk")
        .distinct("person_id")
        .values_list("person_id", "risk_level", "source", "valid_until")
    )
    return {
        pk: LevelShown(risk_level, is_stale(source, last, day))
        for pk, risk_level, source, last in rows
    }


def retries_on(day: date) -> list[Retry]:
    return [
        Retry(reason.value, str(reason.label), day + timedelta(days=days))
        for reason, days in RETRY_DAYS.items()
    ]


def known_words(saved: Any, row: Any) -> str:
    """That the tap was undone, or what is recorded already and by whom."""
    if saved.undone:
        return _("This tap was undone; nothing is recorded.")
    time = f"{localtime(row.recorded_at):%Y-%m-%d %H:%M}"
    words = {"time": time, "said": saved.said, "name": row.recorded_by.name}
    return _("Recorded already: %(time)s · %(said)s · %(name)s") % words
