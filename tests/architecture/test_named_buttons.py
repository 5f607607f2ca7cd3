"""A button that says in its name which act it is: no word, or another one, is no act.

What looks at one of the words and takes all others for the second act decides something that
nobody said.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.models import AccountProposal, User
from apps.accounts.services import ask_for_code
from apps.approvals.models import Proposal
from apps.approvals.services import propose
from apps.cases.models import Case
from apps.checkins.models import CheckIn
from apps.exports.models import ExportRequest
from apps.persons.models import Assignment
from apps.visits.models import Meeting
from tests.architecture.sources import ROOT
from tests.factories.accounts import UserFactory
from tests.factories.exports import waits
from tests.factories.pages import running_case, signed_in
from tests.once import once

NAMED = re.compile(r'<button\b[^>]*\bname="(\w+)"')
# Where the words are looked at: by a test below, or why an unknown word does no harm.
ASKED_BELOW = {
    ("approvals/decide.html", "answer"),
    ("accounts/second.html", "answer"),
    ("exports/request.html", "answer"),
    ("checkins/round.html", "act"),
    ("checkins/round_row.html", "act"),
    ("checkins/due_row.html", "act"),
    ("checkins/not_done_ways.html", "act"),
    ("workbench/person.html", "act"),
    ("visits/not_done_ways.html", "act"),
}
HARMLESS = {
    ("assessments/create.html", "save"): "without it the proposal is shown once more",
    ("assessments/create.html", "propose"): "shows, stores nothing",
    ("schedule/rule_new.html", "act"): "any other word shows the effect, and stores nothing",
    ("documents/prepare.html", "act"): "any other word shows the preview",
    ("core/export_menu.html", "format"): "a file is made in any case, of one of two forms",
    ("exports/ledger.html", "format"): "a file is made in any case, of one of two forms",
    ("core/export_ticked.html", "format"): "a file is made in any case, of one of two forms",
    ("cases/assign_village.html", "find"): "searches",
    ("persons/assign.html", "find"): "searches",
    ("cotton/language_switch.html", "language"): "an unknown language changes nothing",
}


def test_every_named_button_is_known() -> None:
    templates = ROOT / "templates"
    found = {
        (path.relative_to(templates).as_posix(), name)
        for path in templates.rglob("*.html")
        for name in NAMED.findall(path.read_text())
    }
    assert found == ASKED_BELOW | set(HARMLESS)


# Who sends it where, beside the word of the button; and what would have been stored.
LEAVE = {"first": "2026-03-01", "last": "2026-03-02", "where": "三亚"}
Sent = tuple[User, str, dict[str, Any], Callable[[], int]]


def _approval(case: Case, worker: User) -> Sent:
    row = propose(kind="leave", person=case.person, subject=uuid4(), facts=LEAVE, by=worker)
    decider: User = UserFactory(town_supervisor=True)
    decided = lambda: Proposal.objects.exclude(decision="").count()  # noqa: E731
    return decider, reverse("approvals:decide", args=[row.public_id]), {"reason": "核对过"}, decided


def _account(case: Case, worker: User) -> Sent:
    one, other = UserFactory(system_admin=True), UserFactory(system_admin=True)
    row = ask_for_code(user=UserFactory(county_supervisor=True), by=one)
    decided = lambda: AccountProposal.objects.exclude(decision="").count()  # noqa: E731
    return other, reverse("accounts:second", args=[row.public_id]), {}, decided


def _export(case: Case, worker: User) -> Sent:
    other = UserFactory(county_supervisor=True)
    row = waits(by=UserFactory(town_supervisor=True))
    decided = lambda: ExportRequest.objects.exclude(decision="").count()  # noqa: E731
    return other, reverse("exports:request", args=[row.public_id]), {}, decided


def _tap(case: Case, worker: User) -> Sent:
    url = reverse("checkins:log", args=[case.person.public_id])
    return worker, url, {"uuid": uuid4()}, CheckIn.objects.count


def _round(case: Case, worker: User) -> Sent:
    tap = f"{case.person.public_id},{uuid4()},{case.due_items.first().pk}"
    return worker, reverse("checkins:round-apply"), {"tap": [tap]}, CheckIn.objects.count


def _attempt(case: Case, worker: User) -> Sent:
    url = reverse("visits:attempt", args=[case.person.public_id, "visit"])
    return worker, url, {"uuid": uuid4()}, Meeting.objects.count


WORDS: list[tuple[Callable[[Case, User], Sent], str, str]] = [
    (_approval, "answer", ""),
    (_account, "answer", "confirm"),
    (_export, "answer", "approve"),
    (_tap, "act", "in_person"),
    (_round, "act", "phone"),
    (_attempt, "act", "not_found:in_person"),
]


@pytest.fixture(scope="module")
def office(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Case, User]]:
    worker: Callable[[], User] = UserFactory
    with once(django_db_blocker, lambda: running_case(worker())) as case:
        yield case, Assignment.objects.get(person=case.person).worker


@pytest.mark.django_db
@pytest.mark.parametrize("unknown", [None, "", "xyz", "REJECT", "approve reject"])
@pytest.mark.parametrize(("made", "name", "known"), WORDS)
def test_no_word_and_another_word_are_no_act(
    office: tuple[Case, User],
    made: Callable[[Case, User], Sent],
    name: str,
    known: str,
    unknown: str | None,
) -> None:
    who, url, data, stored = made(*office)
    client = signed_in(who)
    answer = client.post(url, data | ({} if unknown is None else {name: unknown}))
    assert (answer.status_code in (400, 409, 422), stored()) == (True, 0)
    if known:
        assert client.post(url, data | {name: known}).status_code in (200, 302)
        assert stored() == 1
