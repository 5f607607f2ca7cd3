"""Dossiers driven by chance over the real database (make soak drives many more).

Half of the tries go through the service, half are rows written past it: whoever writes, no step
stands out of order. What is legal is told here once more, in other words than `chain.py`.
"""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import seed, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from apps.cases.models import Case
from apps.core.days import local_day
from apps.core.refusals import Refused
from apps.drugtests.chain import RESULTS, RULES, SENDINGS, TELLINGS, StepKind as S, UnfitWhy
from apps.drugtests.codes import Result, Sample
from apps.drugtests.dossiers import record_step, take_back_step
from apps.drugtests.models import Dossier, DrugTest, Step
from apps.organisations.models import Organisation
from tests.drugtests.ways import lab_test, laboratory, next_steps, step

pytestmark = pytest.mark.django_db
SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
PARTS, DOSSIERS, STEPS = (20, 100, 50) if SOAK else (1, 50, 20)
DAY = date(2024, 5, 6)
USUAL = (
    S.SCREENED, S.SEALED, S.STORED, S.TOLD, S.SENT, S.RECEIVED, S.ANALYSED, S.LAB_TOLD,
    S.LAB_OBJECTED, S.LAB_ANSWERED, S.B_SENT, S.B_RECEIVED, S.RETESTED, S.RETEST_TOLD,
)  # fmt: skip
FACTS = {
    "result": st.sampled_from(Result.values), "answer": st.sampled_from(["granted", "denied"]),
    "decision": st.sampled_from(["confirmed", "cleared"]), "intact": st.integers(0, 3).map(bool),
    "minutes": st.sampled_from([-90, 1, 1, 30]), "lab": st.integers(0, 1),
    "alone": st.integers(0, 9), "unfit": st.sampled_from(UnfitWhy.values),
    "bottle": st.sampled_from(["", "", "", "A", "B"]),
}  # fmt: skip


class Dossiers(RuleBasedStateMachine):
    """One sample; the clock moves between the steps."""

    case: Case
    labs: tuple[Organisation, Organisation]
    tally: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.clock = time_machine.travel("2024-05-06T10:00:00+08:00", tick=False)
        self.moment = self.clock.start()
        kind = ("on_site", "laboratory", "on_site", "screening")[self.tally["dossiers"] % 4]
        hair = self.tally["dossiers"] % 5 in (1, 2) and kind != "screening"
        sample = Sample.HAIR if hair else Sample.URINE
        result = ("", "", "positive", "negative", "")[self.tally["dossiers"] % 5]
        self.test: DrugTest = lab_test(
            self.case.person, DAY, by=self.tally_by, kind=kind, sample=sample,
            result="" if kind == "laboratory" else result,
        )  # fmt: skip
        self.tally["dossiers"] += 1

    tally_by: Any = None
    # A row written past the service: what waits is known again with the next step.
    went_past = False

    def teardown(self) -> None:
        self.clock.stop()
        transaction.savepoint_rollback(self.savepoint)

    @property
    def standing(self) -> list[Step]:
        rows = Step.objects.filter(dossier__test=self.test, withdrawn_at=None)
        return list(rows.order_by("at", "pk"))

    def facts(self, kind: str, given: dict[str, Any]) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "by_name": "周晓岚", "second_name": "" if given["alone"] == 0 else "符丽",
            "bottle": given["bottle"],
        }  # fmt: skip
        if kind in RESULTS:
            facts["result"] = given["result"]
        if kind in TELLINGS:
            facts["place_words"] = "in_person"
        if kind in (S.ANSWERED, S.LAB_ANSWERED):
            facts["answer"] = given["answer"]
        if kind == S.DECIDED:
            facts["answer"] = given["decision"]
        if kind in SENDINGS:
            facts["body"] = self.labs[given["lab"]]
        if kind in (S.RECEIVED, S.B_RECEIVED):
            facts["seal_intact"] = given["intact"]
        if kind == S.UNFIT:
            facts["unfit_why"] = given["unfit"]
        return facts

    def attempt(self, act: Any) -> None:
        try:
            with transaction.atomic():
                act()
            self.tally["done"] += 1
            self.went_past = False
        except (Refused, IntegrityError):
            self.tally["refused"] += 1

    @initialize(far=st.integers(0, 14))
    def begun(self, far: int) -> None:
        """What chance alone would seldom reach: some way of the usual one."""
        usual = [kind for kind in USUAL if kind not in RULES or self.test.kind in RULES[kind].of]
        for kind in usual[:far]:
            self.attempt(partial(step, self.test, kind, timezone.now()))

    @rule(which=st.integers(0, 20), **FACTS)
    def on_its_way(self, which: int, **given: Any) -> None:
        """One of those that the page offers: chance alone seldom comes far."""
        possible = next_steps(self.test.kind, {step.kind: step for step in self.standing})
        if possible:
            self.by_the_service(possible[which % len(possible)], **given)

    @rule(kind=st.sampled_from(list(S)), **FACTS)
    def anything(self, kind: S, **given: Any) -> None:
        self.by_the_service(kind, **given)

    def by_the_service(self, kind: S, **given: Any) -> None:
        facts = self.facts(kind, given)
        if kind == S.SEALED:
            facts |= {"a_seal": f"A{uuid4()}"[:30], "b_seal": f"B{uuid4()}"[:30]}
        at = timezone.now() + timedelta(minutes=given["minutes"])
        self.attempt(
            lambda: record_step(
                test=self.test, by=self.tally_by, client_uuid=uuid4(), kind=kind, at=at, **facts
            )
        )

    @rule(kind=st.sampled_from(list(S)), **FACTS)
    def past_the_service(self, kind: S, **given: Any) -> None:
        dossier = Dossier.objects.filter(test=self.test).first()
        if dossier is None:
            return
        at, person = timezone.now() + timedelta(minutes=given["minutes"]), self.case.person
        row = Step(
            dossier=dossier, person=person, kind=kind, at=at, recorded_by=self.tally_by,
            recorded_at=at, county=person.county, town=person.town, village=person.village,
            **self.facts(kind, given),
        )  # fmt: skip
        done = self.tally["done"]
        self.attempt(row.save)
        self.went_past |= self.tally["done"] > done

    @rule(which=st.integers(0, 20))
    def taken_back(self, which: int) -> None:
        if found := self.standing:
            row = found[which % len(found)]
            self.attempt(partial(take_back_step, step=row, by=self.tally_by, reason="记错了"))

    @rule(days=st.sampled_from([1, 2, 4, 200]))
    def time_passes(self, days: int) -> None:
        self.moment.shift(timedelta(days=days))

    @invariant()
    def nothing_is_out_of_order(self) -> None:
        standing = self.standing
        assert illegal(self.test, standing) == []
        self.tally[f"unfit {self.test.sample}"] += any(one.kind == S.UNFIT for one in standing)

    @invariant()
    def what_waits_follows_from_what_stands(self) -> None:
        """As the service keeps it, whatever was tried past it: told here in other words."""
        dossier = Dossier.objects.filter(test=self.test).first()
        if dossier is None or self.went_past:
            return
        one = {step.kind: step for step in self.standing}
        assert (dossier.waits_for == "decide") == to_be_decided(one)
        assert bool(dossier.waits_for) == (dossier.waits_since is not None)
        assert (dossier.waits_for in ("seal", "send")) <= goes_the_whole_way(self.test, one)
        assert dossier.waits_for != "" or nothing_is_open(self.test, one)
        self.tally["decide"] += dossier.waits_for == "decide"


ORDER = (
    ("screened", "told"), ("sealed", "stored"), ("sealed", "sent"), ("sent", "received"),
    ("received", "analysed"), ("analysed", "lab_told"), ("lab_told", "lab_objected"),
    ("lab_objected", "lab_answered"), ("lab_answered", "b_sent"), ("b_sent", "b_received"),
    ("b_received", "retested"), ("retested", "retest_told"), ("told", "objected"),
    ("objected", "answered"), ("lab_told", "decided"), ("stored", "destroyed"),
)  # fmt: skip


def illegal(test: DrugTest, steps: list[Step]) -> list[str]:
    """What the law does not know, told from the rows alone."""
    one = {step.kind: step for step in steps}
    assert len(one) == len(steps)
    found = [f"{then} without {first}" for first, then in ORDER if not in_order(one, first, then)]
    if test.kind == "screening" and set(one) - {"notified", "screened", "told", "unfit"}:
        found.append("a screening with a chain")
    found += [*wrong_kinds(test, one), *wrong_results(test, one), *wrong_objections(one)]
    return [*found, *wrong_ends(test, one)]


def in_order(one: dict[str, Step], first: str, then: str) -> bool:
    if then not in one:
        return True
    return first in one and one[first].at <= one[then].at + timedelta(minutes=1)


def to_be_decided(one: dict[str, Step]) -> bool:
    """The laboratory found it, it was told, nothing of it is open, and nobody has decided."""
    if "analysed" not in one or one["analysed"].result != "positive":
        return False
    if {"decided", "destroyed"} & set(one) or of_nothing(one):
        return False
    if ("retested" in one and "retest_told" not in one) or "lab_told" not in one:
        return False
    for objection, answer, end in (
        ("objected", "answered", "lab_told"), ("lab_objected", "lab_answered", "retest_told")
    ):  # fmt: skip
        if objection in one and answer not in one:
            return False
        granted = answer in one and one[answer].answer == "granted"
        ended = of_nothing(one) or (end == "retest_told" and "unfit" in one)
        if objection in one and granted and end not in one and not ended:
            return False
    return True


def of_nothing(one: dict[str, Step]) -> bool:
    """The sample was unfit, and not its B alone."""
    return "unfit" in one and "b_sent" not in one and one["unfit"].bottle != "B"


def goes_the_whole_way(test: DrugTest, one: dict[str, Step]) -> bool:
    return test.kind != "screening" and not of_nothing(one)


def nothing_is_open(test: DrugTest, one: dict[str, Step]) -> bool:
    """What is in no inbox: decided, gone, of nothing, or read as negative or not at all."""
    if {"decided", "destroyed"} & set(one) or of_nothing(one):
        return True
    read = next((one[kind].result for kind in ("analysed", "screened") if kind in one), "")
    if test.kind == "laboratory" or (test.sample == "hair" and read != "negative"):
        return "analysed" in one
    return read != "positive" or test.kind == "screening"


BOTTLES = {
    "sent": "A", "received": "A", "analysed": "A", "b_sent": "B", "b_received": "B",
    "retested": "B",
}  # fmt: skip
UNFIT_OF = {"too_short": "hair", "diluted": "urine"}


def wrong_kinds(test: DrugTest, one: dict[str, Step]) -> Iterator[str]:
    """Of another sample, or of the other bottle."""
    if "unfit" in one and UNFIT_OF.get(one["unfit"].unfit_why, test.sample) != test.sample:
        yield f"{test.sample} unfit as {one['unfit'].unfit_why}"
    for kind, bottle in BOTTLES.items():
        if kind in one and one[kind].bottle not in ("", bottle):
            yield f"{kind} of the other bottle"


def wrong_results(test: DrugTest, one: dict[str, Step]) -> Iterator[str]:
    if "b_sent" in one:
        if one["lab_answered"].answer != "granted":
            yield "B touched without cause"
        if one["b_sent"].body_id == one["sent"].body_id:
            yield "one body for test and re-test"
    for result, arrival in (("analysed", "received"), ("retested", "b_received")):
        if result in one and not one[arrival].seal_intact:
            yield f"{result} of a broken seal"
    if "analysed" in one and not Dossier.objects.get(test=test).a_seal:
        yield "a result without seals"


def wrong_objections(one: dict[str, Step]) -> Iterator[str]:
    for objection, read in (("objected", "screened"), ("lab_objected", "analysed")):
        if objection in one and one[read].result != "positive":
            yield f"{objection} to nothing positive"


def wrong_ends(test: DrugTest, one: dict[str, Step]) -> Iterator[str]:
    for ended in {"decided", "destroyed"} & set(one):
        if "objected" in one and "answered" not in one:
            yield f"{ended} in a dispute"
        if "lab_objected" in one and "lab_answered" not in one:
            yield f"{ended} in a second dispute"
        if "b_sent" in one and not {"unfit", "retest_told"} & set(one):
            yield f"{ended} before the re-test was told"
    decided = one.get("decided")
    if decided and decided.answer == "confirmed":
        last = one.get("retested")
        if last is None or last.result == "invalid":
            last = one["analysed"]
        yield from () if last.result == "positive" else ("confirmed without a positive",)
    if "destroyed" in one:
        yield from unseen(test, one)
        yield from wrongly_destroyed(Dossier.objects.get(test=test), one["destroyed"])


def unseen(test: DrugTest, one: dict[str, Step]) -> Iterator[str]:
    spot = one["screened"].result if "screened" in one else ""
    whole = test.kind == "laboratory" or spot != "negative"
    if whole and "analysed" not in one and not of_nothing(one):
        yield "destroyed and seen by no laboratory"


def wrongly_destroyed(dossier: Dossier, row: Step) -> Iterator[str]:
    if dossier.keep_until is None or local_day(row.at) <= dossier.keep_until:
        yield "destroyed too early"
    if not row.second_name:
        yield "destroyed by one alone"


@pytest.mark.parametrize("part", range(PARTS))
def test_no_step_stands_out_of_order(part: int, case: Case, worker: Any, clock: Any) -> None:
    clock.move_to("2024-05-06T10:00:00+08:00")

    class Machine(Dossiers):
        tally: Counter[str] = Counter()
        tally_by = worker
        labs = (laboratory(case.person, "甲鉴定所"), laboratory(case.person, "乙鉴定所"))

    Machine.case = case
    run = settings(max_examples=DOSSIERS, stateful_step_count=STEPS, deadline=None, database=None)
    seed(part)(run_state_machine_as_test)(Machine, settings=run)
    assert Machine.tally["dossiers"] >= DOSSIERS
    assert Machine.tally["done"] > DOSSIERS
    assert all(Machine.tally[what] for what in ("decide", "unfit urine", "unfit hair"))
    print(dict(Machine.tally))  # noqa: T201 - what `make soak` shows
