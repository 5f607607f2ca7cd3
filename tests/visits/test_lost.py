"""Lost contact: proposed after 15 days and 3 attempts by 2 means, set by a person, no status."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.refusals import Refused
from apps.schedule.models import DueItem
from apps.visits.lost import log_search, mark_found, set_lost_contact, silences
from apps.visits.models import LostContact, Search
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.schedule import case_of, seen
from tests.factories.visits import met, tried

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)
EN = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def worker() -> User:
    made: User = UserFactory()
    return made


def try_three_times(case: Case) -> None:
    """By phone, by message and on the spot."""
    gone = {"outcome": "not_done", "reason": "not_found", "next_on": NOW}
    seen(case, NOW - 3 * DAY, method="phone", **gone)
    seen(case, NOW - 2 * DAY, method="message", **gone)
    tried(case, NOW - DAY, next_on=NOW)


def silent(days: int = 15) -> Case:
    case: Case = CaseFactory()
    seen(case, NOW - days * DAY)
    try_three_times(case)
    return case


@pytest.mark.parametrize(("days", "lost"), [(14, False), (15, True), (40, True)])
def test_fifteen_days_without_contact_are_needed(days: int, lost: bool) -> None:
    case = silent(days)
    assert silences([case.person_id], NOW)[case.person_id].is_lost is lost


def test_three_attempts_by_two_means_are_needed(worker: User) -> None:
    case = CaseFactory()
    gone = {"outcome": "not_done", "reason": "not_found", "next_on": NOW}
    for clock in ("09:00", "10:00", "11:00"):
        seen(case, NOW, clock, method="phone", **gone)
    with pytest.raises(Refused, match="3 attempts, 1 means"):
        set_lost_contact(person=case.person, by=worker, reason="电话不通")
    tried(case, NOW, next_on=NOW)
    assert set_lost_contact(person=case.person, by=worker, reason="电话不通").set_by == worker


def test_a_visit_or_talk_with_the_person_is_a_contact() -> None:
    case = silent()
    met(case, NOW, "talk")
    assert not silences([case.person_id], NOW)[case.person_id].is_lost


def test_it_is_set_once_with_a_reason_and_changes_no_duty(worker: User) -> None:
    case = silent()
    before = list(DueItem.objects.order_by("pk").values())
    with pytest.raises(Refused, match="few words"):
        set_lost_contact(person=case.person, by=worker, reason=" ")
    first = set_lost_contact(person=case.person, by=worker, reason="三次联系未果")
    assert set_lost_contact(person=case.person, by=worker, reason="三次联系未果") == first
    assert first.since_on == NOW - 15 * DAY
    assert list(DueItem.objects.order_by("pk").values()) == before
    case.person.refresh_from_db()
    assert case.person.life_status == ""


def test_nobody_is_searched_for_without_an_order_art_23(worker: User) -> None:
    case = CaseFactory(not_agreed=True)
    with pytest.raises(Refused, match="nobody is searched for"):
        set_lost_contact(person=case.person, by=worker, reason="无法联系")


def test_each_search_is_logged_once_and_found_ends_it(worker: User) -> None:
    lost = set_lost_contact(person=silent().person, by=worker, reason="三次联系未果")
    entry = {"lost": lost, "by": worker, "client_uuid": uuid4(), "means": "village", "on": NOW}
    assert log_search(words="村里说外出", **entry) == log_search(words="村里说外出", **entry)
    with pytest.raises(Refused, match="future"):
        log_search(words="x", **(entry | {"client_uuid": uuid4(), "on": NOW + DAY}))
    with pytest.raises(Refused, match="how the person was found"):
        mark_found(lost=lost, by=worker, on=NOW, words=" ")
    mark_found(lost=lost, by=worker, on=NOW, words="本人来电")
    assert not LostContact.objects.standing().exists()
    with pytest.raises(Refused, match="log is closed"):
        log_search(words="x", **(entry | {"client_uuid": uuid4()}))
    assert Search.objects.count() == 1


def test_any_contact_ends_it_and_it_can_be_set_anew(
    worker: User, clock: time_machine.Traveller
) -> None:
    case = silent()
    first = set_lost_contact(person=case.person, by=worker, reason="三次联系未果")
    clock.shift(timedelta(hours=1))
    seen(case, NOW, "12:30", method="phone")
    assert not LostContact.objects.standing().exists()
    clock.shift(timedelta(days=20))
    later = NOW + 18 * DAY
    gone = {"outcome": "not_done", "reason": "not_found", "next_on": later}
    for method in ("phone", "message", "in_person"):
        seen(case, later, method=method, **gone)
    again = set_lost_contact(person=case.person, by=worker, reason="再次失去联系")
    assert again.pk != first.pk
    assert LostContact.objects.standing().get() == again


def test_the_list_proposes_and_the_person_page_shows_the_flag(client: Client, worker: User) -> None:
    client.force_login(worker)
    case = case_of(worker)
    try_three_times(case)
    page = reverse("visits:lost")
    html = client.get(page, secure=True, headers=EN).content.decode()
    assert "To be thought of" in html
    assert case.person.name in html
    new = reverse("visits:lost-new", args=[case.person.public_id])
    client.post(new, {"reason": "三次联系未果"}, secure=True, headers=EN)
    lost = LostContact.objects.get()
    entry = {"uuid": uuid4(), "on": "2024-06-03", "means": "police", "words": "派出所没有消息"}
    detail = reverse("visits:lost-detail", args=[lost.public_id])
    client.post(detail, entry, secure=True, headers=EN)
    assert "派出所没有消息" in client.get(detail, secure=True, headers=EN).content.decode()
    person = reverse("workbench:person", args=[case.person.public_id])
    assert "Lost contact since" in client.get(person, secure=True, headers=EN).content.decode()
    done = {"on": "2024-06-03", "words": "本人来电"}
    client.post(reverse("visits:lost-found", args=[lost.public_id]), done, secure=True, headers=EN)
    assert "Lost contact since" not in client.get(person, secure=True, headers=EN).content.decode()


def test_who_was_found_is_not_proposed_anew_and_the_contact_is_asked_for(
    client: Client, worker: User
) -> None:
    case = case_of(worker)
    try_three_times(case)
    lost = set_lost_contact(person=case.person, by=worker, reason="失联")
    client.force_login(worker)
    found = reverse("visits:lost-found", args=[lost.public_id])
    done = {"on": "2024-06-03", "words": "在其姐家中找到"}
    answer = client.post(found, done, secure=True, headers=EN)
    assert answer["Location"] == reverse("checkins:create", args=[case.person.public_id])
    assert not silences([case.person_id], NOW)[case.person_id].is_lost
    listed = client.get(reverse("visits:lost"), secure=True, headers=EN).content.decode()
    assert "To be thought of" not in listed
    assert "what is due stays late" in listed


def test_what_is_missing_is_said_before_anything_is_sent(client: Client, worker: User) -> None:
    client.force_login(worker)
    case = case_of(worker)
    page = reverse("visits:lost-new", args=[case.person.public_id])
    assert "Until now:" in client.get(page, secure=True, headers=EN).content.decode()
    try_three_times(case)
    assert "Until now:" not in client.get(page, secure=True, headers=EN).content.decode()
