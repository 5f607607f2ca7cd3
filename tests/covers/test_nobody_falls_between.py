"""Absences, assignments and accounts by chance over the real database: on every day each person
with an open order has one responsible worker and somebody present, or stands in a list for the
supervisor.
"""

import os
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from apps.accounts.models import User
from apps.accounts.services import change_account
from apps.areas.services import merge_areas
from apps.cases.models import Case
from apps.cases.services import close_case, correct_case, open_case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.covers.models import Cover
from apps.covers.presence import nobody_present_on
from apps.covers.services import begin_cover, call_off, name_another, set_last_day
from apps.imports.services import import_ledger
from apps.intake.services import expect_release, open_file, receive_person
from apps.ledgers.ledger import ledgers
from apps.persons.models import Assignment
from apps.persons.services import assign_worker, end_assignment
from apps.transfers.services import accept_transfer, ask_transfer, hand_over
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.pages import running_case, signed_in
from tests.imports.sheets import write_csv

pytestmark = pytest.mark.django_db
AHEAD = 16
days, lengths = st.integers(0, 10), st.none() | st.integers(0, 6)
who = st.integers(0, 3)
places = st.sampled_from([JIAJI, WANQUAN])
SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
kinds = st.sampled_from(["responsible", "cover"])
DONE: Counter[str] = Counter()


def tried(name: str, act: Any) -> None:
    """A refusal leaves everything as it was."""
    try:
        with transaction.atomic():
            act()
        DONE[name] += 1
    except Refused:
        DONE[f"{name} refused"] += 1


class Book:
    """The rows as they are, to tell from them one by one what is true of a person on a day."""

    def __init__(self) -> None:
        self.rows = list(Assignment.objects.select_related("worker"))
        self.covers = list(Cover.objects.all())

    def stands(self, case: Case, day: date) -> str:
        rows = [
            row
            for row in self.rows
            if row.person_id == case.person_id
            and row.starts_on <= day
            and (row.ends_on is None or day <= row.ends_on)
        ]
        away = {
            cover.worker_id
            for cover in self.covers
            if cover.starts_on <= day and (cover.until_on is None or day <= cover.until_on)
        }
        responsible = [row for row in rows if row.kind == "responsible"]
        assert len(responsible) <= 1
        if not responsible:
            return "not assigned"
        there = [row for row in rows if row.worker.is_active and row.worker_id not in away]
        return "present" if there else "nobody"


class Staff(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.bosses: dict[str, User] = {
            code: UserFactory(town_supervisor=True, area=area(code)) for code in (JIAJI, WANQUAN)
        }
        self.boss = self.bosses[JIAJI]
        self.workers: list[User] = [UserFactory() for _ in range(4)]
        self.cases = [running_case(worker, days=30) for worker in self.workers[:3]]

    def span(self, start: int, length: int | None) -> dict[str, Any]:
        first = today() + timedelta(days=start)
        until = None if length is None else first + timedelta(days=length)
        return {"starts_on": first, "until_on": until}

    def cover(self, which: int) -> Cover | None:
        rows = list(Cover.objects.order_by("pk"))
        return rows[which % len(rows)] if rows else None

    @rule(away=who, by=who, start=days, length=lengths, others=st.none() | who)
    def goes_away(
        self, away: int, by: int, start: int, length: int | None, others: int | None
    ) -> None:
        named = {} if others is None else {w.pk: self.workers[others] for w in self.workers}
        tried("away", lambda: begin_cover(
            worker=self.workers[away], cover=self.workers[by], by=self.boss, client_uuid=uuid4(),
            passed_on=named, **self.span(start, length),
        ))  # fmt: skip

    @rule(which=days, length=lengths, others=st.none() | who)
    def comes_back_on(self, which: int, length: int | None, others: int | None) -> None:
        if cover := self.cover(which):
            on = None if length is None else today() + timedelta(days=length)
            named = {} if others is None else {w.pk: self.workers[others] for w in self.workers}
            tried("last day", lambda: set_last_day(
                cover=cover, on=on, by=self.boss, passed_on=named))  # fmt: skip

    @rule(which=days)
    def stays(self, which: int) -> None:
        if cover := self.cover(which):
            tried("call off", lambda: call_off(cover=cover, by=self.boss))

    @rule(which=days, to=who, start=days)
    def another_covers(self, which: int, to: int, start: int) -> None:
        if cover := self.cover(which):
            on = today() + timedelta(days=start)
            tried("another", lambda: name_another(
                cover=cover, to=self.workers[to], on=on, by=self.boss))  # fmt: skip

    @rule(case=st.integers(0, 2), to=who, start=days, kind=kinds)
    def is_given(self, case: int, to: int, start: int, kind: str) -> None:
        tried("assign", lambda: assign_worker(
            persons=[self.cases[case].person], worker=self.workers[to], by=self.boss, kind=kind,
            on=today() + timedelta(days=start),
        ))  # fmt: skip

    @rule(which=days, start=days)
    def assignment_ends(self, which: int, start: int) -> None:
        rows = list(Assignment.objects.order_by("pk"))
        row, on = rows[which % len(rows)], today() + timedelta(days=start)
        tried("end", lambda: end_assignment(assignment=row, by=self.boss, on=on))

    @rule(which=who, facts=st.sampled_from(
        [{"is_active": False}, {"is_active": True}, {"role": "auditor"}, {"area": WANQUAN}]
    ))  # fmt: skip
    def account_changes(self, which: int, facts: dict[str, Any]) -> None:
        facts = {k: area(v) if k == "area" else v for k, v in facts.items()}
        tried("account", lambda: change_account(
            user=self.workers[which], by=User.objects.system(), **facts))  # fmt: skip
        self.workers[which] = User.objects.select_related("area").get(pk=self.workers[which].pk)

    @rule(case=st.integers(0, 2), to=places)
    def unit_is_corrected(self, case: int, to: str) -> None:
        system = User.objects.system()
        tried("corrected", lambda: correct_case(
            case=self.fresh(case), by=system, area=area(to), reason="更正"))  # fmt: skip

    @rule(case=st.integers(0, 2), to=places)
    def is_transferred(self, case: int, to: str) -> None:
        def act() -> None:
            moving = self.fresh(case)
            boss = next(b for b in self.bosses.values() if b.area.contains(moving.town))
            asked = ask_transfer(case=moving, by=boss, client_uuid=uuid4(), area=area(to),
                                 on=today(), reason="务工")  # fmt: skip
            accept_transfer(transfer=hand_over(transfer=asked, by=boss), by=self.bosses[to])

        tried("transferred", act)

    @rule(into=places)
    def towns_merge(self, into: str) -> None:
        gone = next(code for code in self.bosses if code != into)
        tried("merged", lambda: merge_areas(
            area=area(gone), into=area(into), by=User.objects.system()))  # fmt: skip

    @rule(case=st.integers(0, 2), worker=who)
    def ledger_comes(self, case: int, worker: int) -> None:
        known = self.fresh(case)
        cells = {"姓名": known.person.name, "身份证号码": known.person.document_number,
                 "管控类型": "社区戒毒", "决定日期": str(known.decided_on or ""),
                 "执行地": "万泉镇", "专干": self.workers[worker].name}  # fmt: skip
        with TemporaryDirectory() as folder:
            path = write_csv(Path(folder) / "l.csv", [list(cells), list(cells.values())])
            tried("ledger", lambda: import_ledger(
                ledger=ledgers()["persons"], path=path, by=User.objects.system(),
                area=area(QIONGHAI)))  # fmt: skip

    @rule(case=st.integers(0, 2))
    def order_ends(self, case: int) -> None:
        tried("closed", lambda: close_case(
            case=self.fresh(case), by=self.boss, reason="revoked", on=today()))  # fmt: skip

    @rule(case=st.integers(0, 2), to=places)
    def another_order(self, case: int, to: str) -> None:
        tried("opened", lambda: open_case(
            by=User.objects.system(), person=self.fresh(case).person, area=area(to),
            measure="SQKF", decided_on=today(), reported_on=today()))  # fmt: skip

    @rule(case=st.integers(0, 2), to=places)
    def is_released_to(self, case: int, to: str) -> None:
        def act() -> None:
            person, system = self.fresh(case).person, User.objects.system()
            found = expect_release(
                by=system, client_uuid=uuid4(), area=area(to), name=person.name,
                document_number=person.document_number, source="isolation", expected_on=today(),
            )  # fmt: skip
            receive_person(release=found, by=system, on=today(), reception="self")
            open_file(release=found, by=system, person=person)

        tried("released", act)

    def fresh(self, which: int) -> Case:
        return Case.objects.select_related("person", "town").get(pk=self.cases[which].pk)

    @invariant()
    def nobody_falls_between(self) -> None:
        book, open_cases = Book(), list(Case.objects.filter(closed_on=None).select_related("town"))
        for ahead in range(AHEAD + 1):
            day = today() + timedelta(days=ahead)
            stands = {case.pk: book.stands(case, day) for case in open_cases}
            # Every door that leads there is refused.
            assert "nobody" not in stands.values(), ahead
            if ahead % 8 == 0:
                told = nobody_present_on(Case.objects.all(), day)
                assert not told.exists()
                rows = Case.objects.open_on(day).not_assigned_on(day)
                left = set(rows.values_list("pk", flat=True))
                alone = {pk for pk, state in stands.items() if state == "not assigned"}
                assert left == alone
                # And a supervisor of the town of today sees the queue.
                for case in (case for case in open_cases if case.pk in alone):
                    bosses = [b for b in self.reloaded() if b.area.contains(case.town.today)]
                    assert bosses
                    assert all(rows.visible_to(b).filter(pk=case.pk).exists() for b in bosses)

    def reloaded(self) -> list[User]:
        return [User.objects.select_related("area").get(pk=b.pk) for b in self.bosses.values()]


class Rolled(Staff):
    """Each life in a transaction of its own that is taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.held = transaction.atomic()
        self.held.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.held.__exit__(None, None, None)


def test_nobody_falls_between() -> None:
    DONE.clear()
    run_state_machine_as_test(
        Rolled,
        settings=settings(
            max_examples=150 if SOAK else 6,
            stateful_step_count=30 if SOAK else 12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    done = sum(count for name, count in DONE.items() if not name.endswith("refused"))
    assert DONE["away"] > 0
    assert done > 5


@pytest.fixture
def office() -> dict[str, Any]:
    first, second, third = (UserFactory(name=name) for name in ("甲", "乙", "丙"))
    boss = UserFactory(town_supervisor=True)
    return {"a": first, "b": second, "c": third, "boss": boss, "case": running_case(first)}


def away(office: dict[str, Any], worker: str, cover: str, first: int, last: int | None,
         **passed: str) -> Cover:  # fmt: skip
    until = None if last is None else today() + timedelta(days=last)
    return begin_cover(
        worker=office[worker], cover=office[cover], by=office["boss"], client_uuid=uuid4(),
        starts_on=today() + timedelta(days=first), until_on=until,
        passed_on={office[w].pk: office[c] for w, c in passed.items()},
    )  # fmt: skip


def covering(office: dict[str, Any], day: int) -> set[User]:
    rows = Assignment.objects.current_on(today() + timedelta(days=day)).filter(kind="cover")
    return {row.worker for row in rows.select_related("worker")}


def test_whoever_covers_and_goes_away_passes_the_persons_on(office: dict[str, Any]) -> None:
    away(office, "a", "b", 0, 9)
    with pytest.raises(Refused, match="甲"):
        away(office, "b", "c", 3, 5)
    away(office, "b", "c", 3, 5, a="c")
    assert [covering(office, day) for day in (2, 3, 5, 6, 9, 10)] == [
        {office["b"]}, {office["c"]}, {office["c"]}, {office["b"]}, {office["b"]}, set(),
    ]  # fmt: skip


def test_in_the_other_order_it_is_refused_in_words(office: dict[str, Any]) -> None:
    away(office, "b", "c", 3, 5)
    with pytest.raises(Refused, match="乙"):
        away(office, "a", "b", 0, 9)
    away(office, "a", "c", 0, 9)


def test_a_longer_absence_passes_on_too(office: dict[str, Any]) -> None:
    away(office, "a", "b", 5, 9)
    own = away(office, "b", "c", 0, 3)
    longer = {"cover": own, "on": today() + timedelta(days=6), "by": office["boss"]}
    with pytest.raises(Refused, match="甲"):
        set_last_day(**longer)
    set_last_day(**longer, passed_on={office["a"].pk: office["c"]})
    assert covering(office, 6) == {office["c"]}
    assert covering(office, 7) == {office["b"]}


def test_who_is_needed_is_not_closed_until_another_covers(office: dict[str, Any]) -> None:
    cover = away(office, "a", "b", 0, 9)
    close = {"user": office["b"], "by": User.objects.system(), "is_active": False}
    with pytest.raises(Refused, match="，按责任专干筛选，全部勾选后重新分配。"):
        change_account(**close)
    name_another(cover=cover, to=office["c"], on=today(), by=office["boss"])
    change_account(**close)
    assert covering(office, 0) == {office["c"]}


def test_what_an_absence_gives_is_not_ended_person_by_person(office: dict[str, Any]) -> None:
    away(office, "a", "b", 0, 9)
    row = Assignment.objects.get(kind="cover")
    with pytest.raises(Refused, match="甲"):
        end_assignment(assignment=row, by=office["boss"], on=today())
    end_assignment(assignment=row, by=office["boss"], on=today() + timedelta(days=9))


def test_supervisors_are_told_of_what_came_about_behind_the_doors(office: dict[str, Any]) -> None:
    person = office["case"].person
    boss, elsewhere = signed_in(office["boss"]), UserFactory(
        town_supervisor=True, area=area(WANQUAN))  # fmt: skip
    assert list(nobody_present_on(Case.objects.visible_to(office["boss"]), today())) == []
    User.objects.filter(pk=office["a"].pk).update(is_active=False)
    assert list(nobody_present_on(Case.objects.visible_to(office["boss"]), today())) == [
        office["case"]
    ]
    listed = boss.get(reverse("reports:nobody_present"))
    for client, told in ((boss, True), (signed_in(office["b"]), False)):
        today_page = client.get(reverse("workbench:today")).content.decode()
        assert (reverse("reports:nobody_present") in today_page) == told
    assert person.name in listed.content.decode()
    assert (
        person.name
        not in signed_in(elsewhere).get(reverse("reports:nobody_present")).content.decode()
    )
    merge_areas(area=area(JIAJI), into=area(WANQUAN), by=User.objects.system())
    assert (
        person.name in signed_in(elsewhere).get(reverse("reports:nobody_present")).content.decode()
    )


def test_the_form_asks_who_follows(office: dict[str, Any]) -> None:
    away(office, "a", "b", 0, 9)
    client = signed_in(office["boss"])
    sent = {
        "client_uuid": str(uuid4()), "worker": office["b"].pk, "cover": office["c"].pk,
        "starts_on": str(today()), "until_on": str(today()), "words": "",
    }  # fmt: skip
    asked = client.post(reverse("covers:begin"), sent)
    field = f"passed_on_{office['a'].pk}"
    assert asked.status_code == 422
    assert field in asked.context["form"].errors
    assert client.post(reverse("covers:begin"), sent | {field: office["c"].pk}).status_code == 302
    assert covering(office, 0) == {office["c"]}
