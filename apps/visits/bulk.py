"""Visits and talks by the thousand, as an office brings them along: the same rules, few queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.cases.models import Case
from apps.contacts.guards import case_on
from apps.core.days import local_day
from apps.schedule.outcomes import settle
from apps.visits.codes import MeetingKind
from apps.visits.guards import refuse_wrong
from apps.visits.models import Meeting


@transaction.atomic
def bring_in_meetings(rows: Sequence[Meeting], *, by: User) -> int:
    """Unsaved meetings with person, time and words; a row that a rule forbids stops them all."""
    person_ids = sorted({row.person_id for row in rows})
    cases = _cases_of(person_ids)
    for row in rows:
        row.day, row.recorded_by = local_day(row.occurred_at), by
        refuse_wrong(row, cases[row.person_id], row.recorded_at)
        row.case = case_on(cases[row.person_id], row.day)
        for name, value in place_ids(row.case or row.person).items():
            setattr(row, name, value)
    with acting(by):
        Meeting.objects.bulk_create(rows, batch_size=1000)
    for kind in MeetingKind.values:
        settle(person_ids, kind=kind)
    return len(rows)


def _cases_of(person_ids: Iterable[int]) -> dict[int, list[Case]]:
    """Orders of the persons, locked as a single record locks them."""
    found: dict[int, list[Case]] = defaultdict(list)
    locked = Case.objects.select_for_update(no_key=True).filter(person_id__in=person_ids)
    for case in locked.order_by("pk"):
        found[case.person_id].append(case)
    return found
