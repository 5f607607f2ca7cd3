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
from apps.areas.models import Area, place_ids
from apps.audit.acting import acting
from apps.contacts.guards import lock_cases_of
from apps.core.days import local_day
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.followups.codes import Ground, RoundSource
from apps.followups.models import FollowUpAttempt, FollowUpRound, FollowUpTarget
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
    rounds = _rounds(rows, by, title)
    targets = _targets(rows, rounds, by)
    tries = FollowUpAttempt.objects.filter(target__in=targets.values())
    stored = {(one.target_id, one.day): one for one in tries.order_by("-withdrawn_at", "pk")}
    results: list[RowResult] = []
    for row in rows:
        target = targets.get((row.person.pk, row.day.year))
        results.append(_one(row, target, stored, by) if target else _refused(CLOSED))
        progress(1)
    return results


def _one(
    row: LedgerFollowUp, target: FollowUpTarget, stored: dict[tuple[int, date], Any], by: User
) -> RowResult:
    key = target.pk, row.day
    facts: dict[str, Any] = {
        name: getattr(row, name) for name in ("outcome", "way", "life", "work", "mind", "words")
    }
    if (there := stored.get(key)) is not None:
        same = all(getattr(there, name) == value for name, value in facts.items())
        if same or there.withdrawn_at is not None:
            return RowResult(UNCHANGED, row=there)
        return _refused(_("Another record of this person and day stands in the round."))
    if target.round.closed_at is not None:
        return _refused(CLOSED)
    attempt = FollowUpAttempt(
        target=target, person=row.person, occurred_at=row.occurred_at, day=row.day,
        recorded_at=timezone.now(), recorded_by=by, **facts, **place_ids(row.person),
    )  # fmt: skip
    try:
        with acting(by), transaction.atomic():
            save_or_refuse(attempt)
    except Refused as refusal:
        return RowResult(REFUSED, str(refusal))
    stored[key] = attempt
    return RowResult(NEW, row=attempt)


def _refused(words: Any) -> RowResult:
    return RowResult(REFUSED, str(words))


def _rounds(
    rows: Sequence[LedgerFollowUp], by: User, title: str
) -> dict[tuple[int, int], FollowUpRound]:
    """By county and year; its days are those of the lines."""
    days: dict[tuple[int, int], list[date]] = defaultdict(list)
    for row in rows:
        days[row.person.county_id, row.day.year].append(row.day)
    counties = Area.objects.in_bulk({county for county, _year in days})
    found = {}
    for (county, year), own in sorted(days.items()):
        known = FollowUpRound.objects.select_for_update(of=("self",)).filter(
            area_id=county, source=RoundSource.LEDGER, first__year=year
        )
        one: FollowUpRound = known.order_by("pk").first() or FollowUpRound(
            area=counties[county], title=title % {"year": year}, first=min(own), last=max(own),
            source=RoundSource.LEDGER, recorded_by=by,
        )  # fmt: skip
        first, last = min(one.first, *own), max(one.last, *own)
        wider = (first, last) != (one.first, one.last) and one.closed_at is None
        if one.pk is None or wider:
            one.first, one.last = first, last
            with acting(by):
                save_or_refuse(one)
        found[county, year] = one
    return found


def _targets(
    rows: Sequence[LedgerFollowUp], rounds: dict[tuple[int, int], FollowUpRound], by: User
) -> dict[tuple[int, int], FollowUpTarget]:
    """By person and year."""
    there = FollowUpTarget.objects.filter(round__in=rounds.values()).select_related("round")
    found = {(one.person_id, one.round.first.year): one for one in there}
    missing = {}
    for row in rows:
        key = row.person.pk, row.day.year
        own = rounds[row.person.county_id, row.day.year]
        if key not in found and key not in missing and own.closed_at is None:
            missing[key] = FollowUpTarget(
                round=own, person=row.person,
                number=row.person.public_id, ground=Ground.LEDGER, recorded_by=by,
                **place_ids(row.person),
            )  # fmt: skip
    with acting(by):
        FollowUpTarget.objects.bulk_create(missing.values(), batch_size=1000)
    return found | missing
