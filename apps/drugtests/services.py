"""Record a drug test, or that it could not be taken; withdraw and correct it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.contacts.guards import case_on, lock_cases
from apps.contacts.withdrawing import take_back
from apps.core.days import local_day
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.drugtests.codes import SAMPLES_OF, TestOutcome, duty_of
from apps.drugtests.dossiers import follow_record
from apps.drugtests.following import asks_for_more
from apps.drugtests.guards import (
    is_on_ground,
    next_number,
    refuse_second,
    refuse_second_corrected,
    refuse_with_steps,
    refuse_wrong,
)
from apps.drugtests.listed_sql import store_corrected
from apps.drugtests.models import DrugTest
from apps.persons.models import Person
from apps.schedule.outcomes import settle

OF_TAKEN = frozenset(
    {
        "occurred_at", "sample", "kind", "why", "cause_words", "place", "collector",
        "collector_sex", "second_collector", "second_sex", "medicine", "medicine_words", "result",
        "note",
    }
)  # fmt: skip
OF_NOT_TAKEN = frozenset(
    {"occurred_at", "sample", "kind", "why", "cause_words", "reason_not", "next_on", "note"}
)


@transaction.atomic
@once(DrugTest, target="person", page="drugtests:detail", leave_out=("another", "sample_no"))
def record_test(
    *, person: Person, by: User, client_uuid: UUID, occurred_at: datetime, another: bool = False,
    ground: str = "", sample_no: int | None = None, **facts: Any,
) -> DrugTest:  # fmt: skip
    """A sample was taken. Whatever it shows, nothing follows from the entry.

    A second one of the day is asked about: `another` says that it was one. `ground`: the words on
    which somebody without an order in force is tested; no form offers it, only a campaign's list.
    `sample_no`: of the label that was printed before.
    """
    row = _row(person, by, client_uuid, occurred_at, OF_TAKEN, facts)
    if ground:
        row.cause_words = ground.strip()
    _store(row, another=another, on_ground=is_reason(ground))
    if asks_for_more(row):
        follow_record(row, by, sample_no)
    return row


@transaction.atomic
@once(DrugTest, target="person", page="drugtests:detail")
def record_not_taken(
    *, person: Person, by: User, client_uuid: UUID, occurred_at: datetime,
    place: str = "", ground: str = "", **facts: Any,
) -> DrugTest:  # fmt: skip
    """It could not be taken: which test, why not, and when it is tried again; a campaign's is tried
    as its list says. `ground`: as of a sample; `place`: where it was tried, if somebody said so.

    An accepted reason excuses the window of the day; a next date lets older ones rest until then.
    """
    row = _row(person, by, client_uuid, occurred_at, OF_NOT_TAKEN, facts)
    row.outcome, row.place = TestOutcome.NOT_TAKEN, place
    if ground:
        row.cause_words = ground.strip()
    return _store(row, on_ground=is_reason(ground))


@transaction.atomic
def withdraw_test(*, test: DrugTest, by: User, reason: str) -> DrugTest:
    """Recorded by mistake. The row stays with the reason; what it had done is open again."""
    locked = _lock(test)
    if not is_reason(reason):
        raise Refused(_("Say why the record is withdrawn."), field="reason")
    if locked.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn already."))
    refuse_with_steps(locked)
    take_back(locked, by, reason.strip(), timezone.now())
    settle([locked.person_id], kind=duty_of(locked.sample), since=locked.day)
    return locked


@transaction.atomic
def correct_test(
    *, test: DrugTest, by: User, reason: str, version: int, changes: dict[str, Any],
    another: bool = False,
) -> DrugTest:  # fmt: skip
    """Put right what was recorded wrongly; who, when, why and the old value stay in history.

    Where another one stands on the new day, `another` says that this was one more, as of a new
    record.
    """
    locked = _lock(test)
    if not is_reason(reason):
        raise Refused(_("Say why the record is corrected."), field="reason_why")
    locked.refuse_correction(version)
    if {"kind", "sample", "result", "occurred_at"} & {
        n for n, v in changes.items() if getattr(locked, n) != v
    }:
        refuse_with_steps(locked)
    allowed = OF_TAKEN if locked.is_taken else OF_NOT_TAKEN
    on_ground, before = is_on_ground(locked), _key(locked)
    _fill(locked, changes, allowed)
    # The ground was given for what the list asks: with another reason it is none.
    on_ground = on_ground and is_on_ground(locked)
    cases = lock_cases(locked.person)
    locked.day = local_day(locked.occurred_at)
    refuse_wrong(locked, cases, timezone.now(), on_ground=on_ground)
    if locked.is_taken and _key(locked) != before:
        if not another:
            refuse_second_corrected(locked, before[0])
        locked.number_of_day = next_number(locked)
    locked.case, locked.version = case_on(cases, locked.day), locked.version + 1
    with acting(by, reason.strip()):
        store_corrected(locked)
    follow_record(locked, by)
    settle_duties([locked.person_id])
    return locked


def _key(test: DrugTest) -> tuple[date, str, str]:
    """Of which one a day is numbered."""
    return test.day, test.sample, test.kind


def settle_duties(person_ids: Sequence[int]) -> None:
    """Of urine and of hair: the sample itself may have been corrected."""
    for duty in SAMPLES_OF:
        settle(person_ids, kind=duty)


def _row(
    person: Person, by: User, client_uuid: UUID, occurred_at: datetime, names: frozenset[str],
    facts: dict[str, Any],
) -> DrugTest:  # fmt: skip
    row = DrugTest(client_uuid=client_uuid, person=person, occurred_at=occurred_at, recorded_by=by)
    _fill(row, facts, names)
    return row


def _fill(row: DrugTest, facts: dict[str, Any], names: frozenset[str]) -> None:
    if unknown := set(facts) - names:
        raise TypeError(f"Not a fact of such a record: {sorted(unknown)}")
    for name, value in facts.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)


def _lock(test: DrugTest) -> DrugTest:
    lock_cases(test.person)
    rows = DrugTest.objects.select_for_update(of=("self",)).select_related("person")
    locked: DrugTest = rows.get(pk=test.pk)
    return locked


def _store(row: DrugTest, *, another: bool = True, on_ground: bool = False) -> DrugTest:
    """Lock, guard, save, settle."""
    cases, now = lock_cases(row.person), timezone.now()
    row.day, row.recorded_at = local_day(row.occurred_at), now
    refuse_wrong(row, cases, now, on_ground=on_ground)
    if not another:
        refuse_second(row)
    elif row.is_taken:
        row.number_of_day = next_number(row)
    row.case = case_on(cases, row.day)
    for name, value in place_ids(row.person).items():
        setattr(row, name, value)
    with acting(row.recorded_by):
        save_or_refuse(row)
    settle([row.person_id], kind=duty_of(row.sample), since=row.day)
    return row
