"""What lists say of persons beside their file: one query a fact, however many rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min

from apps.cases.codes import CaseState
from apps.cases.current import current_case, state_of
from apps.cases.models import Case, TierRecord
from apps.cases.rules import DayOfTerm, day_of_term
from apps.checkins.models import CheckIn
from apps.persons.models import Assignment, Person
from apps.schedule.models import DueItem


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
    tier_source: str = ""


def attach_facts(persons: Sequence[Person], day: date) -> None:
    """Set `facts` on each person; five queries."""
    ids = [person.pk for person in persons]
    cases: dict[int, list[Case]] = defaultdict(list)
    for case in Case.objects.filter(person_id__in=ids).with_absence_on(day).order_by("pk"):
        cases[case.person_id].append(case)
    due = next_due_days(ids)
    seen = last_contacts(ids)
    workers = _workers(ids, day)
    tiers = _tiers(ids, day)
    for person in persons:
        case = current_case(cases[person.pk], day)
        person.facts = Facts(  # type: ignore[attr-defined]
            case=case,
            state=state_of(case, day) if case else None,
            term=day_of_term(case, day) if case else None,
            next_due=due.get(person.pk),
            last_contact=seen.get(person.pk),
            worker=workers.get(person.pk, ""),
            tier=tiers.get(person.pk, ("", ""))[0],
            tier_source=tiers.get(person.pk, ("", ""))[1],
        )


def next_due_days(ids: Sequence[int]) -> dict[int, date]:
    """The oldest window that is open: overdue, running or next, as Today shows it."""
    items = DueItem.objects.filter(case__person_id__in=ids).effective()
    open_ones = items.filter(outcome="open", carried_over=False, recorded_elsewhere=False)
    rows = open_ones.order_by().values_list("case__person_id").annotate(Min("due_on"))
    return dict(rows)


def last_contacts(ids: Sequence[int]) -> dict[int, date]:
    rows = CheckIn.objects.done().filter(person_id__in=ids).order_by()
    return dict(rows.values_list("person_id").annotate(Max("day")))


def _workers(ids: Sequence[int], day: date) -> dict[int, str]:
    rows = Assignment.objects.filter(person_id__in=ids).current_on(day).responsible()
    return dict(rows.values_list("person_id", "worker__name"))


def _tiers(ids: Sequence[int], day: date) -> dict[int, tuple[str, str]]:
    """Latest tier and its source."""
    rows = TierRecord.objects.filter(person_id__in=ids, from_on__lte=day)
    latest = rows.order_by("person_id", "-from_on", "-pk").distinct("person_id")
    return {
        pk: (tier, source) for pk, tier, source in latest.values_list("person_id", "tier", "source")
    }
