"""Drug tests by the thousand, as an office brings them along: the same rules, few queries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.audit.acting import acting
from apps.contacts.bulk import store_at_once
from apps.contacts.guards import lock_cases_of
from apps.core.days import local_day
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.drugtests.codes import Source, TestKind
from apps.drugtests.dossiers import follow_record
from apps.drugtests.following import asks_for_more
from apps.drugtests.guards import refuse_with_steps, refuse_wrong
from apps.drugtests.models import DrugTest
from apps.drugtests.services import settle_duties
from apps.ledgers.report import CHANGED, NEW, REFUSED, UNCHANGED, RowResult
from apps.persons.models import Person
from apps.persons.services.files import differences

# Lines of a ledger in one statement.
BATCH = 1000


@transaction.atomic
def bring_in_tests(rows: Sequence[DrugTest], *, by: User) -> int:
    """Unsaved tests with person and time; a row that a rule forbids stops them all. What asks for
    more than its record has a dossier, as one that was entered by itself.
    """
    settle_duties(store_at_once(rows, by=by, refuse_wrong=refuse_wrong))
    for row in rows:
        if asks_for_more(row):
            follow_record(row, by)
    return len(rows)


@dataclass(frozen=True, slots=True)
class LedgerTest:
    """What a ledger says of a test. Of an unknown kind it is the weakest: no test of the law."""

    person: Person
    occurred_at: datetime
    sample: str
    result: str = ""
    kind: str = ""
    why: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[int, date, str]:
        """One of a sample a day, of whatever kind: ledgers seldom say the kind."""
        return self.person.pk, local_day(self.occurred_at), self.sample


@transaction.atomic
def bring_in_ledger(
    rows: Sequence[LedgerTest], *, by: User, progress: Callable[[int], None] = lambda _done: None
) -> list[RowResult]:
    """In the order of the rows. A record that was withdrawn and comes again stays withdrawn."""
    found: list[RowResult] = []
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        found += _bring_in_batch(batch, by)
        progress(len(batch))
    return found


def _bring_in_batch(batch: Sequence[LedgerTest], by: User) -> list[RowResult]:
    person_ids = {row.person.pk for row in batch}
    # As taps do: the orders, and of who has none the person.
    alone = person_ids - set(lock_cases_of(person_ids))
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=alone).order_by("pk"))
    stored, results, now = _stored(batch, person_ids), [], timezone.now()
    for row in batch:
        try:
            results.append(
                _beside(row, stored[row.key], by) if row.key in stored else _new(row, now)
            )
        except Refused as refusal:
            results.append(RowResult(REFUSED, str(refusal)))
        else:
            stored[row.key] = results[-1].row
    new = [result.row for result in results if result.status == NEW]
    bring_in_tests([test for test in new if test.pk is None], by=by)
    return results


def _stored(batch: Sequence[LedgerTest], person_ids: Any) -> dict[tuple[int, date, str], DrugTest]:
    days = [row.key[1] for row in batch]
    rows = DrugTest.objects.filter(person_id__in=person_ids, day__range=(min(days), max(days)))
    taken = rows.filter(reason_not="").order_by("-withdrawn_at", "pk")  # what counts comes last
    return {(row.person_id, row.day, row.sample): row for row in taken}


def _new(row: LedgerTest, now: datetime) -> RowResult:
    test = DrugTest(
        person=row.person, occurred_at=row.occurred_at, sample=row.sample, result=row.result,
        kind=row.kind or TestKind.SCREENING, why=row.why, note=row.note, source=Source.LEDGER,
        day=local_day(row.occurred_at), recorded_at=now,
    )  # fmt: skip
    refuse_wrong(test, (), now)
    return RowResult(NEW, row=test)


def _beside(row: LedgerTest, stored: DrugTest, by: User) -> RowResult:
    """Equal to what stands here, or the result that was still missing; never another one."""
    if stored.withdrawn_at is not None or row.result in ("", stored.result):
        return RowResult(UNCHANGED, row=stored)
    if stored.result or stored.source != Source.LEDGER:
        raise Refused(
            _("Another record of this sample stands for the day; its result: %(result)s.")
            % {"result": stored.get_result_display() or "–"}
        )
    if stored.pk is None:  # an earlier line of this ledger made it: its history has both
        bring_in_tests([stored], by=by)
    refuse_with_steps(stored)
    told = differences(stored, {"result": row.result})
    stored.result, stored.version = row.result, stored.version + 1
    with acting(by):
        save_or_refuse(stored)
    follow_record(stored, by)
    settle_duties([stored.person_id])
    return RowResult(CHANGED, row=stored, told=told)
