"""Records of contacts by the thousand: the same rules as one by one, few queries."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.cases.models import Case
from apps.contacts.guards import case_on, lock_cases_of
from apps.core.days import local_day

RowT = TypeVar("RowT", bound=Any)


def store_at_once(
    rows: Sequence[RowT],
    *,
    by: User,
    refuse_wrong: Callable[[RowT, list[Case], datetime], object],
) -> list[int]:
    """Unsaved rows with person and time, each with the order of its day; the persons of them.

    Inside the transaction of who settles their duties. A row that a rule forbids stops them all.
    """
    person_ids = sorted({row.person_id for row in rows})
    cases = lock_cases_of(person_ids)
    for row in rows:
        row.day, row.recorded_by = local_day(row.occurred_at), by
        refuse_wrong(row, cases[row.person_id], row.recorded_at)
        row.case = case_on(cases[row.person_id], row.day)
        for name, value in place_ids(row.case or row.person).items():
            setattr(row, name, value)
    if rows:
        with acting(by):
            type(rows[0]).objects.bulk_create(rows, batch_size=1000)
    return person_ids
