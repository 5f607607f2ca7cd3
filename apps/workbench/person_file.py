"""All that the pages of one person show, loaded once and in few queries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField

from apps.accounts.models import User
from apps.cases.codes import CaseState, TierSource
from apps.cases.current import asks_nothing, current_case, state_of
from apps.cases.gaps import Gap, gaps_of
from apps.cases.models import Case, TierRecord
from apps.cases.rules import DayOfTerm, covers, day_of_term, last_day_of_term
from apps.checkins.models import CheckIn
from apps.core.days import today
from apps.core.prepared import Prepared, PreparedByScope, Slot
from apps.needs.models import Need
from apps.persons.models import Assignment, AssignmentKind, Person
from apps.schedule.lines import DueLine, lines_for_person
from apps.visits.models import Meeting
from apps.workbench.happenings import Happening, happenings

CHECKINS_SHOWN, MEETINGS_SHOWN = 60, 60
_WRITTEN = PreparedByScope(1000)
PERSON = Slot("person", BigIntegerField())


def _newest(acts: Any) -> Any:
    rows = acts.filter(undone=False).select_related("recorded_by")
    return rows.order_by("-occurred_at", "-pk")


_ASSIGNMENTS = Prepared(
    lambda: (
        Assignment.objects.filter(person_id=PERSON)
        .select_related("worker")
        .order_by("-starts_on", "-pk")
    )
)


@dataclass
class PersonFile:
    """Lazy: the band of a tab asks for a part of what the timeline (`whole`) asks for."""

    person: Person
    user: User
    day: date
    whole: bool = False

    @cached_property
    def cases(self) -> list[Case]:
        return self._rows(Case, lambda rows: rows.with_absence_on(self.day).order_by("-pk"))

    @cached_property
    def case(self) -> Case | None:
        return current_case(self.cases, self.day)

    @property
    def absences(self) -> list[Happening]:
        """Leaves and suspensions."""
        return [row for row in self.happenings if row.src in ("leave", "suspension")]

    @property
    def lost_contact(self) -> Happening | None:
        """The flag that stands."""
        return next((row for row in self.happenings if row.src == "lost"), None)

    @cached_property
    def happenings(self) -> list[Happening]:
        """One query; of the pages that show no timeline, only what the band says."""
        return happenings(self.person, self.user, whole=self.whole)

    @cached_property
    def state(self) -> CaseState | None:
        return state_of(self.case, self.day) if self.case else None

    @cached_property
    def is_left_alone(self) -> bool:
        """Nothing is asked any more: no tier, no assessment, no visit."""
        return asks_nothing(self.person, self.cases, self.day)

    @cached_property
    def term(self) -> DayOfTerm | None:
        return day_of_term(self.case, self.day) if self.case else None

    @cached_property
    def ends_on(self) -> date | None:
        return last_day_of_term(self.case) if self.case else None

    @cached_property
    def tiers(self) -> list[TierRecord]:
        return self._rows(
            TierRecord,
            lambda rows: rows.select_related("decided_by").order_by("-from_on", "-pk"),
        )

    @cached_property
    def tier(self) -> TierRecord | None:
        return next((row for row in self.tiers if row.from_on <= self.day), None)

    @property
    def tier_from_ledger(self) -> bool:
        return self.tier is not None and self.tier.source == TierSource.LEDGER

    @property
    def tier_stale(self) -> bool:
        """Grey: from a ledger, or an assessment that has ended."""
        return self.tier is not None and self.tier.is_stale_on(self.day)

    @cached_property
    def assignments(self) -> list[Assignment]:
        return _ASSIGNMENTS.rows(person=self.person.pk)

    @cached_property
    def worker(self) -> User | None:
        return next(iter(self._who(AssignmentKind.RESPONSIBLE)), None)

    @cached_property
    def cover(self) -> list[User]:
        return self._who(AssignmentKind.COVER)

    @cached_property
    def gaps(self) -> list[Gap]:
        if self.case is None or self.case.closed_on is not None:
            return []
        return gaps_of(self.case, self.day)

    @cached_property
    def lines(self) -> list[DueLine]:
        return lines_for_person(self.person, self.day)

    @property
    def next_line(self) -> DueLine | None:
        return self.lines[0] if self.lines else None

    @cached_property
    def needs(self) -> list[Need]:
        return self._rows(Need, lambda rows: rows.order_by("-said_on", "-pk"))

    @property
    def open_needs(self) -> list[Need]:
        return [need for need in self.needs if need.closed_on is None]

    @cached_property
    def checkins(self) -> list[CheckIn]:
        """The newest, one more than is shown, so that the page knows of older ones."""
        return self._rows(CheckIn, lambda rows: _newest(rows)[: CHECKINS_SHOWN + 1])

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The newest visits and talks."""
        return self._rows(Meeting, lambda rows: _newest(rows)[:MEETINGS_SHOWN])

    def _rows(self, model: Any, more: Callable[[Any], Any]) -> list[Any]:
        """Of the person in the user's scope; written once for each scope and day."""
        key = (model, self.user.scope_key, today(), self.day)
        rows = lambda: more(model.objects.visible_to(self.user).filter(person_id=PERSON))  # noqa: E731
        return _WRITTEN.rows(key, rows, person=self.person.pk)

    def _who(self, kind: str) -> list[User]:
        return [
            row.worker
            for row in self.assignments
            if row.kind == kind and covers(row.starts_on, row.ends_on, self.day)
        ]


def counts_of(models: Sequence[Any], person: Person, user: Any) -> dict[Any, int]:
    """How many rows of each are about the person, in the user's scope; one query."""
    if not models:
        return {}
    key = ("counts", *models, user.scope_key, today())
    rows = [
        lambda model=model: model.objects.visible_to(user).filter(person_id=PERSON).values("pk")  # type: ignore[misc]
        for model in models
    ]
    found = _WRITTEN.counts(key, rows, person=person.pk)
    return dict(zip(models, found, strict=True))
