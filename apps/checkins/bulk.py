"""Check-ins of a ledger, by the thousand: the same rules as one by one, few queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.cases.models import Case
from apps.checkins import guards
from apps.checkins.codes import CheckInSource
from apps.checkins.models import CheckIn
from apps.contacts.codes import ContactOutcome
from apps.contacts.guards import case_on, lock_cases_of, refuse_before_order
from apps.core.days import local_day
from apps.core.refusals import Refused
from apps.ledgers.cells import same_words, second_of
from apps.ledgers.report import NEW, REFUSED, UNCHANGED, RowResult
from apps.needs.models import Need, NeedKind, NeedSource, SaidBy, Urgency
from apps.needs.services import record_need
from apps.persons.models import Person
from apps.schedule.outcomes import settle

# Lines of a ledger in one statement.
BATCH = 1000


@dataclass(frozen=True, slots=True)
class LedgerCheckIn:
    """One row: who, when, how, in which words; `asks_help` where the ledger says so."""

    person: Person
    occurred_at: datetime
    method: str
    state_words: str = ""
    asks_help: bool = False
    mood: int | None = None
    # When it was written down, where that is known; else now, and the entry is a late one.
    recorded_at: datetime | None = None


@dataclass(slots=True)
class BroughtIn:
    """Results in the order of the rows, and how many needs were opened."""

    results: list[RowResult] = field(default_factory=list)
    needs_opened: int = 0


@transaction.atomic
def bring_in_checkins(
    rows: Sequence[LedgerCheckIn],
    *,
    by: User,
    source: str = CheckInSource.LEDGER,
    progress: Callable[[int], None] | None = None,
) -> BroughtIn:
    """Key of a row is person and moment. A withdrawn row that comes again stays withdrawn."""
    found = BroughtIn()
    touched: set[int] = set()
    first_day = date.max
    asking: dict[int, LedgerCheckIn] = {}
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        new = _bring_in_batch(batch, by, source, found.results)
        touched.update(row.person.pk for row in new)
        first_day = min([first_day, *(local_day(row.occurred_at) for row in new)])
        for row in sorted(new, key=lambda row: row.occurred_at):
            if row.asks_help:
                asking.setdefault(row.person.pk, row)
        if progress:
            progress(len(batch))
    found.needs_opened = _open_needs(asking, by)
    settle(sorted(touched), since=first_day)
    return found


def _bring_in_batch(
    batch: Sequence[LedgerCheckIn], by: User, source: str, results: list[RowResult]
) -> list[LedgerCheckIn]:
    now, person_ids = timezone.now(), {row.person.pk for row in batch}
    cases = lock_cases_of(person_ids)
    stored, entered = _stored(batch, person_ids, source), _entered(batch, person_ids)
    new: list[tuple[LedgerCheckIn, CheckIn]] = []
    for row in batch:
        key = (row.person.pk, row.occurred_at)
        try:
            if key in stored:
                results.append(_beside(row, stored[key]))
                continue
            if any(_is_same(row, one) for one in entered[key]):
                results.append(RowResult(UNCHANGED))
                continue
            checkin = _build(row, cases[row.person.pk], by, source, now)
        except Refused as refusal:
            results.append(RowResult(REFUSED, str(refusal)))
            continue
        stored[key] = checkin
        new.append((row, checkin))
        results.append(RowResult(NEW))
    with acting(by):
        CheckIn.objects.bulk_create([checkin for _row, checkin in new], batch_size=BATCH)
    return [row for row, _checkin in new]


def _stored(
    batch: Sequence[LedgerCheckIn], person_ids: Iterable[int], source: str
) -> dict[tuple[int, datetime], CheckIn]:
    moments = [row.occurred_at for row in batch]
    rows = CheckIn.objects.filter(
        person_id__in=person_ids, source=source, occurred_at__range=(min(moments), max(moments))
    ).order_by("withdrawn_at", "pk")  # of two, the one that counts comes last
    return {(row.person_id, row.occurred_at): row for row in rows}


def _entered(
    batch: Sequence[LedgerCheckIn], person_ids: Iterable[int]
) -> dict[tuple[int, datetime], list[CheckIn]]:
    """Those of the pages, by person and second: a ledger that was taken from here has them."""
    moments = [row.occurred_at for row in batch]
    span = (min(moments), max(moments) + timedelta(seconds=1))
    found: dict[tuple[int, datetime], list[CheckIn]] = defaultdict(list)
    rows = CheckIn.objects.filter(person_id__in=person_ids, occurred_at__range=span)
    for row in rows.filter(outcome=ContactOutcome.DONE).exclude(source=CheckInSource.LEDGER):
        found[row.person_id, second_of(row.occurred_at)].append(row)
    return found


def _is_same(row: LedgerCheckIn, stored: CheckIn) -> bool:
    same = same_words(stored.state_words, row.state_words)
    return same and stored.method == row.method


def _beside(row: LedgerCheckIn, stored: CheckIn) -> RowResult:
    if _is_same(row, stored):
        return RowResult(UNCHANGED)
    raise Refused(
        _("Another check-in of this person is stored for the same time: %(method)s, %(words)s.")
        % {"method": stored.get_method_display(), "words": stored.state_words or "–"}
    )


def _build(row: LedgerCheckIn, cases: list[Case], by: User, source: str, now: datetime) -> CheckIn:
    day: date = local_day(row.occurred_at)
    guards.refuse_future(row.occurred_at, now)
    refuse_before_order(cases, day)
    guards.refuse_unclear(ContactOutcome.DONE, row.method, "", None, day)
    case = case_on(cases, day)
    return CheckIn(
        person=row.person,
        case=case,
        method=row.method,
        occurred_at=row.occurred_at,
        day=day,
        state_words=row.state_words.strip(),
        source=source,
        recorded_at=row.recorded_at or now,
        mood=row.mood,
        recorded_by=by,
        **place_ids(case or row.person),
    )


def _open_needs(asking: dict[int, LedgerCheckIn], by: User) -> int:
    """One open need a person, from the first day on which the person asked."""
    have = set(
        Need.objects.filter(
            person_id__in=asking,
            kind=NeedKind.UNSPECIFIED,
            source=NeedSource.LEDGER,
            closed_on=None,
        ).values_list("person_id", flat=True)
    )
    wanting = [row for person_id, row in sorted(asking.items()) if person_id not in have]
    for row in wanting:
        record_need(
            person=row.person,
            by=by,
            kind=NeedKind.UNSPECIFIED,
            source=NeedSource.LEDGER,
            said_on=local_day(row.occurred_at),
            words=row.state_words,
            # The ledger's column is what the person asks for; it knows no haste.
            urgency=Urgency.NORMAL,
            said_by=SaidBy.PERSON,
        )
    return len(wanting)
