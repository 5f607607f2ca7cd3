"""The ledger of a unit in a year: a line a programme, its months, what there was, what is left."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractMonth

from apps.accounts.models import User
from apps.areas.models import Area
from apps.areas.units import over, within
from apps.assistance.models import Budget, MonthClosing, Payment, Programme
from apps.assistance.querysets import unknown_on
from apps.core.money import yuan
from apps.core.text import month_text

MONTHS: Final = range(1, 13)


@dataclass
class YearLine:
    """One programme."""

    programme: Programme
    fen: dict[int, int] = field(default_factory=dict)
    rows: int = 0
    unknown: int = 0
    times: int = 0
    # Of reversals with a day in the year, of payments before it; below zero.
    before: int = 0
    budgets: list[Any] = field(default_factory=list)

    @property
    def months(self) -> list[str]:
        return [yuan(self.fen[month]) if month in self.fen else "" for month in MONTHS]

    @property
    def total(self) -> str:
        """Nothing where no amount is known: that is no 0."""
        return yuan(sum(self.fen.values())) if self.fen else ""

    @property
    def taken_back(self) -> str:
        """What reversals of the year take back of earlier years: no part of its budgets."""
        return yuan(-self.before) if self.before else ""

    @property
    def told_budgets(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Unit, what it has, what is left, what of that came back after the year, and which one it
        is where the unit became another: its own page puts it right.
        """
        for budget in self.budgets:
            came_back = yuan(budget.came_back) if budget.came_back else ""
            which = "" if budget.area.active else str(budget.public_id)
            yield str(budget.area), yuan(budget.amount_fen), yuan(budget.left), came_back, which


@dataclass(frozen=True)
class Month:
    name: str
    first: date
    closed: bool
    total: str


def lines_of(area: Area, year: int, user: User) -> list[YearLine]:
    """Of what the user may know; three queries."""
    found = {pk: YearLine(one) for pk, one in _programmes(user).items()}
    for row in _sums(area, year, user):
        line = found[row["programme"]]
        if row["fen"] is not None:
            line.fen[row["month"]] = row["fen"]
        line.rows += row["rows"]
        line.unknown += row["unknown"]
        line.times += row["times"]
        line.before += row["before"] or 0
    budgets = Budget.objects.visible_to(user).filter(within(area), year=year).with_spent()
    for budget in budgets.select_related("area").order_by("area__code", "pk"):
        found[budget.programme_id].budgets.append(budget)
    return [one for one in found.values() if one.rows or one.budgets]


def _programmes(user: User) -> dict[int, Programme]:
    rows = Programme.objects.known_to(user).order_by("kind", "code")
    return {row.pk: row for row in rows}


def _sums(area: Area, year: int, user: User) -> Any:
    """In whose ledger a payment stands does not change when the person moves."""
    rows = Payment.objects.known_to(user).filter(within(area, "office"), paid_on__year=year)
    return (
        rows.order_by()
        .values("programme", month=ExtractMonth("paid_on"))
        .annotate(
            fen=Sum("amount_fen"), times=Sum("times"), rows=Count("pk"),
            unknown=Count("pk", filter=unknown_on(date(year, 12, 31))),
            before=Sum("amount_fen", filter=Q(reverses__paid_on__lt=date(year, 1, 1))),
        )
    )  # fmt: skip


def _known(month: int, lines: list[YearLine]) -> str:
    amounts = [line.fen[month] for line in lines if month in line.fen]
    return yuan(sum(amounts)) if amounts else ""


def months_of(area: Area, year: int, lines: list[YearLine]) -> list[Month]:
    """With the sum of all programmes, and whether the unit, one that became it or one above it has
    closed it.
    """
    rows = MonthClosing.objects.filter(over(area), month__year=year)
    closed = set(rows.values_list("month__month", flat=True))
    return [
        Month(
            month_text(first := date(year, month, 1)), first, month in closed,
            _known(month, lines),
        )
        for month in MONTHS
    ]  # fmt: skip
