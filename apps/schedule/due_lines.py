"""Lines: what Today, the round and the person page show of due items. One line a case and duty.

The oldest overdue window stands for all of them; without one the window that runs; without an
open one the next. Light heads of the whole scope come first, whole lines of one page after.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, Count, DateField, F, OuterRef, Q, Subquery, Window

from apps.cases.models import Case
from apps.cases.rules import term_end
from apps.core.prepared import Among, Prepared, Slot
from apps.persons.models import Person
from apps.schedule.duties import CHECKIN
from apps.schedule.duty_acts import latest_done
from apps.schedule.models import DueItem
from apps.schedule.querysets import DueItemQuerySet
from apps.schedule.scope import Scope

LATE, TODAY, WEEK, MONTH, LATER = "late", "today", "week", "month", "later"
HIDDEN, QUIET = "hidden", "quiet"


@dataclass(slots=True)
class Head:
    """Enough of a line to count, sort and page it."""

    item_id: int
    kind: str
    person_id: int
    village_id: int | None
    sort_key: str
    opens_on: date
    due_on: date
    retry_on: date | None
    state: str
    missed: int = 0
    last_on: date | None = None
    quiet_days: int = 0


@dataclass(slots=True)
class DueLine:
    """One line with all that is shown of it."""

    head: Head
    item: DueItem
    case: Case
    person: Person
    day: date

    @property
    def kind(self) -> str:
        return self.head.kind

    @property
    def state(self) -> str:
        return self.head.state

    @property
    def due_on(self) -> date:
        return self.head.due_on

    @property
    def next_on(self) -> date:
        """When somebody is to act: the day that was agreed after a try, or the last day."""
        agreed = self.head.retry_on
        return agreed if self.state == HIDDEN and agreed is not None else self.head.due_on

    @property
    def days_late(self) -> int:
        """Negative while there is time left."""
        return (self.day - self.head.due_on).days

    @property
    def missed(self) -> int:
        """How many windows have ended without the act."""
        return self.head.missed

    @property
    def is_open(self) -> bool:
        """An act of today does it; the window of a later line has not begun."""
        return self.head.opens_on <= self.day


def week_end(day: date) -> date:
    """The Sunday of the week."""
    return day + timedelta(days=6 - day.weekday())


def month_end(day: date) -> date:
    return term_end(day.replace(day=1), 1)


def state_of(due_on: date, retry_on: date | None, day: date) -> str:
    """Which tab of Today a line belongs to; each line to one."""
    if retry_on is not None and retry_on > day:
        return HIDDEN
    if due_on < day:
        return LATE
    for state, last in ((TODAY, day), (WEEK, week_end(day)), (MONTH, month_end(day))):
        if due_on <= last:
            return state
    return LATER


def heads_on(items: DueItemQuerySet, day: date, *, until: date | None = None) -> list[Head]:
    """All lines of these, in the order of their days; two queries."""
    until = until or max(week_end(day), month_end(day))
    return _heads(_asked(items, day, until), _elsewhere(items, day), day)


def heads_of_scope(scope: Scope) -> list[Head]:
    """The same, of a scope, up to the end of this week and this month."""
    until = max(week_end(scope.day), month_end(scope.day))
    asked = scope.ask("due", lambda one: _asked(one.of(DueItem), one.day, until))
    away = scope.ask("elsewhere", lambda one: _elsewhere(one.of(DueItem), one.day))
    return _heads(asked, away, scope.day)


def heads_for_person(person: Person, day: date, *, kind: str = "") -> list[Head]:
    """One person's, the next one however far it is. Every tap and every person page asks."""
    values = {"person": person.pk, "day": day}
    heads = _heads(_ASKED_OF_PERSON.rows(**values), _ELSEWHERE_OF_PERSON.rows(**values), day)
    return [head for head in heads if kind in ("", head.kind)]


def load(heads: Sequence[Head], day: date) -> list[DueLine]:
    """The whole lines of some heads, in their order; one query."""
    ids = [head.item_id for head in heads]
    items = {item.pk: item for item in _WHOLE.rows(ids=ids)} if ids else {}
    return [
        DueLine(
            head=head,
            item=items[head.item_id],
            case=items[head.item_id].case,
            person=items[head.item_id].case.person,
            day=day,
        )
        for head in heads
    ]


def lines_for_person(person: Person, day: date, *, kind: str = "") -> list[DueLine]:
    """The same lines on the person's page, of one kind or of all."""
    return load(heads_for_person(person, day, kind=kind), day)


def sole_line(item: DueItem, day: date) -> DueLine:
    """A window by itself, whether it stands or not."""
    case = item.case
    head = Head(
        item.pk,
        item.kind,
        case.person_id,
        item.village_id,
        case.sort_key,
        item.opens_on,
        item.due_on,
        item.retry_on,
        state_of(item.due_on, item.retry_on, day),
    )
    return DueLine(head, item, case, case.person, day)


_HEAD = (
    "pk", "kind", "case__person_id", "village_id", "case__sort_key", "opens_on", "due_on",
    "retry_on",
)  # fmt: skip


def _asked(items: DueItemQuerySet, day: date | Slot, until: date) -> Any:
    ended = Count("pk", filter=Q(due_on__lt=day))
    return (
        items.asked_on(day)
        .filter(due_on__lte=until)
        .annotate(missed=Window(ended, partition_by=["case_id", "kind"]))
        .order_by("case_id", "kind", "due_on")
        .distinct("case_id", "kind")
        .values_list(*_HEAD, "missed", named=True)
    )


def _elsewhere(items: DueItemQuerySet, day: date | Slot) -> Any:
    return (
        items.elsewhere_on(day)
        .filter(kind=CHECKIN)
        .annotate(
            last_on=Subquery(latest_done(CHECKIN, OuterRef("person_id"))),
            quiet_days=F("rule__quiet_days"),
            began_on=F("case__in_force_from"),
            brought_in_on=F("case__brought_in_on"),
        )
        .order_by("case_id")
        .values_list(*_HEAD, "last_on", "quiet_days", "began_on", "brought_in_on", named=True)
    )


def _heads(asked: Iterable[Any], elsewhere: Iterable[Any], day: date) -> list[Head]:
    heads = [
        _head(row, state_of(row.due_on, row.retry_on, day), missed=row.missed) for row in asked
    ]
    heads += _quiet(elsewhere, day)
    return sorted(heads, key=lambda head: (head.due_on, head.sort_key, head.item_id))


def _quiet(rows: Iterable[Any], day: date) -> list[Head]:
    """Persons who sign in elsewhere and of whom nothing has come for so many days."""
    found = []
    for row in rows:
        since = row.last_on or max(row.began_on, row.brought_in_on or row.began_on)
        quiet = (day - since).days
        if quiet >= row.quiet_days:
            hidden = row.retry_on is not None and row.retry_on > day
            head = _head(row, HIDDEN if hidden else QUIET, due_on=day)
            head.last_on, head.quiet_days = row.last_on, quiet
            found.append(head)
    return found


def _head(row: Any, state: str, *, missed: int = 0, due_on: date | None = None) -> Head:
    return Head(
        item_id=row.pk,
        kind=row.kind,
        person_id=row.case__person_id,
        village_id=row.village_id,
        sort_key=row.case__sort_key,
        opens_on=row.opens_on,
        due_on=due_on or row.due_on,
        retry_on=row.retry_on,
        state=state,
        missed=missed,
    )


_PERSON, _DAY = Slot("person", BigIntegerField()), Slot("day", DateField())


def _of_person() -> DueItemQuerySet:
    return DueItem.objects.filter(case__person_id=_PERSON)


_WHOLE = Prepared(
    lambda: (
        DueItem.objects.filter(Among("pk"))
        .select_related("case", "case__person", "rule__area", "village", "town")
        .order_by()
    )
)
_ASKED_OF_PERSON = Prepared(lambda: _asked(_of_person(), _DAY, date.max))
_ELSEWHERE_OF_PERSON = Prepared(lambda: _elsewhere(_of_person(), _DAY))
