"""The list of check-ins, the round, and its sheet on paper."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import AccessLog
from apps.checkins.edits import withdraw_checkin
from apps.checkins.models import CheckIn
from apps.checkins.rounds import round_of
from apps.persons.services import assign_worker
from apps.schedule.models import DueItem
from tests.factories.accounts import UserFactory
from tests.factories.areas import area
from tests.factories.persons import PersonFactory
from tests.factories.schedule import case_of, seen

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)
EN = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def worker(client: Client) -> User:
    user: User = UserFactory()
    client.force_login(user)
    return user


def get(client: Client, name: str, **query: Any) -> str:
    response: HttpResponse = client.get(reverse(name), query, secure=True, headers=EN)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_the_newest_first_with_marks(client: Client, worker: User) -> None:
    late, tried, gone = (case_of(worker) for _n in range(3))
    seen(late, NOW - 3 * DAY, by=worker, note="情绪平稳")
    seen(tried, NOW, by=worker, outcome="not_done", reason="away", next_on=NOW + DAY)
    withdrawn = seen(gone, NOW, by=worker).checkin
    withdraw_checkin(checkin=withdrawn, by=worker, reason="wrong person")
    page = get(client, "checkins:list")
    assert page.index(tried.person.name) < page.index(late.person.name)
    for words in ("entered 06-03", "情绪平稳", "Away", "Withdrawn"):
        assert words in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"outcome": "not_done"}, ["tried"]),
        ({"method": "phone"}, ["phoned"]),
        ({"late": "on"}, ["late"]),
        ({"withdrawn": "on"}, []),
        ({"day_from": "2024-06-03"}, ["tried", "phoned"]),
        ({"day_to": "2024-06-02"}, ["late"]),
    ],
)
def test_the_list_is_narrowed_by_filters(
    client: Client, worker: User, query: dict[str, str], found: list[str]
) -> None:
    cases = {name: case_of(worker) for name in ("late", "tried", "phoned")}
    seen(cases["late"], NOW - 3 * DAY)
    seen(cases["tried"], NOW, outcome="not_done", reason="away", next_on=NOW + DAY)
    seen(cases["phoned"], NOW, method="phone")
    page = get(client, "checkins:list", **query)
    assert [name for name in cases if cases[name].person.name in page] == sorted(
        found, key=list(cases).index
    )


def test_the_list_keeps_its_queries(client: Client, worker: User) -> None:
    numbers = []
    for count in (3, 27):
        for _n in range(count):
            seen(case_of(worker), NOW - DAY, note="x")
        get(client, "checkins:list")
        with CaptureQueriesContext(connection) as queries:
            get(client, "checkins:list")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_the_export_has_words_and_is_logged(client: Client, worker: User) -> None:
    seen(case_of(worker), NOW - DAY, method="phone")
    response = client.post(
        reverse("checkins:list"),
        {"format": "csv", "purpose": "月报核对"},
        secure=True,
        headers=EN,
    )
    exported = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "Phone" in exported
    assert "Done" in exported
    assert AccessLog.objects.get(action="export_m").person_count == 1


def test_a_round_is_of_a_place_and_shows_what_is_left(client: Client, worker: User) -> None:
    village, other = area("469002100001"), area("469002100200")
    left, done, tried, quiet = (
        case_of(worker, person=PersonFactory(area=village)) for _n in range(4)
    )
    case_of(worker, person=PersonFactory(area=other))
    seen(done, NOW, by=worker)
    seen(tried, NOW, outcome="not_done", reason="away", next_on=NOW + DAY)
    seen(quiet, NOW - DAY)
    found = round_of(worker, NOW, area=village)
    assert [row.person for row in found.rows] == [left.person]
    progress = found.progress
    assert (progress.done, progress.tried, progress.left, progress.total) == (1, 1, 1, 3)
    assert (progress.in_person, progress.phone, found.waiting) == (1, 0, 1)
    page = get(client, "checkins:round", place="东风社区")
    assert left.person.name in page
    assert "Recorded today 2" in page


def test_a_round_is_of_picked_persons(client: Client, worker: User) -> None:
    picked, other = case_of(worker), case_of(worker)
    elsewhere = case_of(UserFactory())
    ids = [picked.person.public_id, elsewhere.person.public_id]
    page = get(client, "checkins:round", person=ids)
    assert picked.person.name in page
    assert other.person.name not in page
    assert elsewhere.person.name not in page
    assert get(client, "checkins:round", person="nonsense")


def test_a_place_that_does_not_exist_is_said(client: Client, worker: User) -> None:
    assert "No single unit has this name" in get(client, "checkins:round", place="天上村")


def test_progress_alone_is_asked_for_after_a_tap(client: Client, worker: User) -> None:
    case = case_of(worker)
    headers = EN | {"HX-Request": "true"}
    response = client.get(reverse("checkins:round"), secure=True, headers=headers)
    page = response.content.decode()
    assert "round-progress" in page
    assert case.person.name not in page


def value(case: Any) -> str:
    item = DueItem.objects.filter(case=case).earliest("opens_on")
    return f"{case.person.public_id},{uuid4()},{item.pk}"


def apply(client: Client, act: str, *taps: str) -> Any:
    return client.post(
        reverse("checkins:round-apply"),
        {"act": act, "tap": taps},
        secure=True,
        headers=EN,
        follow=True,
    )


def test_ticked_lines_are_done_at_once_and_twice_is_once(client: Client, worker: User) -> None:
    cases = [case_of(worker) for _n in range(3)]
    taps = [value(case) for case in cases[:2]]
    page = apply(client, "phone", *taps).content.decode()
    assert "2 check-ins are saved." in page
    again = apply(client, "phone", *taps).content.decode()
    assert "2 were recorded already" in again
    assert "are saved" not in again
    assert CheckIn.objects.filter(method="phone").count() == 2


def test_a_refusal_names_the_person_and_the_others_are_saved(client: Client, worker: User) -> None:
    good, bad, elsewhere = case_of(worker), case_of(worker), case_of(UserFactory())
    seen(bad, NOW)
    used = value(good)
    other = f"{bad.person.public_id},{used.split(',')[1]},{value(bad).split(',')[2]}"
    page = apply(client, "in_person", used, other, value(elsewhere)).content.decode()
    assert "1 check-in is saved." in page
    assert f"{bad.person.name}: This page was used for another person or" in page
    assert "1 ticked person is no longer looked after by you" in page
    assert elsewhere.person.name not in page
    assert CheckIn.objects.filter(person=elsewhere.person).count() == 0


@pytest.mark.parametrize(("act", "tap"), [("pigeon", ""), ("phone", "a,b,c"), ("phone", "a")])
def test_what_makes_no_sense_is_refused(client: Client, worker: User, act: str, tap: str) -> None:
    assert apply(client, act, tap).status_code == 409


def test_the_sheet_is_neutral_and_has_one_slip_a_person(client: Client, worker: User) -> None:
    cases = [case_of(worker) for _n in range(2)]
    page = get(client, "checkins:round-print")
    assert page.count('class="slip"') == len(cases)
    for word in ("Work plan", cases[0].person.name):
        assert word in page
    main = page[page.index("<main") : page.index("</main>")].lower()
    for word in ("drug", "detox", "risk_level", "check-in", "rehabilitation"):
        assert word not in main
    assert AccessLog.objects.get().action == "print"


def test_on_the_sheet_who_was_added_stands_with_a_place_and_without_a_day(
    client: Client, worker: User
) -> None:
    case, added = case_of(worker), PersonFactory()
    assign_worker(persons=[added], worker=worker, by=worker, on=NOW)
    page = get(client, "checkins:round-print", also=str(added.public_id))
    [row] = [row for row in page.split("<tr>") if f"<td>{added.name}</td>" in row]
    assert "<td>嘉积镇 · 先锋村</td><td></td>" in row
    [row] = [row for row in page.split("<tr>") if f"<td>{case.person.name}</td>" in row]
    assert "<td>嘉积镇 · 先锋村</td><td></td>" not in row
