"""Placements and training as an office brings them along."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area, place_ids
from apps.areas.units import units_of_today
from apps.audit.acting import acting
from apps.contacts.guards import lock_cases_of, refuse_after_death
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.employment.codes import Consent, EndReason, Examination, Source
from apps.employment.models import Course, Enrolment, Placement
from apps.employment.services.placements import refuse_beside_looks
from apps.ledgers.cells import as_text
from apps.ledgers.former import Facts, said_before
from apps.ledgers.report import CHANGED, NEW, REFUSED, UNCHANGED, RowResult
from apps.persons.models import Person
from apps.persons.services.files import differences

# What a line of a ledger says, as its history keeps it.
PLACED: Final = ("kind", "starts_on", "employer", "wage_fen", "ended_on")
EXAMINED: Final = {"examination": Examination.NOT_YET, "counted_on": None, "certificate_number": ""}


@dataclass(frozen=True, slots=True)
class LedgerPlacement:
    """What a line of a ledger says of somebody's work."""

    person: Person
    kind: str
    starts_on: date
    employer: str = ""
    wage_fen: int | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class LedgerTraining:
    """What a line says of somebody in a course. Whether it was passed only a certificate tells."""

    person: Person
    title: str
    first: date
    examined: bool
    certificate: str = ""

    @property
    def key(self) -> tuple[int, str, date]:
        return self.person.pk, as_text(self.title), self.first

    @property
    def facts(self) -> dict[str, Any]:
        return self.facts_from(self.first)

    def facts_from(self, first: date) -> dict[str, Any]:
        """`first`: of the course, which somebody may have put right since."""
        if not self.examined:
            return {"examination": Examination.NOT_YET}
        result = Examination.PASSED if self.certificate else Examination.TAKEN
        return {"examination": result, "counted_on": first,
                "certificate_number": self.certificate}  # fmt: skip


@transaction.atomic
def bring_in_placements(rows: Sequence[LedgerPlacement], *, by: User) -> list[RowResult]:
    """One of a person, kind and first day stands once; one that was withdrawn stays withdrawn, and
    one that was put right stays as it is: the file still has the old words.
    """
    lock_cases_of({row.person.pk for row in rows})
    found = Placement.objects.filter(person__in={row.person.pk for row in rows})
    there = list(found.select_related("person").order_by("-withdrawn_at", "pk"))
    said = said_before(Placement, there, *PLACED)
    stored = {(one.person_id, *facts[:2]): one for one in there for facts in said[one.pk]}
    stored |= {(one.person_id, one.kind, one.starts_on): one for one in there}
    # Two files that became one may each have had work of this kind and day.
    exact = {(one.person_id, *_as_cells(facts)[:4]): one for one in there for facts in said[one.pk]}
    exact |= {
        (one.person_id, one.kind, one.starts_on, as_text(one.employer), one.wage_fen): one
        for one in there
    }
    results = []
    for row in rows:
        key = (row.person.pk, row.kind, row.starts_on)
        facts = (*key[1:], as_text(row.employer), row.wage_fen, row.ended_on)
        known = exact.get((key[0], *facts[:4])) or stored.get(key)
        result = _beside(row, known, said[known.pk], by) if known else _new(row, by)
        if result.status in (NEW, CHANGED):
            # The next line of the same person may come under the number of a merged file.
            stored[key] = exact[key[0], *facts[:4]] = result.row
            said.setdefault(result.row.pk, set()).add(facts)
        results.append(result)
    return results


def _as_cells(facts: Facts) -> Facts:
    """With the employer as a cell has it."""
    return (*facts[:2], as_text(facts[2]), *facts[3:])


def _new(row: LedgerPlacement, by: User) -> RowResult:
    if (refused := _dead(row.person, row.starts_on)) is not None:
        return refused
    placement = Placement(
        person=row.person, kind=row.kind, starts_on=row.starts_on, employer=row.employer,
        wage_fen=row.wage_fen, ended_on=row.ended_on,
        end_reason=EndReason.UNKNOWN if row.ended_on else "", consent_how=Consent.LEDGER,
        source=Source.LEDGER, recorded_at=timezone.now(), recorded_by=by,
        **place_ids(row.person),
    )  # fmt: skip
    return _saved(placement, by, NEW)


def _beside(row: LedgerPlacement, known: Placement, said: set[Facts], by: User) -> RowResult:
    """The same, or the end that was still missing; never another job of the same day."""
    if known.withdrawn_at is not None:
        return RowResult(UNCHANGED, row=known)
    facts = (row.kind, row.starts_on, as_text(row.employer), row.wage_fen)
    if facts not in {_as_cells(one)[:4] for one in said}:
        return RowResult(REFUSED, str(_("Another placement of this kind and day is on file.")))
    if row.ended_on is None or row.ended_on in {one[4] for one in said}:
        return RowResult(UNCHANGED, row=known)
    if known.ended_on is not None:
        return RowResult(REFUSED, str(_("This placement has ended on another day.")))
    try:
        refuse_beside_looks(known, row.ended_on, "")
    except Refused as refusal:
        return RowResult(REFUSED, str(refusal))
    return _changed(known, by, {"ended_on": row.ended_on, "end_reason": EndReason.UNKNOWN})


def _dead(person: Person, day: date) -> RowResult | None:
    """The line of somebody who had died before."""
    try:
        refuse_after_death(person, day, "")
    except Refused as refusal:
        return RowResult(REFUSED, str(refusal))
    return None


def _changed(row: Any, by: User, facts: dict[str, Any]) -> RowResult:
    """With what the line says that stood otherwise before."""
    told = differences(row, facts)
    for name, value in facts.items():
        setattr(row, name, value)
    row.version += 1
    return replace(_saved(row, by, CHANGED), told=told)


def _saved(row: Any, by: User, status: str) -> RowResult:
    try:
        with acting(by), transaction.atomic():
            save_or_refuse(row)
    except Refused as refusal:
        return RowResult(REFUSED, str(refusal))
    return RowResult(status, row=row)


@transaction.atomic
def bring_in_training(rows: Sequence[LedgerTraining], *, by: User) -> list[RowResult]:
    """Each person once in a course of a name and first day, wherever the person has moved since and
    whichever files have become one; a new place is in a course of the county of today.
    """
    persons = {row.person.pk for row in rows}
    lock_cases_of(persons)
    found = Enrolment.objects.filter(person__in=persons).select_related("person", "course")
    there = list(found.order_by("-withdrawn_at", "pk"))
    said = said_before(Enrolment, there, *EXAMINED)
    stored: dict[Any, list[Enrolment]] = defaultdict(list)
    called = said_before(Course, [one.course for one in there], "title", "first")
    for one in there:
        for title, first in called[one.course_id]:
            stored[one.person_id, as_text(title), first].append(one)
    # Of persons who have a place already nobody asks in which county it was.
    missing = [row for row in rows if not stored[row.key] and not _dead(row.person, row.first)]
    courses = _courses(missing, by)
    results, new = [], []
    for row in rows:
        known = _own(row, stored[row.key], said)
        if known is not None:
            results.append(_also(row, known, said.get(known.pk, set()), by))
            continue
        if (refused := _dead(row.person, row.first)) is not None:
            results.append(refused)
            continue
        made = _enrolment(row, courses[row.person.county_id, row.title, row.first], by)
        stored[row.key].append(made)
        new.append(made)
        results.append(RowResult(NEW, row=made))
    _store([row for row in new if row._state.adding], by)
    return results


def _enrolment(row: LedgerTraining, course: Course, by: User) -> Enrolment:
    return Enrolment(
        course=course, person=row.person, number=row.person.public_id, source=Source.LEDGER,
        recorded_at=timezone.now(), recorded_by=by, **row.facts_from(course.first),
        **place_ids(row.person),
    )  # fmt: skip


def _own(
    row: LedgerTraining, known: Sequence[Enrolment], said: dict[int, set[Facts]]
) -> Enrolment | None:
    """The row of the line: of two that came into one file the one that says or said the same."""
    facts = tuple(row.facts.get(name, empty) for name, empty in EXAMINED.items())
    same = (one for one in known if facts in said.get(one.pk, ()))
    return next(same, known[-1] if known else None)


def _also(row: LedgerTraining, known: Enrolment, said: set[Facts], by: User) -> RowResult:
    """The same, or what has come since; never less than what stands, and nothing again that was
    put right.
    """
    facts, former = row.facts_from(known.course.first), row.facts
    same = all(getattr(known, name) == value for name, value in facts.items())
    was = tuple(former.get(name, empty) for name, empty in EXAMINED.items()) in said
    if same or was or known.withdrawn_at is not None or _says_less(row, known):
        return RowResult(UNCHANGED, row=known)
    further = known.source == Source.LEDGER and row.examined and not known.certificate_number
    if not further:
        return RowResult(REFUSED, str(_("Another result of this course is on file.")))
    if known._state.adding:  # an earlier line of this ledger made it: its history has both
        _store([known], by)
    return _changed(known, by, facts)


def _says_less(row: LedgerTraining, known: Enrolment) -> bool:
    """A ledger that was taken from here: it knows certificates, and not whether it was passed."""
    took = known.examination != Examination.NOT_YET
    entered = known.source != Source.LEDGER
    return entered and row.examined == took and row.certificate == as_text(known.certificate_number)


def _store(rows: Sequence[Enrolment], by: User) -> None:
    with acting(by):
        Enrolment.objects.bulk_create(rows, batch_size=1000)


def _courses(rows: Sequence[LedgerTraining], by: User) -> dict[tuple[int, str, date], Course]:
    """By county of the person, title and first day: courses of the county that it is today."""
    keys = sorted({(row.person.county_id, row.title, row.first) for row in rows})
    counties = units_of_today({county for county, _title, _first in keys})
    found = {}
    for county, title, first in keys:
        unit = counties[county]
        row = _called(unit, title, first)
        if row is None:
            row = Course(area=unit, title=title, first=first, source=Source.LEDGER,
                         recorded_by=by)  # fmt: skip
            with acting(by):
                save_or_refuse(row)
        found[county, title, first] = row
    return found


def _called(unit: Area, title: str, first: date) -> Course | None:
    """The course of the unit that is called so or, before somebody put it right, was."""
    rows = Course.objects.filter(area__in=unit.scope_ids).order_by("-area__active", "pk")
    events: Any = Course.pgh_event_model.objects  # type: ignore[attr-defined]
    former = events.filter(title=title, first=first).values("pgh_obj_id")
    return rows.filter(title=title, first=first).first() or rows.filter(pk__in=former).first()
