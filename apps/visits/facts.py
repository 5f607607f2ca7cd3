"""What lists say of persons beside their file: the same few queries, however many rows."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Min, OuterRef, Subquery

from apps.cases.codes import CaseState
from apps.cases.current_order import current_case, state_of
from apps.cases.models import Case, RiskLevelRecord
from apps.cases.rules import DayOfTerm, day_of_term, is_stale
from apps.core.prepared import Among, PreparedByScope
from apps.persons.models import Assignment, Person
from apps.schedule.models import DueItem
from apps.schedule.querysets import next_on
from apps.visits.contact import last_contact


@dataclass(slots=True)
class ShownFacts:
    """Of one person on one day."""

    case: Case | None = None
    state: CaseState | None = None
    term: DayOfTerm | None = None
    next_due: date | None = None
    last_contact: date | None = None
    worker: str = ""
    risk_level: str = ""
    level_stale: bool = False


def attach_facts(persons: Sequence[Person], day: date) -> None:
    """Set `facts` on each person; two queries."""
    ids = [person.pk for person in persons]
    cases: dict[int, list[Case]] = defaultdict(list)
    for case in _asked("cases", day, ids):
        cases[case.person_id].append(case)
    rows = {row.pk: row for row in _asked("facts", day, ids)}
    for person in persons:
        case, row = current_case(cases[person.pk], day), rows[person.pk]
        person.facts = ShownFacts(  # type: ignore[attr-defined]
            case=case,
            state=state_of(case, day) if case else None,
            term=day_of_term(case, day) if case else None,
            next_due=row.next_due,
            last_contact=row.last_contact,
            worker=row.worker or "",
            risk_level=row.risk_level or "",
            level_stale=is_stale(row.source or "", row.until, day),
        )


def last_contacts(ids: Sequence[int], day: date) -> dict[int, date]:
    """Of each person up to the day, where there was one; one query."""
    rows = _asked("contacts", day, ids)
    return {row.pk: row.last_contact for row in rows if row.last_contact}


def standing_of(ids: Sequence[int], day: date) -> dict[int, tuple[str, str, bool]]:
    """Worker, risk level and its source of each person; one query."""
    return {
        row.pk: (row.worker or "", row.risk_level or "", is_stale(row.source or "", row.until, day))
        for row in _asked("standing", day, ids)
    }


def _asked(name: str, day: date, ids: Sequence[int]) -> list[Any]:
    """Written once a day: what is asked differs by the persons alone."""
    return _WRITTEN.rows((name, day), lambda: _BUILDS[name](day), ids=list(ids)) if ids else []


def _cases(day: date) -> Any:
    return Case.objects.filter(Among("person_id")).with_absence_on(day).order_by("pk")


def _persons(**facts: Any) -> Any:
    rows = Person.objects.filter(Among("pk")).annotate(**facts)
    return rows.order_by().values_list("pk", *facts, named=True)


def _standing(day: date) -> dict[str, Any]:
    own = OuterRef("pk")
    worker = Assignment.objects.filter(person_id=own).current_on(day).responsible()
    risk_level = RiskLevelRecord.objects.filter(person_id=own).latest_on(day)
    return {
        "worker": Subquery(worker.order_by().values("worker__name")[:1]),
        "risk_level": Subquery(risk_level.values("risk_level")[:1]),
        "source": Subquery(risk_level.values("source")[:1]),
        "until": Subquery(risk_level.values("valid_until")[:1]),
    }


def _contacts(day: date) -> dict[str, Any]:
    return {"last_contact": last_contact("pk", lte=day)}


def _due(day: date) -> dict[str, Any]:
    items = DueItem.objects.filter(case__person_id=OuterRef("pk")).asked_on(day).order_by()
    first = items.values("case__person_id").annotate(first=Min(next_on(day))).values("first")
    return {"next_due": Subquery(first)}


_WRITTEN: Final = PreparedByScope()
_BUILDS: Final[dict[str, Callable[[date], Any]]] = {
    "cases": _cases,
    "facts": lambda day: _persons(**_standing(day), **_contacts(day), **_due(day)),
    "contacts": lambda day: _persons(**_contacts(day)),
    "standing": lambda day: _persons(**_standing(day)),
}
