"""Who proposes does not decide; a rejection has a reason; what a kind refuses is not stored."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.approvals import kinds, services
from apps.approvals.models import Proposal
from apps.approvals.views import waiting
from apps.core import navigation
from apps.core.refusals import Refused
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.persons import AssignmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


class Office:
    """A worker with a person, the town's supervisor, and a kind that remembers its answers."""

    def __init__(self) -> None:
        self.worker: User = UserFactory()
        self.supervisor: User = UserFactory(town_supervisor=True)
        self.person: Person = PersonFactory()
        AssignmentFactory(person=self.person, worker=self.worker)
        self.told: list[tuple[str, UUID]] = []
        self.refusing = False

    def propose(self, by: User | None = None, subject: UUID | None = None) -> Proposal:
        return services.propose(
            kind="trial", person=self.person, subject=subject or uuid4(), by=by or self.worker,
            facts={"what": "提议的事实"},
        )  # fmt: skip

    def on_approve(self, proposal: Proposal, by: User) -> None:
        if self.refusing:
            raise Refused("The facts have changed.")
        self.told.append(("approved", proposal.subject))

    def on_reject(self, proposal: Proposal, by: User) -> None:
        self.told.append(("rejected", proposal.subject))


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office()
    kinds.register(
        kinds.ProposalKind(
            "trial",
            "Trial",
            "a trial",
            made.on_approve,
            made.on_reject,
            lambda p: "/",
            lambda facts: facts["what"],
        )
    )
    navigation._WRITTEN._shared.clear()
    yield made
    del kinds.KINDS["trial"]
    navigation._WRITTEN._shared.clear()


def test_an_approval_does_what_was_proposed_once(office: Office) -> None:
    proposal = office.propose()
    services.approve(proposal=proposal, by=office.supervisor)
    assert office.told == [("approved", proposal.subject)]
    with pytest.raises(Refused, match=r"already|已"):
        services.approve(proposal=proposal, by=office.supervisor)
    assert len(office.told) == 1


def test_a_rejection_needs_a_reason_and_tells_the_kind(office: Office) -> None:
    proposal = office.propose()
    with pytest.raises(Refused, match=r"why|理由"):
        services.reject(proposal=proposal, by=office.supervisor, reason=" ")
    services.reject(proposal=proposal, by=office.supervisor, reason="材料不全")
    proposal.refresh_from_db()
    assert (proposal.decision, proposal.decision_reason) == ("rejected", "材料不全")
    assert office.told == [("rejected", proposal.subject)]


def test_nobody_decides_what_they_proposed_and_a_worker_decides_nothing(office: Office) -> None:
    own = office.propose(by=office.supervisor)
    not_own, not_a_worker = "本人提出的事项，不能由本人决定", "您的角色不能决定此事"
    for by, words in ((office.supervisor, not_own), (UserFactory(), not_a_worker)):
        with pytest.raises(Refused, match=words):
            services.approve(proposal=own, by=by)
    assert office.told == []


def test_what_the_kind_refuses_is_not_stored(office: Office) -> None:
    proposal = office.propose()
    office.refusing = True
    with pytest.raises(Refused, match="facts"):
        services.approve(proposal=proposal, by=office.supervisor)
    assert Proposal.objects.get(pk=proposal.pk).is_waiting


def test_one_proposal_waits_for_a_subject_at_a_time(office: Office) -> None:
    subject = uuid4()
    first = office.propose(subject=subject)
    with pytest.raises(Refused, match=r"already|已"):
        office.propose(subject=subject)
    assert services.withdraw(kind="trial", subject=subject, by=office.worker, reason="已撤回") == 1
    assert services.withdraw(kind="trial", subject=subject, by=office.worker, reason="再撤") == 0
    office.propose(subject=subject)
    assert Proposal.objects.about(first.subject, "trial").count() == 2


def test_the_inbox_shows_what_waits_for_me(office: Office, client: Client) -> None:
    proposal = office.propose()
    elsewhere: User = UserFactory(town_supervisor=True, area=area(WANQUAN))
    assert [waiting(u).count() for u in (office.supervisor, office.worker, elsewhere)] == [
        1,
        0,
        0,
    ]
    url = reverse("approvals:list")
    for user, shown in ((office.supervisor, True), (elsewhere, False), (office.worker, True)):
        client.force_login(user)
        assert (office.person.name in client.get(url).content.decode()) is shown
    client.force_login(office.supervisor)
    page = client.get(url, {"show": "all", "kind": "trial"}).content.decode()
    assert proposal.facts_in_words in page


def test_a_decision_by_its_page(office: Office, client: Client) -> None:
    proposal = office.propose()
    url = reverse("approvals:decide", args=[proposal.public_id])
    client.force_login(office.worker)
    page = client.get(url).content.decode()
    assert 'value="approve"' not in page
    answer = client.post(url, {"answer": "approve"})
    assert (answer.status_code, alert(answer)) == (409, "本人提出的事项，不能由本人决定。")
    client.force_login(office.supervisor)
    assert 'value="approve"' in client.get(url).content.decode()
    assert client.post(url, {"answer": "reject"}).status_code == 422
    assert client.post(url, {"answer": "approve"}).status_code == 302
    assert office.told == [("approved", proposal.subject)]
    late = client.post(url, {"answer": "reject", "reason": "材料不全"})
    assert (late.status_code, office.told) == (409, [("approved", proposal.subject)])
    assert alert(late).startswith("已经决定：")


def alert(answer: Any) -> str:
    """What stands in the box above the page."""
    found = re.search(r'role="alert">.*?<p>(.*?)</p>', answer.content.decode(), re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize("act", ["approve", "reject", "withdraw"])
def test_what_is_decided_is_offered_for_a_decision_no_more(office: Office, act: str) -> None:
    proposal, other = office.propose(), office.propose()
    if act == "approve":
        services.approve(proposal=proposal, by=office.supervisor)
    elif act == "reject":
        services.reject(proposal=proposal, by=office.supervisor, reason="材料不全")
    else:
        services.withdraw(kind="trial", subject=proposal.subject, by=office.worker, reason="撤回")
    assert list(Proposal.objects.decidable_by(office.supervisor)) == [other]
