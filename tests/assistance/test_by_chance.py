"""Any grants, payments, reversals and closings, while persons move, files merge and a town becomes
another: ledger, budgets and figures agree to the fen.

Half of the payments go through the service, half are rows written past it. `make soak` tries more.
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
from apps.areas.models import Area, place_ids
from apps.areas.services import merge_areas
from apps.assistance.figures import ASSISTANCE_PERSONS, YUAN, by_kind
from apps.assistance.models import Assistance, AssistanceStep, Budget, MonthClosing, Payment
from apps.assistance.services import close_month, reverse_payment, set_budget
from apps.assistance.year import lines_of
from apps.core.refusals import Refused
from apps.persons.figures import Period
from apps.persons.models import Merge
from apps.persons.services import undo_merge
from apps.persons.services.moving import move_person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHANG, WENCHENG, area
from tests.factories.assistance import approved, paid
from tests.factories.persons import merged_into

pytestmark = pytest.mark.django_db
SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
LEDGERS, ACTS = (400, 50) if SOAK else (12, 15)
FIRST = date(2024, 1, 1)
NOW = "2024-06-10T10:00:00+08:00"
DAYS = st.integers(0, 190).map(lambda n: FIRST + timedelta(days=n))
FEN = st.sampled_from([1, 99, 10_000, 33_333, None])
UNITS = st.sampled_from([JIAJI, WANQUAN, WENCHENG])
COUNTIES = (QIONGHAI, WENCHANG)
WHICH = st.integers(0, 3)


class Ledgers(RuleBasedStateMachine):
    """Two helps of a programme each, of four persons of one town."""

    boss: User
    bosses: dict[str, User]
    records: User
    clock: Any
    helps: list[Assistance]
    done = 0

    def __init__(self) -> None:
        super().__init__()
        self.clock.move_to(NOW)
        self.savepoint = transaction.savepoint()
        # What the months were when they were closed, by unit.
        self.kept: dict[tuple[int, date], int] = {}

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def attempt(self, act: Any) -> None:
        try:
            with transaction.atomic():
                act()
            type(self).done += 1
        except (Refused, IntegrityError):
            pass

    def help_of(self, which: int) -> Assistance:
        rows = Assistance.objects.select_related("person", "programme", "town")
        return rows.get(pk=self.helps[which].pk)

    @rule(which=WHICH, day=DAYS, fen=FEN)
    def paid(self, which: int, day: date, fen: int | None) -> None:
        one = self.help_of(which)
        by = self.bosses[one.person.county.code]
        self.attempt(lambda: paid(one, fen, by=by, paid_on=day))

    @rule(which=WHICH, day=DAYS, fen=FEN)
    def written_past(self, which: int, day: date, fen: int | None) -> None:
        one = self.help_of(which)
        row = Payment(
            assistance=one, person=one.person, programme=one.programme, office=one.town,
            paid_on=day, month_first=day, month_last=day, amount_fen=fen, times=1, how="bank",
            receipt="none", recorded_by=self.boss, **place_ids(one),
        )  # fmt: skip
        self.attempt(row.save)

    @rule(which=st.integers(0, 30), day=DAYS, off=st.sampled_from([0, 0, 0, 1]))
    def reversed_(self, which: int, day: date, off: int) -> None:
        rows = list(Payment.objects.select_related("office__parent").order_by("pk"))
        if not rows:
            return
        row = rows[which % len(rows)]
        by = self.bosses[row.office.code[:6]]
        if off:
            row.amount_fen = (row.amount_fen or 0) + off
        self.attempt(
            lambda: reverse_payment(
                payment=row, by=by, client_uuid=uuid4(), on=day, reason="金额记错"
            )
        )

    @rule(which=WHICH, code=UNITS, later=st.integers(0, 20))
    def moved(self, which: int, code: str, later: int) -> None:
        """After some days, with all that is on file."""
        self.clock.shift(timedelta(days=later))
        person = self.help_of(which).person
        system = User.objects.system()
        self.attempt(lambda: move_person(person=person, area=area(code), by=system))

    @rule(kept=WHICH, merged=WHICH)
    def two_files_are_one(self, kept: int, merged: int) -> None:
        """The other one is brought to where this one is first."""
        person, other = (self.help_of(which).person for which in (kept, merged))
        if person == other:
            return

        def merge() -> None:
            there = person.village or person.town or person.county
            brought = move_person(person=other, area=there, by=User.objects.system())
            merged_into(person, brought, self.records)

        self.attempt(merge)

    @rule()
    def two_again(self) -> None:
        merge = Merge.objects.standing().order_by("-pk").first()
        if merge is not None:
            self.attempt(lambda: undo_merge(merge=merge, by=self.records, reason="两个人"))

    @rule(which=WHICH, fen=st.sampled_from([50, 20_000, 40_000]), code=UNITS, town=st.booleans())
    def budgeted(self, which: int, fen: int, code: str, town: bool) -> None:
        unit = area(code) if town else area(code[:6])
        programme = self.helps[which].programme
        self.attempt(
            lambda: set_budget(programme=programme, area=unit, year=2024, amount_fen=fen,
                               by=self.bosses[code[:6]])
        )  # fmt: skip

    @rule(month=st.integers(1, 5), code=UNITS, town=st.booleans())
    def closed(self, month: int, code: str, town: bool) -> None:
        unit, first = area(code) if town else area(code[:6]), date(2024, month, 1)
        by = self.bosses[code[:6]]
        self.attempt(lambda: close_month(area=unit, month=first, by=by))
        if MonthClosing.objects.filter(area=unit, month=first).exists():
            self.kept.setdefault((unit.pk, first), self.sum_of(unit.pk, first))

    @rule()
    def one_town_became_the_other(self) -> None:
        """Its months stay closed in the ledger of the other one, which is that of both now."""
        old, heir = area(JIAJI), area(WANQUAN)
        if not old.active:
            return
        self.attempt(lambda: merge_areas(area=old, into=heir, by=User.objects.system()))
        for unit, month in list(self.kept):
            if unit in (old.pk, heir.pk):
                self.kept[heir.pk, month] = self.sum_of(heir.pk, month)

    def sum_of(self, unit: int, month: date) -> int:
        rows = Payment.objects.filter(
            office__lineage__contains=[unit], paid_on__year=month.year, paid_on__month=month.month
        )
        return sum(row.amount_fen or 0 for row in rows.order_by("pk"))

    @invariant()
    def all_of_it_agrees(self) -> None:
        rows = list(Payment.objects.select_related("office", "assistance").order_by("pk"))
        whole = sum(row.amount_fen or 0 for row in rows)
        assert sum(self.county_agrees(code, rows) for code in COUNTIES) == whole
        island = Period(area("46"), FIRST, date(2024, 12, 31), date(2024, 12, 31))
        assert YUAN.measure(island).numerator == whole
        gone = {row.reverses_id for row in rows}
        standing = {row.person_id for row in rows if not row.reverses_id and row.pk not in gone}
        assert ASSISTANCE_PERSONS.measure(island).numerator == len(standing)
        for budget in Budget.objects.with_spent().order_by("pk"):
            assert budget.spent == sum(
                row.amount_fen or 0 for row in rows if row.budget_id == budget.pk
            )
            assert budget.left >= 0
        for (unit, month), fen in self.kept.items():
            assert self.sum_of(unit, month) == fen
        self.each_reversal_is_whole(rows)
        self.each_row_is_where_its_person_is()

    def county_agrees(self, code: str, rows: list[Payment]) -> int:
        """Figure, kinds and ledger say what the rows of its offices sum to."""
        here = sum(row.amount_fen or 0 for row in rows if row.office.code.startswith(code))
        unit: Area = area(code)
        period = Period(unit, FIRST, date(2024, 12, 31), date(2024, 12, 31))
        assert YUAN.measure(period).numerator == here
        assert sum(row["fen"] for row in by_kind(period)) == here
        lines = lines_of(unit, 2024, self.bosses[code])
        assert sum(sum(line.fen.values()) for line in lines) == here
        return here

    def each_row_is_where_its_person_is(self) -> None:
        helps = Assistance.objects.select_related("person").order_by("pk")
        places = {row.pk: (row.person_id, place_ids(row.person)) for row in helps}
        assert len(places) == len(self.helps)
        for one in helps:
            assert place_ids(one) == place_ids(one.person)
            assert one.person.merged_into_id is None
        for model in (Payment, AssistanceStep):
            for row in model._default_manager.order_by("pk"):
                assert (row.person_id, place_ids(row)) == places[row.assistance_id]

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
    with time_machine.travel(NOW, tick=False) as moment:
        bosses = {code: UserFactory(county_supervisor=True, area=area(code)) for code in COUNTIES}
        boss = bosses[QIONGHAI]
        helps = [approved(code, found_on=FIRST, by=boss) for code in ("relief", "living") * 2]
        for one in helps:  # something to reverse, and to move with somebody, in every sequence
            paid(one, 12_345, by=boss, paid_on=FIRST)

        class Machine(Ledgers):
            pass

        Machine.boss, Machine.bosses, Machine.helps = boss, bosses, helps
        Machine.clock, Machine.records = moment, UserFactory(records_admin=True, area=area("46"))
        run = settings(max_examples=LEDGERS, stateful_step_count=ACTS, deadline=None, database=None)
        seed(1)(run_state_machine_as_test)(Machine, settings=run)
        assert Machine.done > LEDGERS
