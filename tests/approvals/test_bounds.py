"""Whose inbox a proposal stands in, and the words of what is refused."""

from uuid import UUID, uuid4

import pytest

from apps.accounts.models import User
from apps.approvals.models import Proposal
from apps.approvals.services import approve, propose, reject, withdraw
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.persons import PersonFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


def proposed(by: User, subject: UUID | None = None, kind: str = "leave") -> Proposal:
    facts = {"first": "2024-06-03", "last": "2024-06-07", "where": "三亚"}
    return propose(
        kind=kind, person=PersonFactory(), subject=subject or uuid4(), facts=facts, by=by
    )


def test_the_inbox_has_what_another_proposed_and_nobody_has_decided(boss: User) -> None:
    worker, second = UserFactory(), UserFactory(town_supervisor=True)
    proposed(boss)
    waiting = proposed(worker)
    done = proposed(worker)
    withdraw(kind="leave", subject=done.subject, by=worker, reason="没有去")
    inbox = Proposal.objects.decidable_by(boss)
    assert list(inbox) == [waiting]
    assert Proposal.objects.decidable_by(second).count() == 2
    for other in (worker, UserFactory(town_supervisor=True, area=area(WANQUAN))):
        assert not Proposal.objects.decidable_by(other).exists()


def test_a_rejection_says_why_and_a_decision_is_one(boss: User) -> None:
    first = proposed(UserFactory())
    with refused("Say why it is rejected.", "reason"):
        reject(proposal=first, by=boss, reason=" ")
    with refused("Your role does not decide this."):
        reject(proposal=first, by=UserFactory(), reason="依据不足")
    withdraw(kind="leave", subject=first.subject, by=boss, reason=" 没有去 ")
    first.refresh_from_db()
    assert (first.decision, first.decided_by, first.decision_reason) == (
        "withdrawn", boss, "没有去",
    )  # fmt: skip
    with refused("Decided already: "):
        approve(proposal=first, by=UserFactory(town_supervisor=True))
    own = proposed(boss)
    with refused("Nobody decides what they proposed themselves."):
        reject(proposal=own, by=boss, reason="依据不足")


def test_what_waits_is_withdrawn_for_its_kind_and_subject_alone(boss: User) -> None:
    subject = uuid4()
    rows = [proposed(boss, subject), proposed(boss, subject, "police_report"), proposed(boss)]
    assert withdraw(kind="leave", subject=subject, by=boss, reason="没有去") == 1
    assert set(Proposal.objects.waiting()) == set(rows[1:])
    with pytest.raises(LookupError, match="nothing"):
        proposed(boss, kind="nothing")


def test_it_is_decided_where_the_row_is_and_without_one_where_the_person_is(boss: User) -> None:
    person, elsewhere = PersonFactory(), PersonFactory(area=area(WANQUAN))
    facts = {"kind": "leave", "person": person, "facts": {}, "by": UserFactory()}
    here = propose(subject=uuid4(), **facts)
    there = propose(subject=uuid4(), place=elsewhere, reason=" 急 ", **facts)
    assert (here.town, there.town, there.reason) == (person.town, elsewhere.town, "急")
    assert list(Proposal.objects.decidable_by(boss)) == [here]
    other = UserFactory(town_supervisor=True, area=area(WANQUAN))
    assert list(Proposal.objects.decidable_by(other)) == [there]
