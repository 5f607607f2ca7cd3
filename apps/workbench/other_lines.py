"""What else waits for somebody, as lines of Today: assessments, transfers, expected releases.

The same rows as the lists of those apps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.accounts.permissions import Permission
from apps.assessments.lines import assess_heads, persons_to_assess
from apps.checkins.rows import TierShown
from apps.core.navigation import url_or_none
from apps.core.text import day_text
from apps.needs.lines import WAITING
from apps.persons.models import Person
from apps.schedule.lines import LATE
from apps.schedule.words import Tag, late_words, left_words
from apps.workbench.scope import Scope

ASSESS, HAND_OVER, ACCEPT, ARRIVAL, RELEASE, OPEN_FILE = (
    "assess", "hand-over", "accept", "arrival", "release", "open-file",
)  # fmt: skip
ACTS = {
    ASSESS: ("assessments:create", Permission.TIER_DECIDE),
    HAND_OVER: ("transfers:transfer", Permission.CASE_ASSIGN),
    ACCEPT: ("transfers:transfer", Permission.APPROVE),
    ARRIVAL: ("transfers:arrival", Permission.CASE_EDIT),
    RELEASE: ("intake:release", Permission.PERSON_CREATE),
    OPEN_FILE: ("intake:release", Permission.PERSON_CREATE),
}


@dataclass(slots=True)
class OtherHead:
    """Enough of a line to count, sort and page it. Before there is a file `person_id` is 0.

    `row_id` is the public id of the person, the transfer or the release; `name`, `place` and
    `words` are what a line says that no person on file brings.
    """

    kind: str
    row_id: UUID
    person_id: int
    village_id: int | None
    sort_key: str
    due_on: date
    state: str
    reason: str = ""
    words: str = ""
    name: str = ""
    place: str = ""


def to_assess_on(scope: Scope) -> list[OtherHead]:
    """Assessments that the user is to make, of the own scope or of one unit in it; one query."""
    rows = scope.ask("assess", lambda: persons_to_assess(scope.of(Person), scope.day))
    found = assess_heads(rows, scope.day)
    return [
        OtherHead(
            ASSESS, head.public_id, head.person_id, head.village_id, head.sort_key, head.due_on,
            head.state, head.reason, day_text(head.valid_until) if head.valid_until else "",
        )
        for head in found
    ]  # fmt: skip


@dataclass(slots=True)
class OtherRow:
    """One of them among the lines; drawn as a step is."""

    template: ClassVar[str] = "workbench/step_row.html"
    person: Person | None
    head: OtherHead
    tier: TierShown
    day: date

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.head.name

    @property
    def person_url(self) -> str:
        if self.person is None or self.head.kind == ACCEPT:
            return self.url
        return url_or_none("workbench:person", self.person.public_id) or ""

    @property
    def place(self) -> str:
        if self.person is None:
            return self.head.place
        units = (self.person.town, self.person.village)
        return " · ".join(unit.name for unit in units if unit)

    @property
    def title(self) -> str:
        return {
            ASSESS: _("Assessment"), HAND_OVER: _("Transfer"), ACCEPT: _("Transfer"),
            ARRIVAL: _("Report after a transfer"), RELEASE: _("Expected release"),
            OPEN_FILE: _("Expected release"),
        }[self.head.kind]  # fmt: skip

    @property
    def why(self) -> str:
        head = self.head
        if head.kind == ASSESS:
            return _assess_words(head)
        facts = {"day": day_text(head.due_on), "words": head.words}
        return {
            HAND_OVER: _("%(words)s, asked for on %(day)s; a supervisor hands over"),
            ACCEPT: _("%(words)s, handed over on %(day)s; the receiving unit decides"),
            ARRIVAL: _("%(words)s; the person reports by %(day)s"),
            RELEASE: _("From %(words)s on %(day)s; record the reception"),
            OPEN_FILE: _("Received on %(day)s; open the file"),
        }[head.kind] % facts

    @property
    def tag(self) -> Tag:
        if self.head.state == WAITING:
            return Tag("inf", _("Waiting for others"))
        left = (self.head.due_on - self.day).days
        if self.head.state == LATE:
            return Tag("late", late_words(-left))
        return Tag("soon", left_words(left) if left > 0 else _("Today"))

    @property
    def url(self) -> str:
        return url_or_none(ACTS[self.head.kind][0], self.head.row_id) or ""

    @property
    def act(self) -> str:
        return _("Assess") if self.head.kind == ASSESS else pgettext("button", "Open")

    @property
    def permission(self) -> str:
        """An assessment that waits for the supervisor is not made once more."""
        waits = self.head.kind == ASSESS and self.head.state == WAITING
        return str(Permission.APPROVE if waits else ACTS[self.head.kind][1])


def _assess_words(head: OtherHead) -> str:
    return {
        "never": _("Never assessed since the order came here"),
        "ended": _("The last assessment ended on %(day)s"),
        "soon": _("The assessment ends on %(day)s"),
        "event": _("Something has happened since the last assessment"),
        "waiting": _("Assessed; waits for the supervisor"),
    }[head.reason] % {"day": head.words}


def load_others(
    heads: Sequence[OtherHead], persons: dict[int, Person], tiers: dict[int, TierShown], day: date
) -> list[OtherRow]:
    """Whole lines in the order of their heads."""
    return [
        OtherRow(persons.get(head.person_id), head, tiers.get(head.person_id, TierShown()), day)
        for head in heads
    ]
