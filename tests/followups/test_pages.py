"""Pages of a round: opened, filled, worked by two people, and what the second is told."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.audit.models import AccessLog
from apps.core.days import SHANGHAI, today
from apps.core.fields import uuid7
from apps.followups.models import FollowUpAttempt, FollowUpRound, FollowUpTarget
from apps.followups.services import fill_from_orders
from apps.needs.models import Need
from tests.checkins.test_at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WENCHENG, area
from tests.factories.followups import looked_in_on, noted, round_of
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


def sent(client: Client, name: str, *args: Any, **data: Any) -> Any:
    url = reverse(f"followups:{name}", args=args)
    return client.post(url, data, secure=True, HTTP_ACCEPT_LANGUAGE="en")


def seen(client: Client, name: str, *args: Any, query: str = "") -> str:
    url = reverse(f"followups:{name}", args=args) + query
    answer = client.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 200
    return answer.content.decode()


def a_try(**facts: Any) -> dict[str, Any]:
    now = f"{timezone.now().astimezone(SHANGHAI):%Y-%m-%dT%H:%M}"
    return {"client_uuid": uuid7(), "outcome": "reached", "way": "phone", "occurred_at": now,
            **facts}  # fmt: skip


def test_a_round_is_opened_filled_and_worked(boss: User) -> None:
    office, by = signed_in(boss), UserFactory()
    case = running_case(by, person=PersonFactory(name="陈海生"))
    answer = sent(office, "new", client_uuid=uuid7(), area=JIAJI, title="春季回访",
                  first=today().isoformat(), last=today().isoformat())  # fmt: skip
    found = FollowUpRound.objects.get()
    assert answer.url == reverse("followups:round", args=[found.public_id])
    sent(office, "fill", found.public_id, place="")
    row = FollowUpTarget.objects.get()
    assert row.person_id == case.person_id
    worker = signed_in(by)
    assert "Not tried yet" in seen(worker, "target", row.public_id)
    answer = sent(worker, "attempt", row.public_id, **a_try(
        life="hard", mind="unsettled", words="腰疼，想找点活干",
        need_kind="work", need_urgency="soon", need_said_by="person", need_words="想去工业园",
    ))  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    text = seen(worker, "target", row.public_id)
    assert "Reached by phone" in text
    assert "腰疼，想找点活干" in text
    assert Need.objects.get().words == "想去工业园"
    page = seen(office, "round", found.public_id)
    assert "1 of 1 · 100" in page
    assert "陈海生" in seen(office, "round", found.public_id, query="?part=phone")
    assert "陈海生" not in seen(office, "round", found.public_id, query="?part=left")


def test_the_second_worker_keeps_the_words_and_says_that_it_was_another_talk(boss: User) -> None:
    by = UserFactory()
    row = looked_in_on(round_of(by=boss), running_case(by).person)
    noted(row, by=UserFactory(name="周晓岚"))
    worker = signed_in(by)
    facts = a_try(words="他说下周去三亚打工", need_kind="work", need_urgency="soon",
                  need_said_by="person", need_words="工作")  # fmt: skip
    answer = sent(worker, "attempt", row.public_id, **facts)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "周晓岚 has reached the person" in text
    assert "他说下周去三亚打工" in text
    sent(worker, "attempt", row.public_id, **facts, another="on")
    assert FollowUpAttempt.objects.count() == 2


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("reached", "周晓岚 has reached the person on"), ("declined", "The person told 周晓岚 on")],
)
def test_who_is_about_to_call_is_told_that_somebody_has(
    boss: User, outcome: str, words: str
) -> None:
    """The list may be an hour old: the page where a try is noted says it before anybody dials."""
    by = UserFactory()
    row = looked_in_on(round_of(by=boss), running_case(by).person)
    worker = signed_in(by)
    assert words not in seen(worker, "attempt", row.public_id)
    noted(row, by=boss, outcome="not_reached", way="")
    assert words not in seen(worker, "attempt", row.public_id)
    noted(row, by=UserFactory(name="周晓岚"), outcome=outcome)
    assert words in seen(worker, "attempt", row.public_id)
    answer = sent(worker, "attempt", row.public_id, **a_try(outcome="not_reached", way=""))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert FollowUpAttempt.objects.count() == 2


def test_who_is_elsewhere_sees_neither_round_nor_row(boss: User) -> None:
    found = round_of(by=boss)
    row = looked_in_on(found, PersonFactory())
    other = signed_in(UserFactory(area=area(WENCHENG)))
    for name, key in (("round", found.public_id), ("target", row.public_id)):
        assert other.get(reverse(f"followups:{name}", args=[key]), secure=True).status_code == 404
    assert sent(other, "attempt", row.public_id, **a_try()).status_code == 404
    assert found.title not in seen(other, "list")


def test_the_list_and_the_row_are_in_the_log(boss: User) -> None:
    row = looked_in_on(round_of(by=boss), PersonFactory())
    AccessLog.objects.all().delete()
    seen(signed_in(boss), "round", row.round.public_id)
    seen(signed_in(boss), "target", row.public_id)
    assert [one.fields_seen for one in AccessLog.objects.order_by("pk")] == ["followup"] * 2


def test_of_who_has_a_second_call_today_tells_until_somebody_tries(boss: User) -> None:
    worker = UserFactory()
    case = running_case(worker)
    row = looked_in_on(round_of(by=boss), case.person)
    noted(row, by=worker, outcome="not_reached", way="")
    client = signed_in(worker)
    sent(client, "call", row.public_id, on=today().isoformat())
    FollowUpAttempt.objects.update(day=today().replace(year=today().year - 1))
    text = client.get(reverse("workbench:today"), secure=True).content.decode()
    assert reverse("followups:target", args=[row.public_id]) in text
    noted(row, by=worker, outcome="not_reached", way="")
    text = client.get(reverse("workbench:today"), secure=True).content.decode()
    assert reverse("followups:target", args=[row.public_id]) not in text


@pytest.mark.django_db(transaction=True)
def test_a_list_that_is_filled_twice_at_once_names_everybody_once() -> None:
    boss = UserFactory(town_supervisor=True)
    found = round_of(by=boss)
    for _n in range(3):
        running_case()
    added = at_once(*[lambda: fill_from_orders(round=found, by=boss)] * 3)
    assert sorted(added) == [0, 0, 3]
    assert FollowUpTarget.objects.count() == 3
