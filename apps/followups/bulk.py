"""Follow-ups by the thousand, as an office brings them along: a round for each unit and year."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.areas.units import units_of_today
from apps.audit.acting import acting
from apps.contacts.guards import lock_cases_of, refuse_after_death
from apps.core.days import local_day
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.followups.codes import Ground, RoundSource
from apps.followups.models import FollowUpAttempt, FollowUpRound, FollowUpTarget
from apps.ledgers.cells import same_words
from apps.ledgers.report import NEW, REFUSED, UNCHANGED, RowResult
from apps.persons.models import Person

CLOSED = gettext_lazy("The round of this ledger is closed; nothing comes into it any more.")


@dataclass(frozen=True, slots=True)
class LedgerFollowUp:
    """What a line of a ledger says of one try."""

    person: Person
    occurred_at: datetime
    outcome: str
    way: str = ""
    life: str = ""
    work: str = ""
    mind: str = ""
    words: str = ""

    @property
    def day(self) -> date:
        return local_day(self.occurred_at)


@transaction.atomic
def bring_in_followups(
    rows: Sequence[LedgerFollowUp],
    *,
    by: User,
    title: str,
    progress: Callable[[int], None] = lambda _done: None,
) -> list[RowResult]:
    """In the order of the rows. A try of a person and day stands once; one that was withdrawn and
    comes again stays withdrawn.
    """
    lock_cases_of({row.person.pk for row in rows})
    stored = _stored(rows)
    fresh = [row for row in rows if (row.person.pk, row.day) not in stored]
    targets = _targets(fresh, by, title)
    results: list[RowResult] = []
    for row in rows:
        there = stored.get((row.person.pk, row.day))
        target = targets.get((row.person.pk, row.day.year))
        result = _beside(row, there) if there else _one(row, target, by)
        if result.status == NEW:
            stored[row.person.pk, row.day] = result.row
        results.append(result)
        progress(1)
    return results


def _stored(rows: Sequence[LedgerFollowUp]) -> dict[tuple[int, date], Any]:
    """Tries from ledgers by person and day, wherever the file was then: a ledger that comes again
    after a move or a merge finds what it brought.
    """
    tries = FollowUpAttempt.objects.filter(
        person__in={row.person.pk for row in rows}, day__in={row.day for row in rows},
        target__round__source=RoundSource.LEDGER,
    )  # fmt: skip
    found = {(one.person_id, one.day): one for one in tries.order_by("-withdrawn_at", "pk")}
    return _entered(rows) | found


def _entered(rows: Sequence[LedgerFollowUp]) -> dict[tuple[int, date], Any]:
    """Tries of other rounds that say the same: a ledger that was taken from here has them."""
    said = {(row.person.pk, row.day): row for row in rows}
    tries = FollowUpAttempt.objects.filter(
        person__in={row.person.pk for row in rows}, day__in={row.day for row in rows},
        withdrawn_at=None,
    ).exclude(target__round__source=RoundSource.LEDGER)  # fmt: skip
    pairs = (((one.person_id, one.day), one) for one in tries.order_by("pk"))
    return {key: one for key, one in pairs if key in said and _says(one, said[key])}


def _facts(row: LedgerFollowUp) -> dict[str, Any]:
    return {
        name: getattr(row, name) for name in ("outcome", "way", "life", "work", "mind", "words")
    }


def _beside(row: LedgerFollowUp, there: FollowUpAttempt) -> RowResult:
    same = _says(there, row)
    if same or there.withdrawn_at is not None:
        return RowResult(UNCHANGED, row=there)
    return _refused(_("Another record of this person and day stands in the round."))


def _says(there: FollowUpAttempt, row: LedgerFollowUp) -> bool:
    facts = _facts(row)
    words = facts.pop("words")
    same = all(getattr(there, name) == value for name, value in facts.items())
    return same and same_words(there.words, words)


def _one(row: LedgerFollowUp, target: FollowUpTarget | None, by: User) -> RowResult:
    if target is None or target.round.closed_at is not None:
        return _refused(CLOSED)
    attempt = FollowUpAttempt(
        target=target, person=row.person, occurred_at=row.occurred_at, day=row.day,
        recorded_at=timezone.now(), recorded_by=by, **_facts(row), **place_ids(row.person),
    )  # fmt: skip
    try:
        refuse_after_death(row.person, row.day, "occurred_at")
        with acting(by), transaction.atomic():
            save_or_refuse(attempt)
    except Refused as refusal:
        return RowResult(REFUSED, str(refusal))
    return RowResult(NEW, row=attempt)


def _refused(words: Any) -> RowResult:
    return RowResult(REFUSED, str(words))


def _rounds(
    rows: Sequence[LedgerFollowUp], by: User, title: str
) -> dict[tuple[int, int], FollowUpRound]:
    """By county of the person and year, in the county that it is today; its days are those of the
    lines.
    """
    counties = units_of_today({row.person.county_id for row in rows})
    days: dict[tuple[int, int], list[date]] = defaultdict(list)
    for row in rows:
        days[counties[row.person.county_id].pk, row.day.year].append(row.day)
    units = {unit.pk: unit for unit in counties.values()}
    opened = {}
    for (unit, year), own in sorted(days.items()):
        known = FollowUpRound.objects.select_for_update(of=("self",)).filter(
            area__in=units[unit].scope_ids, source=RoundSource.LEDGER, first__year=year
        )
        one: FollowUpRound = known.order_by("-area__active", "pk").first() or FollowUpRound(
            area=units[unit], title=title % {"year": year}, first=min(own), last=max(own),
            source=RoundSource.LEDGER, recorded_by=by,
        )  # fmt: skip
        _span(one, own, by)
        opened[unit, year] = one
    return {
        (row.person.county_id, row.day.year):
            opened[counties[row.person.county_id].pk, row.day.year]
        for row in rows
    }  # fmt: skip


def _targets(
    rows: Sequence[LedgerFollowUp], by: User, title: str
) -> dict[tuple[int, int], FollowUpTarget]:
    """By person and year: the row that came with an earlier ledger, or one in the round of the
    county of today.
    """
    there = FollowUpTarget.objects.standing().filter(
        person__in={row.person.pk for row in rows}, round__source=RoundSource.LEDGER,
        round__closed_at=None,
    ).select_related("round")  # fmt: skip
    found = {(one.person_id, one.round.first.year): one for one in there.order_by("-pk")}
    _widen([(found[key], row.day) for row in rows if (key := _key(row)) in found], by)
    missing = [row for row in rows if _key(row) not in found]
    rounds = _rounds(missing, by, title)
    made = {}
    for row in missing:
        own = rounds[row.person.county_id, row.day.year]
        if _key(row) not in made and own.closed_at is None:
            made[_key(row)] = FollowUpTarget(
                round=own, person=row.person,
                number=row.person.public_id, ground=Ground.LEDGER, recorded_by=by,
                **place_ids(row.person),
            )  # fmt: skip
    with acting(by):
        FollowUpTarget.objects.bulk_create(made.values(), batch_size=1000)
    return found | made


def _key(row: LedgerFollowUp) -> tuple[int, int]:
    return row.person.pk, row.day.year


def _widen(known: Sequence[tuple[FollowUpTarget, date]], by: User) -> None:
    """The days of a round are those of its lines, also of persons who have moved since."""
    days: dict[int, list[date]] = defaultdict(list)
    for target, day in known:
        days[target.round_id].append(day)
    locked = FollowUpRound.objects.select_for_update(of=("self",)).filter(pk__in=days)
    rounds = {one.pk: one for one in locked.order_by("pk")}
    for one in rounds.values():
        _span(one, days[one.pk], by)
    for target, _day in known:
        target.round = rounds[target.round_id]


def _span(one: FollowUpRound, days: Sequence[date], by: User) -> None:
    first, last = min(one.first, *days), max(one.last, *days)
    wider = (first, last) != (one.first, one.last) and one.closed_at is None
    if one.pk is None or wider:
        one.first, one.last = first, last
        with acting(by):
            save_or_refuse(one)
