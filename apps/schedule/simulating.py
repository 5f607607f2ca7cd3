"""What a change of rule would do, worked out from dates alone: nothing is written.

The windows of every case are computed twice, by the rules as they are and with the new one, and
laid beside the last act of each person. A test holds that the real change comes to the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Max

from apps.cases.models import Case, Leave, Suspension
from apps.core.days import today
from apps.schedule.case_facts import facts_of
from apps.schedule.duty_acts import acts_of
from apps.schedule.models import PlanRule
from apps.schedule.plans import CaseFacts, PlanBook, Rule, rule_of
from apps.schedule.rules import ONE_DAY, windows

CHUNK = 500
AHEAD = timedelta(days=30)
# No row of the table has this number, or one below it.
PROPOSED = 0


@dataclass(slots=True)
class PlanSums:
    """Under one set of rules: persons overdue tomorrow, windows ending in the next thirty days."""

    overdue: int = 0
    due: int = 0


@dataclass(slots=True)
class PlanEffect:
    """Cases that the rule may concern, and the sums before and after."""

    cases: int = 0
    before: PlanSums = field(default_factory=PlanSums)
    after: PlanSums = field(default_factory=PlanSums)

    @property
    def more_overdue(self) -> int:
        return self.after.overdue - self.before.overdue


@dataclass(slots=True)
class Known:
    """Of many cases: the last act, days away, and the day the case was brought in."""

    last_act: dict[int, date]
    away: dict[int, list[tuple[date, date | None]]]
    brought_in: dict[int, date]

    def is_away(self, case_id: int, day: date) -> bool:
        return any(a <= day and (b is None or day <= b) for a, b in self.away.get(case_id, ()))


def simulate(
    rules: Sequence[PlanRule], case_ids: Sequence[int], *, ended: Collection[int] = ()
) -> PlanEffect:
    """`rules` of one duty are not saved; `case_ids` are the cases that they may concern, `ended`
    rules that would end on the day before.
    """
    kind = rules[0].kind
    books = (PlanBook.load(kind), with_rules(rules, ended))
    skipped = set(PlanRule.objects.filter(recorded_elsewhere=True).values_list("pk", flat=True))
    skipped.update(PROPOSED - n for n, rule in enumerate(rules) if rule.recorded_elsewhere)
    effect, ids = PlanEffect(cases=len(case_ids)), list(case_ids)
    for start in range(0, len(ids), CHUNK):
        facts = facts_of(ids[start : start + CHUNK])
        known = _known(kind, facts)
        for book, sums in zip(books, (effect.before, effect.after), strict=True):
            _add(sums, book, facts, known, skipped)
    return effect


def with_rules(rules: Sequence[PlanRule], ended: Collection[int] = ()) -> PlanBook:
    """The rules of the duty as they would be: those before them for the same end."""
    found = list(PlanBook.load(rules[0].kind).rules)
    for number, rule in enumerate(rules):
        new = replace(rule_of(rule), id=PROPOSED - number)
        found = [_ended(old, new, ended) for old in found if not _same(old, new, ended)] + [new]
    return PlanBook(tuple(found))


def _same(old: Rule, new: Rule, ended: Collection[int]) -> bool:
    """A rule for the same, or of another plan, that begins on the same day gives way."""
    gives_way = _key(old) == _key(new) or old.id in ended
    return gives_way and old.effective_from == new.effective_from


def _key(rule: Rule) -> tuple[object, ...]:
    return (
        rule.measure, rule.risk_level, rule.year_of_term, rule.half_of_year, rule.term_years,
        rule.area_code,
    )  # fmt: skip


def _ended(old: Rule, new: Rule, ended: Collection[int]) -> Rule:
    """As set_plan and choose_template end it."""
    gives_way = _key(old) == _key(new) or old.id in ended
    begins_before = gives_way and old.effective_from < new.effective_from
    runs_into = old.effective_to is None or old.effective_to >= new.effective_from
    if begins_before and runs_into:
        return replace(old, effective_to=new.effective_from - ONE_DAY)
    return old


def _known(kind: str, facts: Iterable[CaseFacts]) -> Known:
    persons = {one.person_id for one in facts}
    cases = [one.case_id for one in facts]
    acts = acts_of(kind).filter(person_id__in=persons, done=True).order_by()
    away: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    valid = {"case_id__in": cases, "withdrawn_at": None}
    leaves = Leave.objects.filter(**valid).values_list("case_id", "starts_on", "last_day")
    held = Suspension.objects.filter(**valid).values_list("case_id", "starts_on", "ended_on")
    for case_id, first, last in (*leaves.order_by("pk"), *held.order_by("pk")):
        away[case_id].append((first, last))
    brought_in = Case.objects.filter(pk__in=cases, brought_in_on__isnull=False)
    return Known(
        dict(acts.values_list("person_id").annotate(Max("day"))),
        away,
        dict(brought_in.order_by("pk").values_list("pk", "brought_in_on")),
    )


def _add(
    sums: PlanSums, book: PlanBook, facts: Iterable[CaseFacts], known: Known, skipped: set[int]
) -> None:
    """Both sums for the cases, person by person."""
    day = today() + ONE_DAY
    late: set[int] = set()
    for one in facts:
        last = known.last_act.get(one.person_id, date.min)
        first = max(known.brought_in.get(one.case_id, date.min), one.in_force_from)
        rests = known.is_away(one.case_id, day) or one.duties_end_on < day
        stretches = book.stretches(one, one.duties_end_on)
        for window in windows(stretches, one.duties_end_on, horizon=day + AHEAD, since=first):
            if window.rule_id in skipped or known.is_away(one.case_id, window.due_on):
                continue
            if window.due_on < day and window.opens_on > last and not rests:
                late.add(one.person_id)
            sums.due += day <= window.due_on < day + AHEAD
    sums.overdue += len(late)
