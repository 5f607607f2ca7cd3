"""Whole lives of orders, driven by chance over the real database (make soak drives many more).

Every act is tried on any day, in any order: the services refuse what the law does not know, and
after each one the same things hold.
"""

import os
import sys
from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.db.models import F, Q
from hypothesis import seed, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from apps.accounts.models import User
from apps.approvals.models import Proposal
from apps.approvals.services import approve, reject
from apps.areas.models import Area
from apps.breaches.models import Breach
from apps.breaches.services import hear_person, record_breach, revoke_breach, withdraw_breach
from apps.cases import services
from apps.cases.codes import CaseState, ClosureReason, Ground, Reply
from apps.cases.current_order import state_of
from apps.cases.models import Case, Leave, PoliceReport, Suspension
from apps.core.refusals import Refused
from apps.persons.models import Assignment, Person
from apps.persons.services import assign_worker, end_assignment
from apps.schedule.models import DueItem
from apps.transfers.models import Transfer
from apps.transfers.services import (
    accept_transfer,
    ask_transfer,
    cancel_transfer,
    hand_over,
    record_arrival,
)
from apps.workbench.order_lines import StepHead
from apps.workbench.today import heads_of
from tests.cases.states import state_by_sources
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.persons import VILLAGE, PersonFactory

SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
# A part is one transaction: a long one leaves the database ever more dead rows to pass over.
PARTS, LIVES, STEPS = (40, 50, 50) if SOAK else (1, 20, 20)
START = date(2022, 3, 1)
STATES = list(CaseState)
DONE = (CaseState.TERMINATED, CaseState.RELEASED, CaseState.AFTERCARE, CaseState.ABSTINENT)
RUNNING = (
    CaseState.ACTIVE, CaseState.ON_LEAVE, CaseState.SUSPENDED, CaseState.POLICE,
    CaseState.TRANSFERRING,
)  # fmt: skip
near, ahead = st.integers(-20, 3), st.integers(0, 40)
ORDER = {
    "sqjd": st.booleans(), "months": st.sampled_from([12, 24, 36]), "received": st.none() | near,
    "reported": st.booleans(),
}  # fmt: skip


def after(*acts: Any) -> Any:
    """What is tried only when one of the acts was done once: steps are not spent on nothing."""
    names = {act.__name__ for act in acts}
    return precondition(lambda self: not names.isdisjoint(self.done))


class Lives(RuleBasedStateMachine):
    """One person, a worker and a supervisor; the clock moves between the acts."""

    worker: User
    boss: User
    person_id: int
    places: tuple[Area, Area]
    tally: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.day, self.steps, self.changed = START, 0, True
        self.done: set[str] = set()
        self.tally["lives"] += 1
        self.clock: Any = None
        self._set_clock()

    def teardown(self) -> None:
        self.clock.stop()
        transaction.savepoint_rollback(self.savepoint)

    def _set_clock(self) -> None:
        if self.clock:
            self.clock.stop()
        self.clock = time_machine.travel(f"{self.day.isoformat()}T10:00:00+08:00", tick=False)
        self.clock.start()

    def attempt(self, act: Any, **facts: Any) -> None:
        """What the rules refuse leaves no trace."""
        try:
            with transaction.atomic():
                act(**facts)
            self.changed = True
            self.done.add(act.__name__)
            self.tally["acts done"] += 1
        except Refused:
            self.tally["acts refused"] += 1

    @property
    def person(self) -> Person:
        return Person.objects.get(pk=self.person_id)

    @property
    def case(self) -> Case | None:
        return Case.objects.filter(person_id=self.person_id).order_by("-pk").first()

    def on(self, days: int) -> date:
        return self.day + timedelta(days=days)

    def act_on_case(self, act: Any, **facts: Any) -> None:
        if case := self.case:
            self.attempt(act, case=case, **facts)

    def act_on_last(self, model: Any, name: str, act: Any, **facts: Any) -> None:
        if row := model.objects.filter(person_id=self.person_id).order_by("-pk").first():
            self.attempt(act, **{name: row}, **facts)

    @rule(days=st.sampled_from([1, 3, 9, 16, 40, 200, 366]))
    def time_passes(self, days: int) -> None:
        self.day += timedelta(days=days)
        self.changed = True
        self._set_clock()

    @initialize(**ORDER)
    def the_first_order(self, **facts: Any) -> None:
        self.an_order(**facts)

    @after(services.close_case, services.release_case, services.set_end)
    @rule(**ORDER)
    def an_order(self, sqjd: bool, months: int, received: int | None, reported: bool) -> None:
        case = self.case
        if case is None or case.closed_on is not None:
            decided = self.on(-25)
            self.attempt(
                services.open_case, by=self.boss, person=self.person, decided_on=decided,
                measure="SQJD" if sqjd else "SQKF", term_months=36 if sqjd else months,
                received_on=None if received is None else self.on(received),
                reported_on=self.day if reported else None,
                agreement_on=self.day if reported else None,
            )  # fmt: skip

    @rule(days=near, why=st.sampled_from(["", "住院"]))
    def a_report(self, days: int, why: str) -> None:
        self.act_on_case(services.record_report, by=self.worker, on=self.on(days), late_reason=why)

    @rule(days=near)
    def an_agreement(self, days: int) -> None:
        self.act_on_case(services.sign_agreement, by=self.worker, on=self.on(days))
        self.act_on_case(services.record_plan, by=self.worker, on=self.on(days))

    @rule(first=st.integers(-20, 9), length=st.integers(-1, 40), written=st.booleans())
    def a_leave(self, first: int, length: int, written: bool) -> None:
        self.act_on_case(
            services.report_leave, by=self.worker, starts_on=self.on(first),
            until_on=self.on(first + length), destination="三亚",
            reported_in_writing_on=self.day if written else None,
        )  # fmt: skip

    @after(services.report_leave)
    @rule(days=ahead, what=st.sampled_from(["extend", "return", "withdraw"]))
    def a_leave_goes_on_or_ends(self, days: int, what: str) -> None:
        facts: dict[str, tuple[Any, dict[str, Any]]] = {
            "extend": (services.extend_leave, {"until_on": self.on(days)}),
            "return": (services.record_return, {"on": self.on(-days)}),
            "withdraw": (services.withdraw_leave, {"reason": "没有去"}),
        }
        act, more = facts[what]
        self.act_on_last(Leave, "leave", act, by=self.worker, **more)

    @rule(days=near, what=st.sampled_from(["held", "free", "was not held"]))
    def held_or_free(self, days: int, what: str) -> None:
        if what == "was not held":
            self.act_on_last(
                Suspension, "suspension", services.withdraw_suspension, by=self.boss, reason="误录"
            )
        elif what == "free":
            self.act_on_last(
                Suspension, "suspension", services.resume_case, by=self.boss, on=self.on(days)
            )
        else:
            self.act_on_case(
                services.suspend_case, by=self.boss, starts_on=self.on(days), reason="arrested"
            )

    @rule(days=st.integers(-40, 900))
    def a_paper_sets_the_end(self, days: int) -> None:
        self.act_on_case(
            services.set_end, by=self.boss, end_on=self.on(days), number="9", paper_on=self.day
        )

    @rule(ground=st.sampled_from(Ground.values), days=near)
    def a_report_to_the_police(self, ground: str, days: int) -> None:
        self.act_on_case(
            services.propose_police_report, by=self.worker, ground=ground, facts="事实",
            heard="陈述", happened_on=self.on(days),
        )  # fmt: skip

    @after(
        services.propose_police_report, services.propose_end_of_control, record_breach, ask_transfer
    )
    @rule(yes=st.booleans())
    def a_decision(self, yes: bool) -> None:
        proposal = Proposal.objects.waiting().filter(person_id=self.person_id).first()
        if proposal is not None:
            facts = {"proposal": proposal, "by": self.boss}
            self.attempt(approve, **facts) if yes else self.attempt(reject, reason="不符", **facts)

    @after(services.propose_police_report)
    @rule(outcome=st.sampled_from(Reply.values), days=near)
    def the_police_reply(self, outcome: str, days: int) -> None:
        self.act_on_last(
            PoliceReport, "report", services.record_reply, by=self.boss, on=self.on(days),
            outcome=outcome, number="7",
        )  # fmt: skip

    @rule(told=near)
    def a_notice_of_release(self, told: int) -> None:
        self.act_on_case(
            services.release_case, by=self.boss, number="3", notice_on=self.on(told - 1),
            told_on=self.on(told),
        )  # fmt: skip
        self.act_on_case(services.propose_end_of_control, by=self.worker)

    @rule(reason=st.sampled_from(ClosureReason.values), days=near, rarely=st.integers(0, 3))
    def an_early_end(self, reason: str, days: int, rarely: int) -> None:
        if not rarely and reason != ClosureReason.DECEASED:
            self.act_on_case(services.close_case, by=self.boss, reason=reason, on=self.on(days))

    @rule(what=st.sampled_from(["here", "there", "received"]), days=near)
    def a_correction(self, what: str, days: int) -> None:
        facts = {
            "here": {"area": self.places[0]},
            "there": {"area": self.places[1]},
            "received": {"received_on": self.on(days), "reason": "录入有误"},
        }
        self.act_on_case(services.correct_case, by=self.boss, **facts[what])

    @rule(leaves=st.booleans(), days=near)
    def a_worker_comes_or_leaves(self, leaves: bool, days: int) -> None:
        running = Assignment.objects.filter(person_id=self.person_id).responsible()
        assignment = running.current_on(self.day).first()
        if leaves and assignment is not None:
            self.attempt(end_assignment, assignment=assignment, by=self.boss, on=self.on(days))
        elif not leaves:
            self.attempt(
                assign_worker, persons=[self.person], worker=self.worker, by=self.boss,
                on=self.day,
            )  # fmt: skip

    @rule(
        kind=st.sampled_from(["test_refused", "test_evaded", "left", "other"]), days=near,
        length=st.integers(0, 12),
    )  # fmt: skip
    def a_breach(self, kind: str, days: int, length: int) -> None:
        self.act_on_case(
            record_breach, by=self.worker, client_uuid=uuid4(), kind=kind, facts="拒绝检测",
            on=self.on(days - length), until=self.on(days) if kind == "left" else None,
        )  # fmt: skip
        self.act_on_last(
            Breach, "breach", hear_person, by=self.worker, on=self.day, said="在医院里"
        )

    @after(record_breach)
    @rule(what=st.sampled_from(["withdraw", "revoke"]))
    def a_breach_is_taken_back(self, what: str) -> None:
        act = withdraw_breach if what == "withdraw" else revoke_breach
        self.act_on_last(Breach, "breach", act, by=self.boss, reason="事实不清")

    @rule(there=st.booleans())
    def a_transfer(self, there: bool) -> None:
        self.act_on_case(
            ask_transfer, by=self.worker, client_uuid=uuid4(), area=self.places[there],
            on=self.day, reason="在当地务工",
        )  # fmt: skip
        self.act_on_last(Transfer, "transfer", hand_over, by=self.boss)

    @after(ask_transfer)
    @rule(what=st.sampled_from(["accept", "cancel", "arrive"]))
    def a_transfer_goes_on_or_back(self, what: str) -> None:
        acts: dict[str, tuple[Any, dict[str, Any]]] = {
            "accept": (accept_transfer, {}),
            "cancel": (cancel_transfer, {"reason": "不去了"}),
            "arrive": (record_arrival, {"on": self.day}),
        }
        act, more = acts[what]
        self.act_on_last(Transfer, "transfer", act, by=self.boss, **more)

    @invariant()
    def all_holds_after_what_was_changed(self) -> None:
        """A step that was refused has left everything as it was."""
        self.tally["steps"] += 1
        if self.changed:
            self.tally["times all was compared"] += 1
            self.one_state_the_same_in_both_places()
            self.one_unit_and_one_worker_or_one_place_in_its_queue()
            self.no_duty_outside_the_term()
            self.counters_equal_the_confirmed_events()
        self.changed = False

    def one_state_the_same_in_both_places(self) -> None:
        case = self.case
        if case is None:
            return
        self.steps += 1
        rows = Case.objects.filter(pk=case.pk)
        shown = state_of(rows.with_absence_on(self.day).get(), self.day)
        assert rows.in_state_on(shown, self.day).exists()
        if self.steps % 3 == 0:
            self.the_same_on_another_day(case, STATES[self.steps // 3 % len(STATES)])

    def the_same_on_another_day(self, case: Case, other: CaseState) -> None:
        """As at a past day too, by each way of asking, and in no other state."""
        day = self.on(-45)
        rows = Case.objects.filter(pk=case.pk)
        known = rows.with_absence_on(day).get()
        shown, use = state_of(known, day), known.last_use_on
        assert state_by_sources(known, day, use) == shown
        assert rows.in_state_on(shown, day).exists()
        assert other == shown or not rows.in_state_on(other, day).exists()

    def one_unit_and_one_worker_or_one_place_in_its_queue(self) -> None:
        for case in Case.objects.filter(person_id=self.person_id).open_on(self.day).order_by("pk"):
            assert case.county_id
            assert case.town_id
            rows = Assignment.objects.filter(person_id=self.person_id).responsible()
            workers = rows.current_on(self.day).count()
            open_cases = Case.objects.in_area(case.town).open_on(self.day)
            queued = open_cases.not_assigned_on(self.day).filter(pk=case.pk).count()
            assert workers + queued == 1

    def counters_equal_the_confirmed_events(self) -> None:
        """条例 art. 20: nothing counts but what was heard and confirmed by a named officer."""
        rows = Breach.objects.filter(person_id=self.person_id)
        for case_id, counters in rows.counters().items():
            events = [row for row in rows if row.case_id == case_id and row.decision == "confirmed"]
            assert all(row.heard_on and row.decided_by_id for row in events)
            tests = [row for row in events if row.kind in ("test_refused", "test_evaded")]
            assert len(counters.tests) == len(tests)
            away = [row for row in events if row.kind == "left"]
            days = {row.starts_on + timedelta(days=n) for row in away for n in range(spread(row))}
            held = Suspension.objects.valid().filter(case_id=case_id)
            for first, last in held.order_by("pk").values_list("starts_on", "ended_on"):
                days = {day for day in days if not first <= day <= (last or date.max)}
            assert counters.days == len(days)
            assert len(counters.leaves) <= sum(day - timedelta(days=1) not in days for day in days)

    def no_duty_outside_the_term(self) -> None:
        items = DueItem.objects.filter(person_id=self.person_id)
        outside = Q(due_on__gt=F("case__duties_end_on")) | Q(due_on__lt=F("case__in_force_from"))
        assert not items.effective().filter(outside).exists()
        case = self.case
        if case is None:
            return
        shown = state_of(Case.objects.with_absence_on(self.day).get(pk=case.pk), self.day)
        assert shown in RUNNING or not items.standing_on(self.day).filter(case=case).exists()
        if shown in DONE:
            heads = heads_of(self.boss, self.day)
            steps = [head.step for head in heads if isinstance(head, StepHead)]
            assert set(steps) <= {"end-control"}


def spread(row: Breach) -> int:
    return (row.ends_on - row.starts_on).days + 1


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_lives_stay_legal_whatever_is_tried_in_whatever_order(part: int) -> None:
    Lives.worker, Lives.boss = UserFactory(), UserFactory(county_supervisor=True)
    Lives.person_id = PersonFactory().pk
    Lives.places = (area(VILLAGE), area(WANQUAN))
    Lives.tally = Counter()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        seed(part)(Lives), settings=settings(max_examples=LIVES, stateful_step_count=STEPS)
    )
    sys.stdout.write(f"part {part}: {dict(Lives.tally)}\n")
