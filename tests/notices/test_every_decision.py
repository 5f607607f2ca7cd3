"""Whatever one person makes and another one answers rings the bell of the first.

The kinds are derived from the code: every kind of the inbox, and every model with the hands of
two persons. A new one without its line here fails.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from pghistory.models import Event

from apps.accounts.models import User
from apps.approvals.kinds import KINDS
from apps.approvals.models import Proposal
from apps.approvals.services import approve, propose, reject, withdraw
from apps.notices.codes import PERSONAL, NoticeKind
from apps.notices.kinds import SAYS, _places, place_of, words_of
from apps.notices.models import Notice
from tests.notices.conftest import Office, told

pytestmark = pytest.mark.django_db
Act = Callable[..., Any]

# Hands that make something, and hands that answer, take back or end it.
MAKES = {
    "proposed_by", "recorded_by", "issued_by", "uploaded_by", "asked_by", "created_by", "set_by",
    "opened_by", "sent_by", "handed_over_by", "heard_by", "merged_by", "made_by",
}  # fmt: skip
ANSWERS = {
    "decided_by", "withdrawn_by", "voided_by", "confirmed_by", "received_by", "ended_by",
    "closed_by", "seen_by", "found_by", "told_by", "undone_by",
    "answered_by", "excused_by", "called_off_by", "removed_by", "applied_by",
}  # fmt: skip
# Which kinds tell who made it; the acts stand in test_every_act.py.
TOLD: dict[str, set[NoticeKind]] = {
    "approvals.Proposal": {NoticeKind.APPROVED, NoticeKind.SENT_BACK, NoticeKind.WITHDRAWN},
    "accounts.AccountProposal": {NoticeKind.ACCOUNT_CONFIRMED, NoticeKind.ACCOUNT_REJECTED},
    "exports.ExportRequest": {NoticeKind.EXPORT_APPROVED, NoticeKind.EXPORT_REJECTED},
    "assessments.Assessment": {NoticeKind.APPROVED, NoticeKind.SENT_BACK},
    "breaches.Breach": {NoticeKind.APPROVED, NoticeKind.SENT_BACK, NoticeKind.BREACH_REVOKED},
    "transfers.Transfer": {
        NoticeKind.APPROVED,
        NoticeKind.SENT_BACK,
        NoticeKind.TRANSFER_CANCELLED,
    },
    "intake.Release": {NoticeKind.RELEASE_RECEIVED, NoticeKind.RELEASE_OFF},
    "checkins.CheckIn": {NoticeKind.ENTRY_WITHDRAWN},
    "visits.Meeting": {NoticeKind.ENTRY_WITHDRAWN},
    "draws.Excuse": {NoticeKind.ENTRY_WITHDRAWN},
    "periodic.ReportSending": {NoticeKind.REPORT_RECEIVED, NoticeKind.REPORT_SENT_BACK},
    "drugtests.DrugTest": {NoticeKind.ENTRY_WITHDRAWN},
    "followups.FollowUpAttempt": {NoticeKind.ENTRY_WITHDRAWN},
    "drugtests.Step": {NoticeKind.ENTRY_WITHDRAWN},
    "employment.Placement": {NoticeKind.ENTRY_WITHDRAWN},
    "employment.Look": {NoticeKind.ENTRY_WITHDRAWN},
    "employment.Enrolment": {NoticeKind.ENTRY_WITHDRAWN},
    "treatment.Treatment": {NoticeKind.ENTRY_WITHDRAWN},
    "treatment.Attendance": {NoticeKind.ENTRY_WITHDRAWN},
    "learning.LearningRecord": {NoticeKind.ENTRY_WITHDRAWN},
    "counselling.Session": {NoticeKind.ENTRY_WITHDRAWN},
    **{
        f"care.{model}": {NoticeKind.ENTRY_WITHDRAWN}
        for model in ("CarePlan", "CareStep", "CareReview", "CareListEntry")
    },
    "cases.TeamMember": {NoticeKind.ENTRY_WITHDRAWN},
    "assistance.AssistanceStep": {NoticeKind.ENTRY_WITHDRAWN},
    "assistance.Look": {NoticeKind.ENTRY_WITHDRAWN},
    "assessments.HalfYearSummary": {NoticeKind.ENTRY_WITHDRAWN},
    "documents.Attachment": {NoticeKind.ENTRY_WITHDRAWN},
    "documents.IssuedDocument": {NoticeKind.PAPER_VOIDED},
}
# No answer to a proposal: why the bell is silent.
SILENT = {
    "accounts.ResetCode": "the holder is told at the sign-in (apps/accounts/telling.py)",
    "assessments.HelpFlag": "the state of a person has changed, nobody's entry was judged",
    "assessments.SealedFlag": "the same, and a bell would say that there is one",
    "campaigns.Campaign": "closed when it is over: nobody's entry was judged",
    "campaigns.CampaignSlot": "called off for everybody: nobody's entry was judged",
    "followups.FollowUpRound": "closed when it is over: nobody's entry was judged",
    "care.CareList": "the same",
    "campaigns.CampaignTarget": "excused from a list: nobody's entry was judged",
    "followups.FollowUpTarget": "taken off a list: nobody's entry was judged",
    "handover.Arrival": "the answer goes to another installation, as a receipt",
    "handover.Package": "the receipt of another office; who reads it in sees what it says",
    "imports.LedgerImport": "one records office brings in and takes back; the list says who",
    "learning.UnitScore": "a number of a platform about a unit, in which nobody stands",
    "needs.Need": "closed when help has come: the state of a person",
    "periodic.ReportRule": "a report is asked for no more: nobody's entry was judged",
    "persons.Merge": "one records office merges and undoes; whoever looks after the person is told",
    "persons.OutsideLookup": "a supervisor takes note; who asked has had the answer",
    "schedule.PlanRule": "a rule of an area taken away before it began: nobody's entry was judged",
    "schedule.Snooze": "a line of Today that somebody shows again",
    "visits.LostContact": "somebody was found: the state of a person",
}


def models_of_two_hands() -> set[str]:
    found = set()
    for model in apps.get_models():
        hands = {f.name for f in model._meta.fields if isinstance(f, ForeignKey)}
        hands = {n for n in hands if model._meta.get_field(n).related_model is User}
        ours = model.__module__.startswith("apps.") and not issubclass(model, Event)
        if ours and hands & MAKES and hands & ANSWERS:
            found.add(model._meta.label)
    return found


def test_every_model_of_two_hands_tells_the_first_or_says_why_not() -> None:
    assert models_of_two_hands() == TOLD.keys() | SILENT.keys()


def test_hands_have_a_name_that_the_search_knows() -> None:
    """A new `…_by` is a hand of one of the two sorts, or a line of the bell itself."""
    names = {
        field.name
        for model in apps.get_models()
        if model.__module__.startswith("apps.") and not issubclass(model, Event)
        for field in model._meta.fields
        if isinstance(field, ForeignKey) and field.related_model is User and "_by" in field.name
    }
    assert names <= MAKES | ANSWERS


@pytest.mark.parametrize("code", sorted(KINDS))
@pytest.mark.parametrize("answer", ["approve", "reject", "withdraw"])
def test_every_kind_of_the_inbox_tells_who_proposed(
    office: Office, code: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the kind's own words; what it does besides has its own tests."""
    quiet = {"on_approve": lambda p, b: None, "on_reject": lambda p, b: None,
             "concerns": lambda p: ()}  # fmt: skip
    kind = KINDS[code]
    monkeypatch.setitem(KINDS, code, type(kind)(**(vars(kind) | quiet)))
    subject = uuid4()
    proposal = propose(kind=code, person=office.person, subject=subject, facts={}, by=office.worker)
    act: dict[str, Act] = {
        "approve": lambda: approve(proposal=proposal, by=office.boss, reason="理由"),
        "reject": lambda: reject(proposal=proposal, by=office.boss, reason="理由"),
        "withdraw": lambda: withdraw(kind=code, subject=subject, by=office.boss, reason="理由"),
    }
    act[answer]()
    notice = Notice.objects.get(reader=office.worker)
    said = {
        "approve": NoticeKind.APPROVED,
        "reject": NoticeKind.SENT_BACK,
        "withdraw": NoticeKind.WITHDRAWN,
    }
    assert (notice.kind, notice.about, notice.by) == (said[answer], office.person, office.boss)
    assert str(kind.name) in words_of(notice)
    assert place_of(notice, office.worker) == f"/approvals/{proposal.public_id}/"
    assert told(office.boss) == [], "nobody hears of the own act"


def test_who_takes_the_own_proposal_back_hears_nothing(office: Office) -> None:
    subject = uuid4()
    propose(kind="leave", person=office.person, subject=subject, facts={}, by=office.worker)
    withdraw(kind="leave", subject=subject, by=office.worker, reason="不去了")
    assert Proposal.objects.get().decision == "withdrawn"
    assert told(office.worker) == []


def test_every_kind_has_words_and_a_place() -> None:
    assert set(SAYS) == set(NoticeKind.values)
    assert set(_places) == set(NoticeKind.values)
    assert set(PERSONAL) <= set(NoticeKind)
