"""Any grants, payments, reversals and closings: ledger, budgets and figures agree to the fen.

Half of the tries go through the services, half are rows written past them. `make soak` tries more.
"""

import os
from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from hypothesis import seed, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.assistance.figures import YUAN, by_kind
from apps.assistance.models import Assistance, Budget, MonthClosing, Payment
from apps.assistance.services import close_month, reverse_payment, set_budget
from apps.assistance.year import lines_of
from apps.core.refusals import Refused
from apps.persons.figures import Period
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.assistance import approved, paid

pytestmark = pytest.mark.django_db
SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
LEDGERS, ACTS = (400, 50) if SOAK else (12, 15)
FIRST = date(2024, 1, 1)
DAYS = st.integers(0, 160).map(lambda n: FIRST + timedelta(days=n))
FEN = st.sampled_from([1, 99, 10_000, 33_333, None])


class Ledgers(RuleBasedStateMachine):
    """Two helps of a programme each, in one town."""

    boss: User
    helps: list[Assistance]
    done = 0

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def attempt(self, act: Any) -> None:
        try:
            with transaction.atomic():
                act()
            type(self).done += 1
        except (Refused, IntegrityError):
            pass

    @rule(which=st.integers(0, 3), day=DAYS, fen=FEN)
    def paid(self, which: int, day: date, fen: int | None) -> None:
        self.attempt(lambda: paid(self.helps[which], fen, by=self.boss, paid_on=day))

    @rule(which=st.integers(0, 3), day=DAYS, fen=FEN)
    def written_past(self, which: int, day: date, fen: int | None) -> None:
        one = self.helps[which]
        row = Payment(
            assistance=one, person=one.person, programme=one.programme, office=one.town,
            paid_on=day, month_first=day, month_last=day, amount_fen=fen, times=1, how="bank",
            receipt="none", recorded_by=self.boss, **place_ids(one),
        )  # fmt: skip
        self.attempt(row.save)

    @rule(which=st.integers(0, 30), day=DAYS, off=st.sampled_from([0, 0, 0, 1]))
    def reversed_(self, which: int, day: date, off: int) -> None:
        rows = list(Payment.objects.order_by("pk"))
        if not rows:
            return
        row = rows[which % len(rows)]
        if off:
            row.amount_fen = (row.amount_fen or 0) + off
        self.attempt(
            lambda: reverse_payment(
                payment=row, by=self.boss, client_uuid=uuid4(), on=day, reason="金额记错"
            )
        )

    @rule(which=st.integers(0, 3), fen=st.sampled_from([50, 20_000, 40_000]), town=st.booleans())
    def budgeted(self, which: int, fen: int, town: bool) -> None:
        unit = area() if town else area(QIONGHAI)
        programme = self.helps[which].programme
        self.attempt(
            lambda: set_budget(programme=programme, area=unit, year=2024, amount_fen=fen,
                               by=self.boss)
        )  # fmt: skip

    @rule(month=st.integers(1, 5), town=st.booleans())
    def closed(self, month: int, town: bool) -> None:
        unit = area() if town else area(QIONGHAI)
        self.attempt(lambda: close_month(area=unit, month=date(2024, month, 1), by=self.boss))
        self.kept = getattr(self, "kept", {}) | {
            row.month: self.sum_of(row.month) for row in MonthClosing.objects.order_by("pk")
            if row.month not in getattr(self, "kept", {})
        }  # fmt: skip

    def sum_of(self, month: date) -> int:
        rows = Payment.objects.filter(paid_on__year=month.year, paid_on__month=month.month)
        return sum(row.amount_fen or 0 for row in rows.order_by("pk"))

    @invariant()
    def all_of_it_agrees(self) -> None:
        rows = list(Payment.objects.order_by("pk"))
        whole = sum(row.amount_fen or 0 for row in rows)
        period = Period(area(QIONGHAI), FIRST, date(2024, 12, 31), date(2024, 12, 31))
        assert YUAN.measure(period).numerator == whole
        assert sum(row["fen"] for row in by_kind(period)) == whole
        lines = lines_of(area(QIONGHAI), 2024, self.boss)
        assert sum(sum(line.fen.values()) for line in lines) == whole
        for budget in Budget.objects.with_spent().order_by("pk"):
            assert budget.spent == sum(
                row.amount_fen or 0 for row in rows if row.budget_id == budget.pk
            )
            assert budget.left >= 0
        for month, fen in getattr(self, "kept", {}).items():
            assert self.sum_of(month) == fen
        self.each_reversal_is_whole(rows)

    def each_reversal_is_whole(self, rows: list[Payment]) -> None:
        known = {row.pk: row for row in rows}
        taken: dict[int, int] = defaultdict(int)
        for row in rows:
            if row.reverses_id:
                before = known[row.reverses_id]
                taken[before.pk] += 1
                assert (row.amount_fen or 0) == -(before.amount_fen or 0)
                assert before.reverses_id is None
        assert set(taken.values()) <= {1}


def test_ledger_budgets_and_figures_agree_to_the_fen() -> None:
    with time_machine.travel("2024-06-10T10:00:00+08:00", tick=False):
        boss = UserFactory(county_supervisor=True)
        helps = [approved(code, found_on=FIRST) for code in ("relief", "living") * 2]

        class Machine(Ledgers):
            pass

        Machine.boss, Machine.helps = boss, helps
        run = settings(max_examples=LEDGERS, stateful_step_count=ACTS, deadline=None, database=None)
        seed(1)(run_state_machine_as_test)(Machine, settings=run)
        assert Machine.done > LEDGERS
