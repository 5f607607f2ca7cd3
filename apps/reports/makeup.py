"""Orders in force by measure and risk level: a table whose every number is a list."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.cases.models import Case
from apps.persons.figures import Period, Rows
from apps.reports.masking import masked_table
from apps.reports.order_kinds import ALL, COLUMNS, ROWS, with_level, words_of
from apps.reports.page import query


@dataclass(frozen=True)
class Part:
    """One cell, as a user may see it."""

    label: Any
    text: str
    url: str


def makeup_context(user: User, period: Period) -> dict[str, Any]:
    """The table for the template: exact in the own area, masked by persons for anybody else."""
    orders = _counted(period)
    hidden = set() if user.sees_cases else _hidden(_persons(period))
    rows = [
        (words_of(level), [
            _part(user, period, orders, measure, level, (row, column) in hidden)
            for column, measure in enumerate(COLUMNS)
        ])
        for row, level in enumerate(ROWS)
    ]  # fmt: skip
    return {"makeup": rows, "makeup_heads": [words_of(code) for code in COLUMNS]}


Counts = Counter[tuple[str, str]]


def _places(measure: str, level: str) -> list[tuple[str, str]]:
    """The cell and the sums that an order is counted in."""
    return [(m, one) for m in (measure, ALL) for one in (level, ALL)]


def _counted(period: Period) -> Counts:
    """Orders of each cell and sum; one query."""
    found = _orders(period).values("measure", "level").annotate(n=Count("pk"))
    counts = Counts()
    for row in found:
        for place in _places(row["measure"], row["level"]):
            counts[place] += row["n"]
    return counts


def _orders(period: Period) -> Rows:
    rows = period.here(Case.objects.all()).in_force_on(period.as_at)
    return with_level(rows, period).order_by()


def _persons(period: Period) -> Counts:
    """Persons behind each cell and sum: who has two orders, as in merged files, is one."""
    rows = _orders(period)
    behind: dict[tuple[str, str], set[int]] = defaultdict(set)
    for measure, level, person in rows.values_list("measure", "level", rows.person_here):
        for place in _places(measure, level):
            behind[place].add(person)
    return Counts({place: len(persons) for place, persons in behind.items()})


def _hidden(persons: Counts) -> set[tuple[int, int]]:
    """What is not told: every row and every column tells its own sum."""
    table = [[persons[measure, level] for measure in COLUMNS] for level in ROWS]
    return masked_table(table, [range(len(COLUMNS))])


def _part(
    user: User, period: Period, orders: Counts, measure: str, level: str, masked: bool
) -> Part:  # fmt: skip
    number = orders[measure, level]
    url = ""
    if user.sees_cases and number:
        url = f"{reverse('reports:cases_in_force')}?{query(period)}&kind={measure}-{level}"
    return Part(words_of(measure), _("not shown") if masked else f"{number:,}", url)
