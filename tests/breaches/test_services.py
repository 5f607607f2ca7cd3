"""Recorded, heard, decided by a named officer: each rule with its article."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from apps.approvals.models import Proposal
from apps.approvals.services import approve
from apps.areas.models import place_ids
from apps.breaches.models import Breach, Response
from apps.breaches.services import (
    hear_person,
    record_breach,
    respond_to_breach,
    revoke_breach,
    withdraw_breach,
)
from apps.cases.services import (
    close_case,
    report_leave,
    resume_case,
    suspend_case,
    withdraw_leave,
    withdraw_suspension,
)
from apps.core.days import today
from apps.core.refusals import Refused
from apps.documents.models import IssuedDocument
from apps.schedule.models import DueItem, PlanRule
from tests.breaches.conftest import Office
from tests.factories.accounts import UserFactory
from tests.factories.breaches import (
    REASON,
    confirmed,
    days_ago,
    heard,
    not_confirmed,
    recorded,
    waiting,
)
from tests.factories.pages import running_case


def counters(office: Office) -> tuple[int, int, int]:
    found = Breach.objects.filter(case=office.case).counters().get(office.case.pk)
    return (len(found.tests), len(found.leaves), found.days) if found else (0, 0, 0)


def away(first: int, days: int) -> dict[str, Any]:
    start = days_ago(first)
    return {"kind": "left", "on": start, "until": start + timedelta(days=days - 1)}


def test_art_35_a_breach_counts_only_when_heard_and_confirmed(office: Office) -> None:
    breach = recorded(office.case, office.worker)
    assert counters(office) == (0, 0, 0)
    heard(breach, office.worker)
    assert counters(office) == (0, 0, 0)
    approve(proposal=waiting(breach), by=office.officer, reason=REASON)
    assert counters(office) == (1, 0, 0)


def test_a_breach_heard_and_not_confirmed_never_counts(office: Office) -> None:
    breach = not_confirmed(office.case, office.worker, office.officer)
    assert (breach.decision, breach.decided_by) == ("not_confirmed", office.officer)
    assert breach.decision_reason
    assert counters(office) == (0, 0, 0)


def test_nothing_waits_for_a_decision_before_the_hearing(office: Office) -> None:
    breach = recorded(office.case, office.worker)
    assert not Proposal.objects.about(breach.public_id, "breach").exists()
    with pytest.raises(Refused, match="请写明本人的原话；未能听取的，写明原因。"):
        hear_person(breach=breach, by=office.worker, on=today())
    with pytest.raises(Refused, match="请写明何时、用什么方式联系过本人。"):
        hear_person(breach=breach, by=office.worker, on=today(), not_heard_why="失联")


def test_who_could_not_be_heard_waits_and_counts_for_nothing(office: Office) -> None:
    """The person's words are required; what was tried to hear them is kept, line by line."""
    breach = recorded(office.case, office.worker)
    tries = ("三次电话无人接听", "两次上门未遇", "两次上门未遇")
    for attempt in tries:
        breach = heard(breach, office.worker, said="", not_heard_why="失联", attempts=attempt)
    assert not breach.is_heard
    assert breach.attempts.count("上门") == 1
    assert len(breach.attempts.splitlines()) == 2
    assert not Proposal.objects.about(breach.public_id, "breach").exists()
    assert counters(office) == (0, 0, 0)
    heard(breach, office.worker, said="手机丢了")
    assert "手机丢了" in waiting(breach).facts
    approve(proposal=waiting(breach), by=office.officer, reason=REASON)
    breach.refresh_from_db()
    assert "三次电话" in breach.attempts
    assert counters(office) == (1, 0, 0)


@pytest.mark.parametrize("facts", [{}, {"not_heard_why": "失联", "attempts": "三次电话"}])
def test_the_database_confirms_nobody_without_own_words(
    office: Office, facts: dict[str, str]
) -> None:
    breach = recorded(office.case, office.worker)
    breach.heard_on, breach.heard_by = today(), office.worker
    for name, value in facts.items():
        setattr(breach, name, value)
    breach.decision, breach.decided_by = "confirmed", office.officer
    breach.decided_at, breach.decision_reason = breach.recorded_at, "理由"
    with pytest.raises(IntegrityError, match="breach_heard_first"), transaction.atomic():
        breach.save()


def test_the_database_itself_confirms_nobody_unheard(office: Office) -> None:
    breach = recorded(office.case, office.worker)
    breach.decision, breach.decided_by = "confirmed", office.officer
    breach.decided_at, breach.decision_reason = breach.recorded_at, "理由"
    with pytest.raises(IntegrityError, match="breach_heard_first"), transaction.atomic():
        breach.save()


def test_a_decision_needs_a_reason_and_another_person(office: Office) -> None:
    breach = heard(recorded(office.case, office.officer), office.worker)
    with pytest.raises(Refused, match="请写明理由：本人会看到。"):
        approve(proposal=waiting(breach), by=UserFactory(town_supervisor=True), reason=" ")
    with pytest.raises(Refused, match="记录人不得自行确认。"):  # recorded it
        approve(proposal=waiting(breach), by=office.officer, reason=REASON)
    with pytest.raises(Refused, match="您的角色不能决定此事。"):  # a worker
        approve(proposal=waiting(breach), by=UserFactory(), reason=REASON)
    assert waiting(breach).is_waiting
    assert counters(office) == (0, 0, 0)


def test_a_check_in_never_becomes_a_breach(office: Office) -> None:
    with pytest.raises(Refused, match=r"check-in|签到"):
        recorded(office.case, office.worker, kind="missed", duty="checkin")
    facts = {"kind": "missed", "duty": "checkin", "starts_on": days_ago(3), "ends_on": days_ago(3)}
    with pytest.raises(IntegrityError, match="breach_never_a_checkin"), transaction.atomic():
        Breach.objects.create(
            case=office.case, person=office.case.person, facts="没签到", recorded_by=office.worker,
            **facts, **place_ids(office.case),
        )  # fmt: skip


def test_a_duty_that_does_not_stand_as_missed_is_no_breach(office: Office) -> None:
    with pytest.raises(Refused, match="的此项义务。期限已过、其后才补"):  # its window is still open
        recorded(office.case, office.worker, kind="missed", duty="visit", on=today())
    with pytest.raises(Refused, match="请写明未履行哪项义务。"):
        recorded(office.case, office.worker, kind="missed")


def test_a_missed_visit_becomes_one_only_after_hearing(office: Office) -> None:
    DueItem.objects.create(
        case=office.case, person=office.case.person, kind="visit", opens_on=days_ago(40),
        due_on=days_ago(10), outcome="missed", number=1, rule=PlanRule.objects.order_by("pk")[0],
        year_of_term=1, recorded_elsewhere=False, carried_over=False, **place_ids(office.case),
    )  # fmt: skip
    facts = {"kind": "missed", "duty": "visit", "on": days_ago(10)}
    breach = confirmed(office.case, office.worker, office.officer, **facts)
    assert (breach.decision, counters(office)) == ("confirmed", (0, 0, 0))


REFUSED = {
    "art 19: less than three days away needs no report": away(20, 2),
    "the day lies in the future": {"on": days_ago(-1)},
    "art 16: before the agreement nothing is breached": {"on": days_ago(301)},
    "without facts": {"facts": " "},
    "one character is no fact": {"facts": " 拒 "},
    "the end before the beginning": {"kind": "left", "on": days_ago(3), "until": days_ago(5)},
}


@pytest.mark.parametrize("facts", REFUSED.values(), ids=REFUSED)
def test_refused(office: Office, facts: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        recorded(office.case, office.worker, **facts)


def test_art_19_a_reported_leave_is_no_breach_even_when_reported_later(office: Office) -> None:
    breach = heard(recorded(office.case, office.worker, **away(20, 5)), office.worker)
    report_leave(
        case=office.case, by=office.worker, starts_on=days_ago(20), until_on=days_ago(16),
        destination="海口", reported_in_writing_on=days_ago(21),
    )  # fmt: skip
    with pytest.raises(Refused, match="其中有些日子已书面报告外出。请只填其余日子。"):
        recorded(office.case, office.worker, **away(19, 3))
    with pytest.raises(Refused, match="其中有些日子已书面报告外出。请只填其余日子。"):
        approve(proposal=waiting(breach), by=office.officer, reason=REASON)


def test_art_24_a_suspended_order_is_not_breached(office: Office) -> None:
    suspend_case(case=office.case, by=office.officer, starts_on=days_ago(12), reason="detained")
    with pytest.raises(Refused, match="其中有些日子措施中止，义务停止。"):
        recorded(office.case, office.worker)
    recorded(office.case, office.worker, on=days_ago(13))


def test_what_was_withdrawn_hinders_no_breach_and_lengthens_none(office: Office) -> None:
    """条例 arts. 19, 24: a leave and a detention that were not, a leaving that is no more."""
    by = office.worker
    leave = report_leave(
        case=office.case, by=by, starts_on=days_ago(20), until_on=days_ago(16), destination="海口",
        reported_in_writing_on=days_ago(21),
    )  # fmt: skip
    held = suspend_case(
        case=office.case, by=office.officer, starts_on=days_ago(40), reason="detained"
    )
    resume_case(suspension=held, by=office.officer, on=days_ago(19))
    withdraw_leave(leave=leave, by=by, reason="没有去")
    with translation.override("en"), pytest.raises(Refused, match="The order was suspended"):
        recorded(office.case, by, **away(20, 5))
    withdraw_suspension(suspension=held, by=office.officer, reason="登记有误")
    breach = recorded(office.case, by, **away(20, 5))
    withdraw_breach(breach=breach, by=by, reason="登记有误")
    with translation.override("en"), pytest.raises(Refused, match="Leaving for less than"):
        recorded(office.case, by, **away(15, 1))
    recorded(office.case, by, **away(20, 5))
    recorded(office.case, by, **away(15, 1))


def test_after_the_end_nothing_is_recorded_or_confirmed(office: Office) -> None:
    breach = heard(recorded(office.case, office.worker), office.worker)
    close_case(case=office.case, by=office.officer, reason="revoked", on=today())
    with pytest.raises(Refused, match="期限已满或者措施已结束：不再登记或者确认违反协议。"):
        recorded(office.case, office.worker, on=days_ago(9))
    with pytest.raises(Refused, match="期限已满或者措施已结束：不再登记或者确认违反协议。"):
        approve(proposal=waiting(breach), by=office.officer, reason=REASON)


def test_twice_and_out_of_order_are_harmless(office: Office) -> None:
    sent = uuid4()
    first = recorded(office.case, office.worker, client_uuid=sent)
    assert recorded(office.case, office.worker, client_uuid=sent).pk == first.pk
    assert heard(first, office.worker).pk == heard(first, office.worker).pk
    assert Proposal.objects.about(first.public_id, "breach").count() == 1
    with pytest.raises(Refused, match="当天的检测已有记录。"):  # the same test again
        recorded(office.case, office.worker, kind="test_evaded")
    with pytest.raises(Refused, match="只有已确认的才能撤销。"):
        revoke_breach(breach=first, by=office.officer, reason="尚未确认")
    approve(proposal=waiting(first), by=office.officer, reason=REASON)
    with pytest.raises(Refused, match="已经决定：已确认，符用户"):
        withdraw_breach(breach=first, by=office.worker, reason="记错")


def test_days_away_are_not_counted_twice(office: Office) -> None:
    confirmed(office.case, office.worker, office.officer, **away(60, 20))
    with pytest.raises(Refused, match="其中有些日子已有记录。"):
        recorded(office.case, office.worker, **away(50, 5))
    confirmed(office.case, office.worker, office.officer, **away(40, 2))  # goes on with the first
    assert counters(office) == (0, 1, 22)


def test_withdrawn_and_revoked_ones_count_no_more(office: Office) -> None:
    breach = heard(recorded(office.case, office.worker, on=days_ago(5)), office.worker)
    withdraw_breach(breach=breach, by=office.worker, reason="记错了人")
    assert not Proposal.objects.waiting().exists()
    again = confirmed(office.case, office.worker, office.officer, on=days_ago(5))
    with pytest.raises(Refused, match="此事由督导决定。"):
        revoke_breach(breach=again, by=office.worker, reason="本人异议成立")
    revoke_breach(breach=again, by=office.officer, reason="本人异议成立")
    assert counters(office) == (0, 0, 0)


def test_art_35_education_and_letters_follow_a_confirmed_breach_only(office: Office) -> None:
    breach = recorded(office.case, office.worker)
    facts = {"breach": breach, "by": office.worker, "on": today(), "words": "按通知参加检测"}
    with pytest.raises(Refused, match="只有听取陈述并确认之后，才进行批评教育或者发出文书。"):
        respond_to_breach(client_uuid=uuid4(), kind="education", **facts)
    facts["breach"] = confirmed(office.case, office.worker, office.officer, on=days_ago(4))
    with pytest.raises(Refused, match="告诫书须在批评教育之后发出："):  # nobody was educated before
        respond_to_breach(client_uuid=uuid4(), kind="warning", **facts)
    respond_to_breach(client_uuid=uuid4(), kind="education", **facts)
    sent = uuid4()
    letter = respond_to_breach(client_uuid=sent, kind="admonition", **facts)
    assert respond_to_breach(client_uuid=sent, kind="admonition", **facts).pk == letter.pk
    respond_to_breach(client_uuid=uuid4(), kind="warning", **facts)
    assert IssuedDocument.objects.filter(person=office.case.person).count() == 2
    assert Response.objects.count() == 3


def test_art_35_whoever_did_not_breach_the_agreement_is_not_educated(office: Office) -> None:
    """Answered from the day of the decision on, and only what was confirmed."""
    facts = {"by": office.worker, "kind": "education", "words": "按时检测"}
    breach = not_confirmed(office.case, office.worker, office.officer)
    with translation.override("en"), pytest.raises(Refused, match="Only a breach that was conf"):
        respond_to_breach(breach=breach, client_uuid=uuid4(), on=today(), **facts)
    breach = confirmed(office.case, office.worker, office.officer, on=days_ago(4))
    for day in (today() - timedelta(days=1), today() + timedelta(days=1)):
        with translation.override("en"), pytest.raises(Refused, match="before the decision or"):
            respond_to_breach(breach=breach, client_uuid=uuid4(), on=day, **facts)
    assert respond_to_breach(breach=breach, client_uuid=uuid4(), on=today(), **facts).pk


@pytest.mark.parametrize("measure", ["SQJD", "SQKF"])
def test_letters_quote_the_hearing_and_the_counters_and_the_remedies(
    office: Office, measure: str
) -> None:
    case = running_case(office.worker, measure=measure)
    facts = {
        "breach": confirmed(case, office.worker, office.officer), "by": office.worker,
        "on": today(), "words": "按通知参加检测",
    }  # fmt: skip
    respond_to_breach(client_uuid=uuid4(), kind="education", **facts)
    letter = respond_to_breach(client_uuid=uuid4(), kind="warning", **facts)
    assert letter.paper is not None
    text = str(letter.paper.blocks)
    assert "口头批评教育" in text
    assert "那天在船上" in text
    assert "六十日" in text
    assert ("检测1次" in text) is (measure == "SQJD")
    assert ("强制隔离" in text) is False


def test_two_orders_have_counters_of_their_own(office: Office) -> None:
    other = running_case(office.worker)
    confirmed(office.case, office.worker, office.officer)
    confirmed(other, office.worker, office.officer)
    assert counters(office) == (1, 0, 0)
    assert record_breach.__doc__
