"""Breaches at their bounds: each refusal in its words, beside the same act allowed."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from apps.accounts.models import User
from apps.approvals.facts import stored
from apps.approvals.services import approve
from apps.areas.models import place_ids
from apps.breaches.models import Breach, Response
from apps.breaches.services import (
    hear_person,
    respond_to_breach,
    revoke_breach,
    withdraw_breach,
)
from apps.breaches.services.recording import facts_in_words, facts_of
from apps.cases.models import Case
from apps.cases.services import close_case, report_leave, resume_case, suspend_case
from apps.core.days import today
from apps.notices.models import Notice
from apps.schedule.models import DueItem, PlanRule
from tests.breaches.conftest import Office
from tests.factories.accounts import UserFactory
from tests.factories.breaches import REASON, confirmed, days_ago, heard, recorded, waiting
from tests.factories.cases import CaseFactory
from tests.refusing import answered, refused

FUTURE = "The day lies in the future."
NOT_IN_FORCE = "The order is not in force on this day: without an agreement nothing is breached."
RESTED = "The order was suspended on some of these days; duties rested."
SHORT = "Leaving for less than 3 days needs no report, so it is no breach."
REPORTED = "A leave was reported for some of these days. Enter only the others."
NOT_MISSED = "No such duty stands as missed on this day."
OVER = "The term has ended: no breach is recorded or confirmed any more."


def left(first: int, last: int) -> dict[str, Any]:
    """Away between two days, so many days ago."""
    return {"kind": "left", "on": days_ago(first), "until": days_ago(last)}


@pytest.mark.parametrize(
    ("facts", "words", "field"),
    [
        ({"on": days_ago(-1)}, FUTURE, "on"),
        ({"on": days_ago(0)}, None, None),
        (left(2, -1), FUTURE, "until"),
        (left(2, 0), None, None),
        ({"facts": " 拒 "}, "Say what happened, in words that the person can answer.", "facts"),
        ({"facts": "拒测"}, None, None),
        (left(5, 6), "The end lies before the beginning.", "until"),
        (left(5, 4), SHORT, "until"),
        (left(5, 3), None, None),
        ({"until": days_ago(12)}, None, None),  # an end is asked of who was away alone
    ],
)
def test_what_is_recorded_lies_in_the_past_and_is_said_in_words(
    office: Office, facts: dict[str, Any], words: str | None, field: str | None
) -> None:
    # Days are counted when the test runs, not when it was collected.
    with answered(words, field):
        breach = recorded(office.case, office.worker, **facts)
        assert (breach.duty, breach.starts_on <= breach.ends_on) == ("", True)
        assert breach.ends_on == (facts["until"] if breach.kind == "left" else breach.starts_on)


@pytest.mark.parametrize("case_is_agreed", [True, False])
def test_without_an_agreement_nothing_is_breached(office: Office, *, case_is_agreed: bool) -> None:
    case = office.case if case_is_agreed else CaseFactory(not_agreed=True)
    with answered(None if case_is_agreed else NOT_IN_FORCE, "on"):
        assert recorded(case, office.worker)


@pytest.mark.parametrize(("days", "words"), [(1, NOT_IN_FORCE), (0, None)])
def test_the_first_day_of_the_order_is_the_first_to_breach_it(
    office: Office, days: int, words: str | None
) -> None:
    first: date | None = office.case.in_force_from
    assert first is not None
    with answered(words, "on"):
        recorded(office.case, office.worker, on=first - timedelta(days=days))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(33, 31, None), (32, 30, RESTED), (28, 26, RESTED), (21, 19, RESTED), (20, 18, None)],
)
def test_regulation_24_days_in_detention_breach_nothing(
    office: Office, first: int, last: int, words: str | None
) -> None:
    """Held from thirty days ago; the order went on twenty days ago."""
    held = suspend_case(
        case=office.case, by=office.officer, starts_on=days_ago(30), reason="detained"
    )
    resume_case(suspension=held, by=office.officer, on=days_ago(20))
    other = CaseFactory()
    suspend_case(case=other, by=office.officer, starts_on=days_ago(40), reason="detained")
    with answered(words, "on"):
        recorded(office.case, office.worker, **left(first, last))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(33, 31, None), (32, 30, REPORTED), (28, 26, REPORTED), (20, 18, REPORTED), (19, 17, None)],
)
def test_regulation_19_days_of_a_reported_leave_breach_nothing(
    office: Office, first: int, last: int, words: str | None
) -> None:
    """On leave from thirty to twenty days ago, as was reported."""
    leave = {"by": office.worker, "destination": "海口", "starts_on": days_ago(30)}
    report_leave(
        case=office.case, until_on=days_ago(20), reported_in_writing_on=days_ago(31), **leave
    )
    report_leave(
        case=CaseFactory(), until_on=days_ago(1), reported_in_writing_on=days_ago(31), **leave
    )
    with answered(words, "on"):
        recorded(office.case, office.worker, **left(first, last))


def test_regulation_19_a_short_leave_without_a_report_hides_no_leaving(office: Office) -> None:
    report_leave(
        case=office.case, by=office.worker, destination="海口", starts_on=days_ago(30),
        until_on=days_ago(29),
    )  # fmt: skip
    assert recorded(office.case, office.worker, **left(30, 28))


@pytest.mark.parametrize(("gap", "words"), [(0, None), (1, SHORT)])
def test_regulation_19_a_day_that_goes_on_with_the_days_before_is_one_leaving(
    office: Office, gap: int, words: str | None
) -> None:
    recorded(office.case, office.worker, **left(30, 28))
    with answered(words, "until"):
        recorded(office.case, office.worker, **left(27 - gap, 27 - gap))


def test_a_day_goes_on_with_a_leaving_of_the_same_order_alone(office: Office) -> None:
    other = CaseFactory()
    recorded(other, office.worker, **left(30, 28))
    recorded(office.case, office.worker, on=days_ago(28))
    with refused(SHORT, "until"):
        recorded(office.case, office.worker, **left(27, 27))


def missed_window(case: Case, opens: int, due: int, outcome: str = "missed") -> None:
    DueItem.objects.filter(case=case, kind="visit").delete()
    DueItem.objects.create(
        case=case, person=case.person, kind="visit", opens_on=days_ago(opens), due_on=days_ago(due),
        outcome=outcome, number=1, rule=PlanRule.objects.order_by("pk")[0], year_of_term=1,
        recorded_elsewhere=False, carried_over=False, **place_ids(case),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "words"), [(41, NOT_MISSED), (40, None), (25, None), (10, None), (9, NOT_MISSED)]
)
def test_a_duty_is_missed_on_the_days_of_its_window(
    office: Office, on: int, words: str | None
) -> None:
    missed_window(office.case, 40, 10)
    missed: dict[str, Any] = {"kind": "missed", "on": days_ago(on)}
    with answered(words, "on"):
        assert recorded(office.case, office.worker, duty="visit", **missed).duty == "visit"
    with refused("Say which duty was missed.", "duty"):
        recorded(office.case, office.worker, duty="", **missed)


@pytest.mark.parametrize("outcome", ["open", "excused"])
def test_what_was_done_or_could_not_be_done_is_not_missed(office: Office, outcome: str) -> None:
    missed_window(office.case, 40, 10, outcome)
    other = CaseFactory()
    missed_window(other, 40, 10)
    facts: dict[str, Any] = {"kind": "missed", "on": days_ago(10)}
    with refused(NOT_MISSED, "on"):
        recorded(office.case, office.worker, duty="visit", **facts)
    with refused(NOT_MISSED, "on"):
        recorded(other, office.worker, duty="drugtest", **facts)


@pytest.mark.parametrize(("ended", "words"), [(1, OVER), (0, None)])
def test_after_the_last_day_of_the_term_nothing_is_recorded(
    office: Office, ended: int, words: str | None
) -> None:
    """The paper of the authority ends the order on a day; until its evening it is in force."""
    Case.objects.filter(pk=office.case.pk).update(paper_end_on=days_ago(ended))
    with answered(words):
        recorded(office.case, office.worker, on=days_ago(20))


def test_a_closed_order_is_breached_no_more_from_the_day_of_its_end(office: Office) -> None:
    breach = confirmed(office.case, office.worker, office.officer)
    open_one = heard(recorded(office.case, office.worker, on=days_ago(5)), office.worker)
    close_case(case=office.case, by=office.officer, reason="revoked", on=today())
    with refused(OVER):
        recorded(office.case, office.worker, on=days_ago(30))
    with refused(OVER):
        approve(proposal=waiting(open_one), by=office.officer, reason=REASON)
    with refused(OVER):
        respond(breach, office.worker)


# The hearing.


@pytest.mark.parametrize(
    ("facts", "words", "field"),
    [
        ({}, "Enter the person's own words, or why the person could not be heard.", "said"),
        ({"said": "在船上", "not_heard_why": "失联"}, "Either the person was heard", None),
        ({"said": "在船上", "attempts": "两次上门"}, "Either the person was heard", None),
        ({"not_heard_why": "失联"}, "Enter when and how you tried", "attempts"),
        ({"not_heard_why": "失联", "attempts": "无无"}, "Enter when and how you tried", "attempts"),
        ({"not_heard_why": "。。", "attempts": "两次上门"}, "Enter the person's own words", "said"),
        ({"not_heard_why": "失联", "attempts": "两次上门"}, None, None),
        ({"said": " 在船上 "}, None, None),
    ],
)
def test_a_person_was_heard_or_it_is_said_what_was_tried(
    office: Office, facts: dict[str, str], words: str | None, field: str | None
) -> None:
    breach = recorded(office.case, office.worker)
    with answered(words, field):
        found = hear_person(breach=breach, by=office.worker, on=today(), **facts)
        told = (found.said, found.not_heard_why, bool(found.heard_on))
        assert told == (("在船上", "", True) if "said" in facts else ("", "失联", False))


@pytest.mark.parametrize(("on", "ok"), [(11, False), (10, True), (0, True), (-1, False)])
def test_a_hearing_is_between_what_happened_and_today(office: Office, on: int, *, ok: bool) -> None:
    breach = recorded(office.case, office.worker, on=days_ago(10))
    words = None if ok else "The hearing follows what happened, and is not in the future."
    with answered(words, "on"):
        heard(breach, office.worker, on=days_ago(on))
    with answered(words, "on"):
        other = recorded(office.case, office.worker, on=days_ago(10), **left_long())
        heard(other, office.worker, on=days_ago(on), said="", not_heard_why="失联", attempts="上门")


def left_long() -> dict[str, Any]:
    return {"kind": "left", "until": days_ago(2)}


def test_each_attempt_is_a_line_and_the_newest_reason_stands(office: Office) -> None:
    breach = recorded(office.case, office.worker)
    for why, tried in (("失联", "电话"), ("出海", "上门"), ("住院", "上门")):
        facts = {"said": "", "not_heard_why": why, "attempts": tried}
        breach = heard(breach, office.worker, **facts)
    assert breach.attempts.splitlines() == [f"{today()}: 电话", f"{today()}: 上门"]
    assert breach.not_heard_why == "出海"
    heard(breach, office.worker, said="回来了")
    assert heard(breach, office.worker, said="回来了").said == "回来了"
    with refused("The hearing is on file already."):
        heard(breach, office.worker, said="另一句")


def test_the_supervisor_reads_the_days_the_facts_and_the_words(office: Office) -> None:
    one = heard(recorded(office.case, office.worker, on=days_ago(3)), office.worker)
    many = heard(recorded(office.case, office.worker, **left(20, 16)), office.worker)
    for breach, lists_two in ((one, False), (many, True)):
        told = facts_in_words(json.loads(stored(facts_of(breach)))).splitlines()
        assert told[1] == breach.facts
        assert breach.said in told[2]
        assert ("至" in told[0]) is lists_two


# What follows a decision.


def respond(breach: Breach, by: User, **facts: Any) -> Response:
    given = {"kind": "education", "on": today(), "words": "讲清后果"} | facts
    return respond_to_breach(breach=breach, by=by, client_uuid=uuid4(), **given)


def test_a_confirmed_breach_is_revoked_by_a_supervisor_with_a_reason(office: Office) -> None:
    breach = heard(recorded(office.case, office.worker), office.worker)
    with refused("Only a confirmed breach can be revoked."):
        revoke_breach(breach=breach, by=office.officer, reason="申诉成立")
    approve(proposal=waiting(breach), by=office.officer, reason=REASON)
    with refused("A supervisor decides this."):
        revoke_breach(breach=breach, by=office.worker, reason="申诉成立")
    with refused("Say why.", "reason"):
        revoke_breach(breach=breach, by=office.officer, reason=" ")
    found = revoke_breach(breach=breach, by=office.officer, reason=" 申诉成立 ")
    assert (found.decision, found.decision_reason) == ("revoked", "申诉成立")
    assert revoke_breach(breach=breach, by=office.officer, reason="申诉成立").pk == breach.pk
    with refused("Revoked already."):
        revoke_breach(breach=breach, by=office.officer, reason="另一个")
    assert Notice.objects.filter(kind="breach_revoked", reader=office.worker).count() == 1


def test_an_entry_is_withdrawn_with_a_reason_before_it_is_decided(office: Office) -> None:
    breach = recorded(office.case, office.worker)
    with refused("Say why.", "reason"):
        withdraw_breach(breach=breach, by=office.worker, reason=" ")
    withdraw_breach(breach=breach, by=office.worker, reason=" 记错 ")
    assert withdraw_breach(breach=breach, by=office.worker, reason="记错").decision == "withdrawn"
    with refused("Withdrawn already."):
        withdraw_breach(breach=breach, by=office.worker, reason="另一个")
    with refused("Decided already: "):
        heard(breach, office.worker)
    done = confirmed(office.case, office.worker, UserFactory(town_supervisor=True), on=days_ago(3))
    with refused("Decided already: "):
        withdraw_breach(breach=done, by=office.worker, reason="记错")


def test_drug_law_35_education_follows_the_decision_on_its_day_at_the_earliest(
    office: Office,
) -> None:
    breach = heard(recorded(office.case, office.worker), office.worker)
    with refused("Only a breach that was confirmed after hearing is answered."):
        respond(breach, office.worker)
    approve(proposal=waiting(breach), by=office.officer, reason=REASON)
    for day in (days_ago(1), days_ago(-1)):
        with refused("The day lies before the decision or in the future.", "on"):
            respond(breach, office.worker, on=day)
    with refused("Say what the person is asked to do.", "words"):
        respond(breach, office.worker, words=" ")
    assert respond(breach, office.worker).on == today()
