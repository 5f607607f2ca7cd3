"""Acts of the schedule: lay out windows, change a plan, go on by a day."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.models import Case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.schedule.case_facts import facts_of
from apps.schedule.duties import CHECKIN, duties
from apps.schedule.models import PlanRule
from apps.schedule.outcomes import kinds_to_settle, settle
from apps.schedule.plans import CaseFacts, PlanBook
from apps.schedule.rules import ONE_DAY, Every, windows
from apps.schedule.stored_windows import Differences, Planned, store

# The month of Today and the first window after it; each night goes on by a day.
HORIZON = timedelta(days=60)
# Orders locked in one transaction: a tap for one of them waits that long.
CHUNK = 200

Progress = Callable[[int], None]


@dataclass(slots=True)
class Replanned:
    """What a plan changed: cases looked at, windows removed and written, outcomes changed."""

    cases: int = 0
    removed: int = 0
    written: int = 0
    settled: int = 0


def replan(
    case_ids: Iterable[int],
    *,
    kinds: Collection[str] = (),
    from_day: date | None = None,
    progress: Progress | None = None,
) -> Replanned:
    """Lay out the windows of cases anew, past ones included, and settle them.

    Idempotent: equal windows stay untouched. `from_day` leaves windows alone that were due before;
    without `kinds` every registered kind is laid out.
    """
    ids, total = sorted(set(case_ids)), Replanned()
    books = PlanBook.load_all(kinds or duties())
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        _replan_chunk(chunk, books, from_day or date.min, total)
        if progress:
            progress(len(chunk))
    return total


@transaction.atomic
def _replan_chunk(
    ids: Sequence[int], books: Mapping[str, PlanBook], since: date, total: Replanned
) -> None:
    locked = Case.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    persons = dict(locked.values_list("pk", "person_id"))
    horizon = today() + HORIZON
    planned = [row for facts in facts_of(ids) for row in _planned(facts, books, horizon, since)]
    found: Differences = store(ids, list(books), planned, since)
    total.cases += len(persons)
    total.removed += found.removed
    total.written += found.written
    touched = sorted(set(persons.values()))
    for kind in kinds_to_settle(touched, books):
        total.settled += settle(touched, kind=kind)


def _planned(
    facts: CaseFacts, books: Mapping[str, PlanBook], horizon: date, since: date
) -> Iterable[Planned]:
    """Windows that ask for something: those that end with the order in force."""
    first = max(since, facts.in_force_from)
    for kind, book in books.items():
        stretches = book.stretches(facts, facts.duties_end_on)
        for window in windows(stretches, facts.duties_end_on, horizon=horizon, since=first):
            yield facts.case_id, kind, window


@transaction.atomic
def set_plan(
    *,
    kind: str,
    area: Area | None,
    every: Every,
    from_day: date,
    by: User,
    recorded_elsewhere: bool = False,
    quiet_days: int = 7,
    measure: str = "",
    risk_level: str = "",
    year_of_term: int | None = None,
    half_of_year: int | None = None,
    term_years: int | None = None,
    basis: str = "",
    in_pieces: bool = False,
) -> PlanRule:
    """From a day on another rule for the same; the one before it ends.

    The windows of `cases_under(rule)` are to be laid out anew: in pieces, for they may be many.
    `in_pieces` notes that they are not yet: see go_on_laying_out.
    """
    if recorded_elsewhere and kind != CHECKIN:
        raise Refused(_("Only check-ins can be recorded elsewhere."))
    if half_of_year and not year_of_term:
        words = _("A half is one of a year of the term: say which.")
        raise Refused(words, field="year_of_term")
    if not 1 <= quiet_days <= 365:
        raise Refused(_("Between 1 and 365 days without a sign-in."))
    lock_rules(kind)
    key: dict[str, Any] = {
        "kind": kind,
        "measure": measure,
        "risk_level": risk_level,
        "year_of_term": year_of_term,
        "half_of_year": half_of_year,
        "term_years": term_years,
        "area": area and area.today,
    }
    before = PlanRule.objects.filter(**key, effective_from__lt=from_day)
    before.exclude(effective_to__lt=from_day).update(effective_to=from_day - ONE_DAY)
    facts = {
        "every_count": every.count,
        "every_unit": every.unit,
        "effective_to": None,
        "recorded_elsewhere": recorded_elsewhere,
        "quiet_days": quiet_days,
        "basis": basis,
        "recorded_by": by,
        "laid_out_to": 0 if in_pieces else None,
    }
    rule, _created = PlanRule.objects.update_or_create(
        **key, effective_from=from_day, defaults=facts
    )
    return rule


def lock_rules(kind: str) -> None:
    """Rules of a duty end and follow each other: who sets two at once sets one after the other."""
    rows = PlanRule.with_removed.select_for_update(of=("self",)).filter(kind=kind)
    list(rows.only("pk").order_by("pk"))


@transaction.atomic
def go_on_laying_out(*, rule: PlanRule) -> PlanRule:
    """The next two hundred cases under a rule; who asks twice at once does each piece once."""
    locked = PlanRule.with_removed.select_for_update(of=("self",)).get(pk=rule.pk)
    if locked.laid_out_to is None:
        return locked
    left = cases_under(locked, after=locked.laid_out_to)
    piece = left[:CHUNK]
    replan(piece, kinds=[locked.kind], from_day=locked.effective_from)
    locked.laid_out_to = piece[-1] if len(left) > len(piece) else None
    locked.save(update_fields=["laid_out_to"])
    return locked


def finish_laying_out() -> int:
    """What somebody began on the page of plans and did not see through; how many rules."""
    rules = list(PlanRule.with_removed.exclude(laid_out_to=None).order_by("pk"))
    for rule in rules:
        current = rule
        while current.is_being_laid_out:
            current = go_on_laying_out(rule=current)
    return len(rules)


def cases_under(rule: PlanRule, *, after: int = 0) -> list[int]:
    """Cases that the rule may concern: of its area and measure, with duties from its first day."""
    cases = Case.objects.filter(duties_end_on__gte=rule.effective_from, pk__gt=after)
    if rule.area:
        cases = cases.in_area(rule.area)
    if rule.measure:
        cases = cases.filter(measure=rule.measure)
    return list(cases.order_by("pk").values_list("pk", flat=True))


def cases_with_duties(day: date) -> list[int]:
    """Cases that ask for something on the day or later."""
    cases = Case.objects.filter(duties_end_on__gte=day, in_force_from__isnull=False)
    return list(cases.order_by("pk").values_list("pk", flat=True))
