"""Drug tests by the thousand, as an office brings them along: the same rules, few queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.cases.models import Case
from apps.contacts.guards import case_on
from apps.core.days import local_day
from apps.drugtests.guards import refuse_wrong
from apps.drugtests.models import DrugTest
from apps.drugtests.services import settle_duties


@transaction.atomic
def bring_in_tests(rows: Sequence[DrugTest], *, by: User) -> int:
    """Unsaved tests with person and time; a row that a rule forbids stops them all."""
    person_ids = sorted({row.person_id for row in rows})
    cases = _cases_of(person_ids)
    for row in rows:
        row.day, row.recorded_by = local_day(row.occurred_at), by
        refuse_wrong(row, cases[row.person_id], row.recorded_at)
        row.case = case_on(cases[row.person_id], row.day)
        for name, value in place_ids(row.case or row.person).items():
            setattr(row, name, value)
    with acting(by):
        DrugTest.objects.bulk_create(rows, batch_size=1000)
    settle_duties(person_ids)
    return len(rows)


def _cases_of(person_ids: Iterable[int]) -> dict[int, list[Case]]:
    """Orders of the persons, locked as a single record locks them."""
    found: dict[int, list[Case]] = defaultdict(list)
    locked = Case.objects.select_for_update(no_key=True).filter(person_id__in=person_ids)
    for case in locked.order_by("pk"):
        found[case.person_id].append(case)
    return found
