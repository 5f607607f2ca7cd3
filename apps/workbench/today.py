"""What Today shows: lines of duties and of needs, in tabs, groups and pages.

Heads of the whole scope are counted and sorted; only the lines of one page are read whole.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.next_steps import REPORT, RETURN
from apps.contacts.due_rows import DueRow, rows_of
from apps.needs.models import Need
from apps.needs.today import NeedHead, need_heads, open_needs
from apps.persons.models import Person
from apps.schedule.due_lines import (
    HIDDEN,
    LATE,
    LATER,
    MONTH,
    QUIET,
    TODAY,
    WEEK,
    Head,
    heads_of_scope,
    heads_on,
    load,
    month_end,
    week_end,
)
from apps.schedule.duties import duties
from apps.schedule.models import DueItem
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import WAITING, OtherHead, lines
from apps.workbench.declared_lines import OtherRow, few_heads_on, load_others, other_heads_on
from apps.workbench.need_lines import NeedRow, load_need_rows
from apps.workbench.order_lines import StepHead, StepRow, load_steps, step_heads_on
from apps.workbench.today_persons import level_of, persons_shown

# Lines on a page: what a worker does in a day, and no more is read whole.
PAGE = 60
NOW_STATES, SOON_STATES = (LATE, TODAY), (WEEK, MONTH)
# What is done with the person; every other step is written at a desk.
WITH_PERSON = (REPORT, RETURN)
ALL = "all"
TABS = (ALL, LATE, TODAY, WEEK, MONTH, WAITING, HIDDEN)
BY = ("due", "village", "person")

AnyHead = Head | NeedHead | StepHead | OtherHead


Row = DueRow | NeedRow | StepRow | OtherRow


@dataclass
class Group:
    """Rows under one head: a time, a village or a person."""

    key: str
    words: str
    rows: list[Row] = field(default_factory=list)
    folded: list[Row] = field(default_factory=list)

    @property
    def fold_words(self) -> str:
        """ "Assessment 13 · Agreement 1": what the fold holds."""
        kinds = Counter(row.title for row in self.folded)
        return " · ".join(f"{kind} {count}" for kind, count in kinds.most_common())


@dataclass
class Ahead:
    """Lines that have time, by day: shown as one line that leads to their tab."""

    tab: str
    count: int
    days: list[tuple[date, int]]


@dataclass
class TodayPage:
    """One page of one tab."""

    tab: str
    by: str
    counts: dict[str, int]
    groups: list[Group]
    ahead: list[Ahead]
    number: int
    pages: int
    first: AnyHead | None

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in (*group.rows, *group.folded)]

    @property
    def seen(self) -> list[Person | UUID]:
        """For the log: a release without a file stands for its person."""
        return [
            one
            for row in self.rows
            for one in (row.seen if isinstance(row, OtherRow) else [row.person])
        ]

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None

    @property
    def words(self) -> str:
        return _("Page %(n)s of %(pages)s") % {"n": self.number, "pages": self.pages}


def page_of(
    user: User, day: date, *, tab: str, by: str, number: int, area: Area | None = None
) -> TodayPage:
    """Everything of the user's scope (or of one unit in it) on the day: one tab, one page."""
    heads = heads_of(user, day, area)
    counts = count_tabs(heads)
    shown = [head for head in heads if _is_in(head, tab)]
    order, label = _order(by, shown)
    shown.sort(key=order)
    pages = max(-(-len(shown) // PAGE), 1)
    number = min(max(number, 1), pages)
    part = shown[(number - 1) * PAGE : number * PAGE]
    groups = [
        Group(key, label(key), *rows) for key, *rows in _grouped(part, whole_rows(part, day), by)
    ]
    ahead = [_ahead(heads, state) for state in SOON_STATES] if tab == ALL else []
    upcoming = min((h for h in heads if h.state in SOON_STATES), key=_by_day, default=None)
    return TodayPage(
        tab, by, counts, groups, [a for a in ahead if a.count], number, pages, upcoming
    )


def heads_of(
    user: User, day: date, area: Area | None = None, *, until: date | None = None
) -> list[AnyHead]:
    """Duties, needs, steps and the rest of the scope, by day; seven queries.

    `until`: duties up to this day, where it lies behind this week and this month.
    """
    scope = Scope(user, day, area)
    if until is None or until <= max(week_end(day), month_end(day)):
        due = heads_of_scope(scope)
    else:
        due = heads_on(scope.of(DueItem), day, until=until)
    needs = need_heads(scope.ask("needs", lambda asked: open_needs(asked.of(Need), day)), day)
    steps, others, few = step_heads_on(scope), other_heads_on(scope), few_heads_on(scope)
    return sorted([*due, *needs, *steps, *others, *few], key=_by_day)


def count_tabs(heads: Sequence[AnyHead]) -> dict[str, int]:
    """All is the sum of what is late, for today, this week and this month."""
    found = Counter(_tab_of(head) for head in heads)
    counts = {tab: found[tab] for tab in TABS}
    counts[ALL] = sum(found[tab] for tab in (*NOW_STATES, *SOON_STATES))
    return counts


def number_now(user: User, day: date) -> int:
    """How many lines are overdue or for today, for the side bar of other pages."""
    counts = count_tabs(heads_of(user, day))
    return sum(counts[tab] for tab in NOW_STATES)


def _tab_of(head: AnyHead) -> str:
    return TODAY if head.state == QUIET else head.state


def _is_in(head: AnyHead, tab: str) -> bool:
    return _tab_of(head) in (NOW_STATES if tab == ALL else (tab,))


def _by_day(head: AnyHead) -> tuple[date, bool, str, int]:
    return head.due_on, not isinstance(head, Head), head.sort_key, head.person_id


def _order(
    by: str, heads: Sequence[AnyHead]
) -> tuple[Callable[[AnyHead], Any], Callable[[str], str]]:
    """How lines are sorted, and what stands over a group of them."""
    if by == "village":
        ids = {head.village_id for head in heads if head.village_id}
        names = {
            str(pk): name for pk, name in Area.objects.filter(pk__in=ids).values_list("pk", "name")
        }
        places = dict.fromkeys(sorted(names, key=lambda pk: names[pk]))
        rank = {pk: number for number, pk in enumerate(places)}
        return (
            lambda head: (rank.get(str(head.village_id), len(rank)), *_by_state(head)),
            lambda key: names.get(key, _("Without a village")),
        )
    if by == "person":
        return lambda head: (head.sort_key, head.person_id, *_by_state(head)), lambda key: ""
    return _by_state, lambda key: ""


def _by_state(head: AnyHead) -> tuple[object, ...]:
    """One order by date over all kinds of lines; paperwork stands folded behind them."""
    states = (LATE, TODAY, WEEK, MONTH, LATER, WAITING, HIDDEN)
    return states.index(_tab_of(head)), _is_paperwork(head), *_by_day(head)


def _is_paperwork(head: AnyHead) -> bool:
    """Done at a desk, without the person; among what waits or is hidden nothing is folded."""
    if head.state in (WAITING, HIDDEN) or isinstance(head, NeedHead):
        return False
    if isinstance(head, Head):
        return duties()[head.kind].at_desk
    if isinstance(head, OtherHead):
        return not lines()[head.kind].with_person
    return head.kind not in WITH_PERSON


def _grouped(
    heads: Sequence[AnyHead], rows: Sequence[Row], by: str
) -> list[tuple[str, list[Row], list[Row]]]:
    """Rows under their heads; by day the paperwork apart."""
    keys: dict[str, Callable[[AnyHead], str]] = {
        "village": lambda head: str(head.village_id or ""),
        "person": lambda head: str(head.person_id),
    }
    key = keys.get(by, _tab_of)
    found = []
    for name, pairs in groupby(zip(heads, rows, strict=True), key=lambda pair: key(pair[0])):
        parts: tuple[list[Row], list[Row]] = ([], [])
        for head, row in pairs:
            parts[by not in keys and _is_paperwork(head)].append(row)
        found.append((name, *parts))
    return found


def whole_rows(heads: Sequence[AnyHead], day: date) -> list[Row]:
    """Whole lines of the page: three queries, however many rows."""
    persons = persons_shown({head.person_id for head in heads if head.person_id}, day)
    risk_levels = {pk: level_of(person, day) for pk, person in persons.items()}
    due = [head for head in heads if isinstance(head, Head)]
    due_rows = rows_of(load(due, day), day, risk_levels)
    steps = [head for head in heads if isinstance(head, StepHead)]
    others = [head for head in heads if isinstance(head, OtherHead)]
    needs = [head for head in heads if isinstance(head, NeedHead)]
    kinds: dict[type, Iterator[Row]] = {
        Head: iter(due_rows),
        StepHead: iter(load_steps(steps, persons, risk_levels, day)),
        OtherHead: iter(load_others(others, persons, risk_levels, day)),
        NeedHead: iter(load_need_rows(needs, risk_levels, day)),
    }
    return [next(kinds[type(head)]) for head in heads]


def _ahead(heads: Sequence[AnyHead], state: str) -> Ahead:
    days = Counter(head.due_on for head in heads if head.state == state)
    return Ahead(state, days.total(), sorted(days.items()))
