"""All that the pages of one person show, loaded once and in few queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial
from typing import Any

from django.db.models import Model

from apps.accounts.models import User
from apps.cases.codes import CaseState, LevelSource
from apps.cases.current_order import asks_nothing, current_case, state_of
from apps.cases.gaps import Gap, gaps_of
from apps.cases.models import Case, RiskLevelRecord
from apps.cases.rules import DayOfTerm, covers, day_of_term, last_day_of_term
from apps.contacts.due_rows import LevelShown
from apps.core.days import today
from apps.core.records import every
from apps.core.shared_statements import PreparedForReaders
from apps.core.timeline import PERSON, Happening, Told
from apps.needs.models import Need
from apps.persons.models import Assignment, AssignmentKind, Person
from apps.schedule.due_lines import DueLine, lines_for_person
from apps.workbench.timeline_rows import happenings

_WRITTEN = PreparedForReaders()


@cache
def _sources() -> dict[type[Model], Told]:
    return {one.model: one for one in every(Told)}


@dataclass
class PersonFile:
    """Lazy: the band of a tab asks for a part of what the timeline (`whole`) asks for."""

    person: Person
    user: User
    day: date
    whole: bool = False
    _loaded: dict[type[Model], list[Any]] = field(default_factory=dict)

    @property
    def cases(self) -> list[Case]:
        return self.rows_of(Case)

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
        """Nothing is asked any more: no risk level, no assessment, no visit."""
        return asks_nothing(self.person, self.cases, self.day)

    @cached_property
    def term(self) -> DayOfTerm | None:
        return day_of_term(self.case, self.day) if self.case else None

    @cached_property
    def ends_on(self) -> date | None:
        return last_day_of_term(self.case) if self.case else None

    @property
    def risk_levels(self) -> list[RiskLevelRecord]:
        return self.rows_of(RiskLevelRecord)

    @cached_property
    def risk_level(self) -> RiskLevelRecord | None:
        return next((row for row in self.risk_levels if row.from_on <= self.day), None)

    @property
    def level_from_ledger(self) -> bool:
        return self.risk_level is not None and self.risk_level.source == LevelSource.LEDGER

    @property
    def level_stale(self) -> bool:
        """Grey: from a ledger, or an assessment that has ended."""
        return self.risk_level is not None and self.risk_level.is_stale_on(self.day)

    @property
    def level_shown(self) -> LevelShown:
        return (
            LevelShown(self.risk_level.risk_level, self.level_stale)
            if self.risk_level
            else LevelShown()
        )

    @property
    def assignments(self) -> list[Assignment]:
        return self.rows_of(Assignment)

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
        """The one to act on first."""
        return min(self.lines, key=lambda line: line.next_on, default=None)

    @property
    def needs(self) -> list[Need]:
        return self.rows_of(Need)

    @property
    def open_needs(self) -> list[Need]:
        return [need for need in self.needs if need.closed_on is None]

    def rows_of(self, model: type[Model]) -> list[Any]:
        """Of the person in the user's scope, as the stream tells them; written once for each scope
        and day, asked once.
        """
        if model not in self._loaded and _sources()[model].seldom and model not in self._some:
            self._loaded[model] = []
        if model not in self._loaded:
            key = (model, today(), self.day)
            found = _WRITTEN.rows(
                self.user,
                key,
                lambda user: _sources()[model].rows(user, self.day),
                person=self.person.pk,
            )
            self._loaded[model] = found
        return self._loaded[model]

    @cached_property
    def _some(self) -> set[Any]:
        """Of what is seldom in a file, the models of which this one has rows."""
        seldom = [one.model for one in _sources().values() if one.seldom]
        counts = counts_of(seldom, self.person, self.user)
        return {model for model, number in counts.items() if number}

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
    rows = [partial(_ids_about, model) for model in models]
    found = _WRITTEN.counts(user, ("counts", *models, today()), rows, person=person.pk)
    return dict(zip(models, found, strict=True))


def _ids_about(model: Any, user: Any) -> Any:
    return model.objects.visible_to(user).filter(person_id=PERSON).values("pk")
