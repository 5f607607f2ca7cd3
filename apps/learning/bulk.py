"""Learning as an office or a platform brings it along: thousands of lines at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.contacts.guards import lock_cases_of
from apps.core.refusals import Refused
from apps.core.saving import BATCH, insert_or_refuse, refuse_shape
from apps.learning.codes import Origin
from apps.learning.models import LearningRecord
from apps.learning.services import correct_learning, refuse_impossible
from apps.ledgers.cells import as_text
from apps.ledgers.former import Facts, said_before
from apps.ledgers.report import CHANGED, NEW, REFUSED, UNCHANGED, RowResult
from apps.persons.models import Person
from apps.persons.services.files import differences


@dataclass(frozen=True, slots=True)
class LedgerLearning:
    """What a line says of somebody; without a platform it was a course of the office."""

    person: Person
    title: str
    first: date
    platform: str = ""
    points: Decimal | None = None

    @property
    def said(self) -> tuple[Any, ...]:
        return self.person.pk, self.title, self.platform, self.first

    @property
    def key(self) -> tuple[Any, ...]:
        """As it reads once it has been in a cell."""
        return self.person.pk, as_text(self.title), as_text(self.platform), self.first

    @property
    def origin(self) -> str:
        return Origin.PLATFORM if self.platform else Origin.OWN


class _Known:
    """What is on record of the persons of a ledger, and what it said before it was put right."""

    def __init__(self, persons: set[int]) -> None:
        rows = LearningRecord.objects.filter(person__in=persons).select_related("person")
        there = list(rows.order_by("-withdrawn_at", "pk"))
        self.said = said_before(LearningRecord, there, "title", "platform", "first", "points")
        self.by_key: dict[tuple[Any, ...], LearningRecord] = {}
        for row in there:
            self.by_key[row.person_id, as_text(row.title), as_text(row.platform), row.first] = row
        self.put_right: dict[tuple[Any, ...], LearningRecord] = {}
        for row in sorted(there, key=lambda one: one.pk):
            for facts in self.said[row.pk]:
                self.put_right.setdefault((row.person_id, *facts[:3]), row)

    def find(self, line: LedgerLearning) -> LearningRecord | None:
        return self.by_key.get(line.key) or self.put_right.get(line.said)


@transaction.atomic
def bring_in_learning(lines: Sequence[LedgerLearning], *, by: User) -> list[RowResult]:
    """A record that stands, or was withdrawn, is not made again; points that were missing come."""
    persons = {line.person.pk for line in lines}
    lock_cases_of(persons)
    known, results = _Known(persons), []
    new: list[LearningRecord] = []
    with acting(by):
        for line in lines:
            row = known.find(line)
            if row is not None and row._state.adding and _is_further(line, row):
                # An earlier line of this ledger made it: its history has both.
                _store(new)
            result = _also(line, row, known.said, by) if row is not None else _new(line, by)
            results.append(result)
            if result.status == NEW:
                known.by_key[line.key] = result.row
                new.append(result.row)
            if len(new) == BATCH:
                _store(new)
        _store(new)
    return results


def _store(rows: list[LearningRecord]) -> None:
    insert_or_refuse(rows)
    rows.clear()


def _new(line: LedgerLearning, by: User) -> RowResult:
    row = LearningRecord(
        person=line.person, title=line.title, origin=line.origin, platform=line.platform,
        first=line.first, points=line.points, recorded_at=timezone.now(), recorded_by=by,
        **place_ids(line.person),
    )  # fmt: skip
    try:
        refuse_impossible(line.person, line.origin, line.platform, line.first, None)
        refuse_shape(row)
    except Refused as refusal:
        return RowResult(REFUSED, str(refusal))
    return RowResult(NEW, row=row)


def _is_further(line: LedgerLearning, row: LearningRecord) -> bool:
    return line.points is not None and row.points is None


def _also(
    line: LedgerLearning, row: LearningRecord, said: dict[int, set[Facts]], by: User
) -> RowResult:
    """The same, or the points that have come since; other points are put right by hand."""
    if row.withdrawn_at is not None or line.points in (None, row.points):
        return RowResult(UNCHANGED, row=row)
    if line.points in {facts[3] for facts in said.get(row.pk, ())}:
        return RowResult(UNCHANGED, row=row)
    if row.points is not None:
        words = _("Other points of this course are on record. Correct the record instead.")
        return RowResult(REFUSED, str(words))
    told = differences(row, {"points": line.points})
    try:
        with transaction.atomic():
            stored = correct_learning(
                record=row, by=by, version=row.version, points=line.points, last=row.last,
                hours=row.hours, words=row.words, title=line.title, platform=line.platform,
                origin=line.origin, first=line.first, reason=_("The ledger says the points"),
            )  # fmt: skip
    except Refused as refusal:
        return RowResult(REFUSED, str(refusal))
    row.points, row.version = stored.points, stored.version
    return replace(RowResult(CHANGED, row=row), told=told)
