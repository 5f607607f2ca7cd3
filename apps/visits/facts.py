"""What lists say of persons beside their file: one query a fact, however many rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, OuterRef, Subquery

from apps.cases.codes import CaseState
from apps.cases.current import current_case, state_of
from apps.cases.models import Case, TierRecord
from apps.cases.rules import DayOfTerm, day_of_term, is_stale
from apps.checkins.models import CheckIn
from apps.persons.models import Assignment, Person
from apps.schedule.models import DueItem
from apps.visits.models import Meeting


@dataclass(slots=True)
class Facts:
    """Of one person on one day."""

    case: Case | None = None
    state: CaseState | None = None
    term: DayOfTerm | None = None
    next_due: date | None = None
    last_contact: date | None = None
    worker: str = ""
    tier: str = ""
    tier_stale: bool = False


def attach_facts(persons: Sequence[Person], day: date) -> None:
    """Set `facts` on each person; four queries."""
    ids = [person.pk for person in persons]
    cases: dict[int, list[Case]] = defaultdict(list)
    for case in Case.objects.filter(person_id__in=ids).with_absence_on(day).order_by("pk"):
        cases[case.person_id].append(case)
    due = next_due_days(ids, day)
    seen = last_contacts(ids, day)
    standing = standing_of(ids, day)
    for person in persons:
        case = current_case(cases[person.pk], day)
        worker, tier, stale = standing[person.pk]
        person.facts = Facts(  # type: ignore[attr-defined]
            case=case,
            state=state_of(case, day) if case else None,
            term=day_of_term(case, day) if case else None,
            next_due=due.get(person.pk),
            last_contact=seen.get(person.pk),
            worker=worker,
            tier=tier,
            tier_stale=stale,
        )


def next_due_days(ids: Sequence[int], day: date) -> dict[int, date]:
    """The oldest window that is open: overdue, running or next, as Today shows it."""
    items = DueItem.objects.filter(case__person_id__in=ids).asked_on(day)
    rows = items.order_by().values_list("case__person_id").annotate(Min("due_on"))
    return dict(rows)


def last_contacts(ids: Sequence[int], day: date) -> dict[int, date]:
    """Check-ins, and visits and talks in which the person was met, up to the day; one query."""
    seen, met = (
        rows.filter(person_id__in=ids, day__lte=day)
        .order_by()
        .values_list("person_id")
        .annotate(Max("day"))
        for rows in (CheckIn.objects.done(), Meeting.objects.with_the_person())
    )
    found: dict[int, date] = {}
    for pk, last in seen.union(met, all=True):
        found[pk] = max(found.get(pk, last), last)
    return found


def standing_of(ids: Sequence[int], day: date) -> dict[int, tuple[str, str, bool]]:
    """Worker, tier and its source of each person; one query."""
    own = OuterRef("pk")
    worker = Assignment.objects.filter(person_id=own).current_on(day).responsible()
    tier = TierRecord.objects.filter(person_id=own).latest_on(day)
    rows = Person.objects.filter(pk__in=ids).annotate(
        worker=Subquery(worker.order_by().values("worker__name")[:1]),
        tier=Subquery(tier.values("tier")[:1]),
        source=Subquery(tier.values("source")[:1]),
        until=Subquery(tier.values("valid_until")[:1]),
    )
    found = rows.order_by().values_list("pk", "worker", "tier", "source", "until")
    return {
        pk: (worker or "", tier or "", is_stale(source or "", until, day))
        for pk, worker, tier, source, until in found
    }
