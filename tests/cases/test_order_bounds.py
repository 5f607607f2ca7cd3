"""The steps of an order at their bounds, each refusal beside the same act allowed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.cases import listeners, services
from apps.cases.models import Case, CaseStep, RiskLevelRecord, TeamMember
from apps.cases.services.guards import DATES
from apps.cases.services.orders import save
from apps.cases.services.risk_levels import move_last_days
from apps.notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import AssignmentFactory
from tests.refusing import answered, refused

pytestmark = pytest.mark.django_db
DAY, LAST = date(2024, 6, 3), date(2025, 2, 28)
ONE = timedelta(days=1)
ON_FILE = "This day is on file already."
BOTH = pytest.mark.parametrize("measure", ["SQJD", "SQKF"])


def on(day: date) -> time_machine.travel:
    return time_machine.travel(f"{day.isoformat()}T10:00:00+08:00", tick=False)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with on(DAY):
        yield


@pytest.fixture
def by() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def year() -> Case:
    """A rehabilitation of one year, from 2024-03-01 to 2025-02-28."""
    case: Case = CaseFactory(measure="SQKF", term_months=12)
    return case


def step_words(case: Case) -> list[tuple[str, str]]:
    return [(step.kind, step.words) for step in CaseStep.objects.filter(case=case).order_by("pk")]


@pytest.mark.parametrize(
    ("day", "why", "words", "field"),
    [
        (date(2024, 2, 21), "", "The report lies before the receipt of the decision.", None),
        (date(2024, 2, 22), "", None, None),
        (date(2024, 3, 8), "", None, None),
        (date(2024, 3, 9), " ", "The deadline was 8 Mar 2024", "late_reason"),
        (date(2024, 3, 9), "aaaa", "The deadline was 8 Mar 2024", "late_reason"),
        (date(2024, 3, 8), "。", None, None),
        (date(2024, 3, 9), "住院", None, None),
    ],
)
def test_a_report_is_between_receipt_and_deadline_or_says_why_it_is_late(
    by: User, day: date, why: str, words: str | None, field: str | None
) -> None:
    case = CaseFactory(not_reported=True)
    with answered(words, field):
        services.record_report(case=case, by=by, on=day, late_reason=why)
        assert step_words(case) == ([("late_report", "住院")] if why == "住院" else [])


def test_without_a_receipt_there_is_no_deadline(by: User) -> None:
    case = CaseFactory(not_reported=True, received_on=None)
    assert case.report_by is None
    assert services.record_report(case=case, by=by, on=DAY).reported_on == DAY


def test_the_same_report_again_is_the_same_and_another_word_or_day_is_refused(by: User) -> None:
    case = CaseFactory(not_reported=True)
    first = {"case": case, "by": by, "on": date(2024, 3, 9)}
    version = services.record_report(late_reason="住院", **first).version
    for words in ("住院", ""):
        assert services.record_report(late_reason=words, **first).version == version
    with refused(ON_FILE):
        services.record_report(late_reason="出海", **first)
    with refused("Reporting on 9 Mar 2024 is on file; correct the case to change it."):
        services.record_report(case=case, by=by, on=date(2024, 3, 10), late_reason="住院")
    assert step_words(case) == [("late_report", "住院")]


def test_a_word_beside_a_report_in_time_is_no_conflict(by: User) -> None:
    case = CaseFactory(not_agreed=True)
    assert services.record_report(case=case, by=by, on=case.reported_on, late_reason="出海")


@BOTH
def test_agreement_and_plan_follow_the_report(by: User, measure: str) -> None:
    case = CaseFactory(not_reported=True, measure=measure)
    with refused("The agreement follows the report: record the report first."):
        services.sign_agreement(case=case, by=by, on=date(2024, 3, 4))
    with refused("The plan follows the report: record the report first."):
        services.record_plan(case=case, by=by, on=date(2024, 3, 4))
    services.record_report(case=case, by=by, on=date(2024, 3, 4))
    assert services.record_plan(case=case, by=by, on=date(2024, 3, 4)).plan_on
    assert services.sign_agreement(case=case, by=by, on=date(2024, 3, 4)).agreement_on


def test_the_same_agreement_again_is_the_same_and_another_word_or_day_is_refused(by: User) -> None:
    case, day = CaseFactory(not_agreed=True), date(2024, 3, 4)
    first = {"case": case, "by": by, "on": day}
    version = services.sign_agreement(help_words=" 学厨师 ", **first).version
    for words in ("学厨师", ""):
        assert services.sign_agreement(help_words=words, **first).version == version
    with refused(ON_FILE):
        services.sign_agreement(help_words="学电工", **first)
    with refused("The agreement of 4 Mar 2024 is on file; correct the case to change it."):
        services.sign_agreement(case=case, by=by, on=day + ONE)
    assert step_words(case) == [("agreed_help", "学厨师")]


@pytest.mark.parametrize(
    ("day", "words"), [(LAST, None), (LAST + ONE, "The term ended on 28 Feb 2025")]
)
def test_nothing_is_asked_after_the_last_day(by: User, day: date, words: str | None) -> None:
    with on(day):
        with answered(words):
            services.record_plan(case=CaseFactory(measure="SQKF", term_months=12), by=by, on=day)
        with answered(words):
            services.sign_agreement(
                case=CaseFactory(measure="SQKF", term_months=12, not_agreed=True), by=by, on=day
            )


@pytest.mark.parametrize("name", DATES)
def test_no_day_of_an_order_lies_in_the_future(by: User, name: str) -> None:
    case = CaseFactory(decided_on=None, received_on=None, agreement_on=None, reported_on=None)
    if name in ("agreement_on", "plan_on"):
        case = services.record_report(case=case, by=by, on=DAY)
    setattr(case, name, DAY + ONE)
    with refused(": the day lies in the future."):
        save(case, by)
    setattr(case, name, DAY)
    assert save(case, by).pk


def test_an_order_is_one_of_two_measures(by: User) -> None:
    with refused("Choose detoxification or rehabilitation in the community."):
        CaseFactory(measure="ZYJD")
    assert CaseFactory(measure="SQKF").pk


@pytest.mark.parametrize(
    ("agreed", "day", "ok"), [(True, 9, False), (True, 10, True), (False, 9, True)]
)
def test_the_next_order_begins_the_day_after_the_last_duty_of_the_one_before(
    by: User, day: int, *, agreed: bool, ok: bool
) -> None:
    """Closed on the tenth of May: its last duty was on the ninth."""
    first = CaseFactory(**{} if agreed else {"agreement_on": None})
    services.close_case(case=first, by=by, reason="revoked", on=date(2024, 5, 10))
    words = None if ok else "Another order is in force on 9 May 2024: "
    with answered(words, "reported_on"):
        CaseFactory(person=first.person, reported_on=date(2024, 5, day), agreement_on=None)
    other = CaseFactory(reported_on=date(2024, 5, day), agreement_on=None)
    assert other.reported_on


def test_an_order_may_move_its_own_report(by: User) -> None:
    case = CaseFactory()
    moved = services.correct_case(
        case=case, by=by, reason="录错", reported_on=date(2024, 3, 5), agreement_on=date(2024, 3, 5)
    )
    assert moved.in_force_from == date(2024, 3, 5)


def test_each_change_counts_and_the_deadline_follows_the_receipt_alone(by: User) -> None:
    case = CaseFactory(not_reported=True)
    assert (case.version, case.report_by) == (1, date(2024, 3, 8))
    Case.objects.filter(pk=case.pk).update(report_by=date(2024, 3, 11))  # counted otherwise then
    found = services.correct_case(case=case, by=by, decision_number="9号")
    assert (found.version, found.report_by) == (2, date(2024, 3, 11))
    found = services.correct_case(case=case, by=by, received_on=date(2024, 2, 23))
    assert (found.version, found.report_by) == (3, date(2024, 3, 9))
    found = services.correct_case(case=case, by=by, received_on=None)
    assert (found.version, found.report_by) == (4, None)
    found.refresh_from_db()
    assert found.version == 4


@pytest.mark.parametrize(
    ("reason", "day", "words", "field"),
    [
        ("revoked", date(2024, 2, 19), "The end lies before the decision.", None),
        ("revoked", date(2024, 2, 20), None, None),
        ("released", LAST, "A release follows the end of the term (28 Feb 2025).", None),
        ("released", LAST + ONE, None, None),
        ("imprisoned", LAST, None, None),
        ("imprisoned", LAST + ONE, "The order ended by itself on 28 Feb 2025", "on"),
        ("deceased", LAST + ONE, None, None),
        ("revoked", LAST + ONE, None, None),
    ],
)
def test_an_order_is_closed_between_decision_and_last_day_and_released_after_it(
    year: Case, reason: str, day: date, words: str | None, field: str | None
) -> None:
    boss, worker = UserFactory(county_supervisor=True), UserFactory()
    AssignmentFactory(person=year.person, worker=worker)
    with on(LAST + 7 * ONE), answered(words, field):
        closed = services.close_case(case=year, by=boss, reason=reason, on=day, note=" 9号 ")
        assert (closed.last_duty_on, closed.closure_note) == (day - ONE, "9号")
        assert Notice.objects.get(reader=worker, kind="closed").subject == year.public_id
        year.person.refresh_from_db()
        assert year.person.life_status == ("deceased" if reason == "deceased" else "")
        with refused("The case was closed on"):
            services.close_case(case=year, by=boss, reason=reason, on=day)


def test_an_order_that_was_never_reported_has_no_release(by: User) -> None:
    case = CaseFactory(not_reported=True)
    with refused("A release follows the end of the term."):
        services.close_case(case=case, by=by, reason="released", on=DAY)
    assert services.close_case(case=case, by=by, reason="imprisoned", on=DAY).closed_on == DAY


def test_the_unit_is_corrected_on_the_order_that_runs() -> None:
    boss = UserFactory(county_supervisor=True)
    old = CaseFactory()
    services.close_case(case=old, by=boss, reason="revoked", on=date(2024, 4, 1))
    moving: dict[str, Any] = {"by": boss, "area": area(WANQUAN), "reason": "录错"}
    new = CaseFactory(person=old.person, reported_on=date(2024, 4, 2), agreement_on=DAY)
    with refused("This order is over, and another one runs", "area"):
        services.correct_case(case=old, **moving)
    assert services.correct_case(case=new, **moving).town.code == WANQUAN
    alone = CaseFactory()
    services.close_case(case=alone, by=boss, reason="revoked", on=date(2024, 4, 1))
    assert services.correct_case(case=alone, **moving).town.code == WANQUAN


# The working group.


@pytest.mark.parametrize(
    ("left", "words"),
    [(date(2024, 3, 1), "The end lies before the beginning."), (date(2024, 3, 2), None)],
)
def test_a_member_leaves_on_the_day_of_joining_at_the_earliest(
    year: Case, by: User, left: date, words: str | None
) -> None:
    member = services.add_member(case=year, by=by, kind="police", on=date(2024, 3, 2), name="吴某")
    with answered(words, "on"):
        services.end_member(member=member, by=by, on=left)
        for act in (
            lambda: services.end_member(member=member, by=by, on=left),
            lambda: services.name_lead(member=member, by=by),
        ):
            with refused("This member has left the team."):
                act()


def test_who_leads_hands_over_while_another_can_lead(year: Case, by: User) -> None:
    def add(kind: str) -> TeamMember:
        return services.add_member(case=year, by=by, kind=kind, on=date(2024, 3, 2), name="吴某")

    lead, _helper = add("police"), add("volunteer")
    other = add("worker")
    with refused("Name another lead first: the team has exactly one."):
        services.end_member(member=lead, by=by, on=DAY)
    services.end_member(member=other, by=by, on=DAY)
    assert not services.end_member(member=lead, by=by, on=DAY).is_lead


def test_a_team_has_names_and_follows_the_report(year: Case, by: User) -> None:
    facts = {"by": by, "kind": "police", "on": DAY}
    with refused("Enter the name.", "name"):
        services.add_member(case=year, name=" ", **facts)
    with refused("The team follows the report: record the report first."):
        services.add_member(case=CaseFactory(not_reported=True), name="吴某", **facts)
    assert services.add_member(case=year, name="吴某", **facts).is_lead


# The risk level.


def risk_level(case: Case, by: User, **facts: Any) -> RiskLevelRecord:
    facts = {"risk_level": "low", "source": "assessed", "on": DAY, "reason": "工作稳定"} | facts
    return services.set_risk_level(person=case.person, by=by, **facts)


def test_a_risk_level_said_again_is_one_and_each_difference_is_another(
    year: Case, by: User
) -> None:
    first = risk_level(year, by)
    assert risk_level(year, by, reason=" 工作稳定 ") == first
    others = [
        risk_level(year, by, on=DAY - ONE), risk_level(year, by, reason="家人支持"),
        risk_level(year, UserFactory()), risk_level(year, by, risk_level="medium"),
        risk_level(year, by, source="ledger", risk_level="medium", reason=""),
    ]  # fmt: skip
    assert len({first.pk, *(row.pk for row in others)}) == 6
    assert (
        risk_level(year, UserFactory(), source="ledger", risk_level="medium", reason="")
        == others[-1]
    )
    assert (others[-1].decided_by, others[-1].valid_until) == (None, None)


@pytest.mark.parametrize(
    ("day", "words"), [(DAY, None), (DAY + ONE, "The day lies in the future.")]
)
def test_no_risk_level_holds_from_tomorrow_on(
    year: Case, by: User, day: date, words: str | None
) -> None:
    with answered(words):
        assert risk_level(year, by, on=day).valid_until == date(2025, 6, 3)


def test_duties_follow_a_moved_last_day_of_high_in_orders_that_run() -> None:
    boss = UserFactory(town_supervisor=True)
    heard: list[int] = []
    running, low, over = CaseFactory(), CaseFactory(), CaseFactory()
    rows = [
        risk_level(case, boss, risk_level=level, on=date(2024, 4, 1))
        for case, level in ((running, "high"), (low, "low"), (over, "high"))
    ]
    services.close_case(case=over, by=boss, reason="revoked", on=DAY)
    listeners.on_change(heard.extend)
    try:
        move_last_days(ends={row.pk: date(2024, 9, 1) for row in rows}, by=boss, reason="9号")
    finally:
        listeners._listeners.remove(heard.extend)
    assert heard == [running.pk]
    ends = RiskLevelRecord.objects.filter(pk__in=[row.pk for row in rows])
    assert set(ends.values_list("valid_until", flat=True)) == {date(2024, 9, 1)}


# Whose day it is.


def test_a_bell_rings_for_the_worker_of_today_alone(year: Case) -> None:
    boss, gone, now = UserFactory(town_supervisor=True), UserFactory(), UserFactory()
    AssignmentFactory(person=year.person, worker=gone)
    AssignmentFactory(person=year.person, worker=now, on=DAY)
    services.suspend_case(case=year, by=boss, starts_on=DAY, reason="arrested")
    rung = Notice.objects.filter(kind="suspended").order_by("pk")
    assert list(rung.values_list("reader_id", flat=True)) == [now.pk]
