"""Taps and pages of check-ins, with and without JavaScript."""

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
from apps.cases.models import Case
from apps.checkins.models import CheckIn
from apps.needs.models import Need
from apps.schedule.models import DueItem
from tests.factories.accounts import UserFactory
from tests.factories.persons import PersonFactory
from tests.factories.schedule import case_of, seen

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)
EN = {"Accept-Language": "en"}
HTMX = EN | {"HX-Request": "true"}
TODAY = "/today/?tab=late"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def worker(client: Client) -> User:
    user: User = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def case(worker: User) -> Case:
    return case_of(worker)


def post(client: Client, name: str, key: Any, **data: Any) -> HttpResponse:
    headers = HTMX if data.pop("htmx", False) else EN
    return client.post(
        reverse(name, args=[key]), {"next": TODAY} | data, secure=True, headers=headers
    )


def tap(client: Client, case: Case, act: str = "in_person", **data: Any) -> HttpResponse:
    item = DueItem.objects.filter(case=case).earliest("opens_on")
    facts = {"uuid": uuid4(), "item": item.pk, "act": act} | data
    return post(client, "checkins:log", case.person.public_id, **facts)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_a_tap_without_javascript_goes_back_to_where_it_was_made(
    client: Client, case: Case
) -> None:
    response = tap(client, case)
    checkin = CheckIn.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"{TODAY}&saved={checkin.public_id}"
    again = tap(client, case, next=response["Location"])
    assert again["Location"] == f"{TODAY}&saved={checkin.public_id}"


def test_a_tap_with_javascript_answers_the_saved_row(client: Client, case: Case) -> None:
    response = tap(client, case, htmx=True)
    assert "Saved 10:00 · In person" in text(response)
    assert "next 20 Jun" in text(response)
    assert response["HX-Trigger-After-Settle"] == "checkin-saved"


def test_a_second_tab_is_told_who_was_first(client: Client, case: Case, worker: User) -> None:
    tap(client, case)
    page = text(tap(client, case, "phone", htmx=True))
    assert "Recorded already" in page
    assert worker.name in page
    assert CheckIn.objects.count() == 1


def test_the_late_twin_of_an_undone_tap_is_told_so(client: Client, case: Case) -> None:
    uuid = uuid4()
    tap(client, case, uuid=uuid)
    post(client, "checkins:undo", CheckIn.objects.get().public_id)
    page = text(tap(client, case, uuid=uuid, htmx=True))
    assert "This tap was undone; nothing is recorded." in page
    assert CheckIn.objects.valid().count() == 0


def test_not_done_is_one_tap_with_a_proposed_day(client: Client, case: Case) -> None:
    page = text(tap(client, case, "hospital:phone", htmx=True))
    checkin = CheckIn.objects.get()
    assert (checkin.outcome, checkin.reason, checkin.method, checkin.next_on) == (
        "not_done",
        "hospital",
        "phone",
        NOW + 7 * DAY,
    )
    assert "Not done: in hospital, by phone" in page


def test_an_undo_brings_the_line_back(client: Client, case: Case) -> None:
    tap(client, case)
    key = CheckIn.objects.get().public_id
    page = text(post(client, "checkins:undo", key, htmx=True))
    assert "days late" in page
    assert "data-row" in page
    assert post(client, "checkins:undo", key)["Location"] == TODAY


def test_an_undo_in_a_round_brings_the_rounds_line_back(client: Client, case: Case) -> None:
    tap(client, case)
    key = CheckIn.objects.get().public_id
    assert 'class="round"' in text(post(client, "checkins:undo", key, row="round", htmx=True))


def test_an_undo_of_a_contact_without_a_duty(client: Client, worker: User) -> None:
    case = case_of(worker, agreement_on=None)
    checkin = seen(case, NOW, by=worker).checkin
    page = text(post(client, "checkins:undo", checkin.public_id, htmx=True))
    assert "This tap was undone" in page


def test_an_undo_too_late_is_refused_in_words(
    client: Client, case: Case, clock: time_machine.Traveller
) -> None:
    tap(client, case)
    clock.shift(timedelta(minutes=1))
    response = post(client, "checkins:undo", CheckIn.objects.get().public_id, htmx=True)
    assert response.status_code == 409
    assert "ten seconds" in text(response)


@pytest.mark.parametrize("act", ["", "pigeon", "hospital", "hospital:pigeon", "hospital:app"])
def test_a_tap_that_makes_no_sense_is_refused(client: Client, case: Case, act: str) -> None:
    assert tap(client, case, act).status_code == 409


def test_a_window_that_is_gone_does_not_lose_the_tap(client: Client, case: Case) -> None:
    tap(client, case, item=0)
    assert CheckIn.objects.get().due_item is not None


def test_next_never_leaves_the_site(client: Client, case: Case) -> None:
    response = tap(client, case, next="https://elsewhere.example/")
    assert response["Location"].startswith("/today/?saved=")


def test_a_note_after_the_tap(client: Client, case: Case, worker: User) -> None:
    key = seen(case, NOW, by=worker).checkin.public_id
    assert "The note is saved." in text(post(client, "checkins:note", key, note="a", htmx=True))
    assert post(client, "checkins:note", key, note="b")["Location"] == TODAY
    assert CheckIn.objects.get().note == "a\nb"
    page = client.get(reverse("checkins:note", args=[key]), secure=True, headers=EN)
    assert case.person.name in text(page)


def contact(**facts: Any) -> dict[str, Any]:
    return {
        "uuid": uuid4(),
        "outcome": "done",
        "method": "video",
        "occurred_at": "2024-06-02T09:30",
    } | facts


def test_the_full_form_takes_time_mood_note_and_a_need(client: Client, case: Case) -> None:
    url = reverse("checkins:create", args=[case.person.public_id])
    page = text(client.get(url, secure=True, headers=EN))
    assert "2024-06-03T10:00" in page
    response = post(
        client,
        "checkins:create",
        case.person.public_id,
        **contact(mood="4", note="在找工作", need_kind="work", need_words="想学电工"),
        need_urgency="normal",
        need_said_by="person",
    )
    assert response["Location"] == TODAY
    checkin = CheckIn.objects.get()
    assert (checkin.day, checkin.mood, checkin.is_late_entry) == (NOW - DAY, 4, True)
    need = Need.objects.get()
    assert (need.kind, need.urgency, need.said_by, need.words) == (
        "work",
        "normal",
        "person",
        "想学电工",
    )


def test_the_full_form_for_what_could_not_be_done(client: Client, case: Case) -> None:
    url = reverse("checkins:create", args=[case.person.public_id])
    page = text(client.get(f"{url}?outcome=not_done&reason=not_found", secure=True, headers=EN))
    assert 'value="2024-06-04"' in page
    refused = post(client, "checkins:create", case.person.public_id, **contact(outcome="not_done"))
    assert refused.status_code == 422
    assert "Say why it could not be done." in text(refused)
    assert CheckIn.objects.count() == 0


def test_a_correction_is_shown_and_saved(client: Client, case: Case, worker: User) -> None:
    checkin = seen(case, NOW, by=worker, note="a").checkin
    url = reverse("checkins:correct", args=[checkin.public_id])
    assert "2024-06-03T10:00" in text(client.get(url, secure=True, headers=EN))
    facts = contact(method="phone", occurred_at="2024-06-03T10:00", note="a", version=1, why="电话")
    assert post(client, "checkins:correct", checkin.public_id, **facts)["Location"] == TODAY
    checkin.refresh_from_db()
    assert (checkin.method, checkin.version) == ("phone", 2)
    late = post(client, "checkins:correct", checkin.public_id, **facts | {"method": "app"})
    assert late.status_code == 422
    assert "Stored now: Phone, 2024-06-03 10:00." in text(late)
    wrong = facts | {"version": 2, "occurred_at": "2024-06-09T10:00"}
    assert "future" in text(post(client, "checkins:correct", checkin.public_id, **wrong))


def test_a_withdrawal_asks_for_the_reason(client: Client, case: Case, worker: User) -> None:
    key = seen(case, NOW, by=worker).checkin.public_id
    url = reverse("checkins:withdraw", args=[key])
    assert case.person.name in text(client.get(url, secure=True, headers=EN))
    assert post(client, "checkins:withdraw", key).status_code == 422
    assert post(client, "checkins:withdraw", key, reason="记错人")["Location"] == TODAY
    assert not CheckIn.objects.get().is_valid
    assert post(client, "checkins:withdraw", key, reason="记错人")["Location"] == TODAY
    assert client.get(url, secure=True).status_code == 409


@pytest.mark.parametrize("name", ["checkins:log", "checkins:create"])
def test_a_person_elsewhere_is_not_found(client: Client, worker: User, name: str) -> None:
    person = PersonFactory()
    assert post(client, name, person.public_id).status_code == 404


@pytest.mark.parametrize("name", ["undo", "note", "correct", "withdraw"])
def test_a_check_in_of_another_caseload_is_not_found(
    client: Client, worker: User, name: str
) -> None:
    checkin = seen(case_of(UserFactory()), NOW).checkin
    assert post(client, f"checkins:{name}", checkin.public_id).status_code == 404


def test_the_year_24_is_a_slip_of_the_keyboard(client: Client, case: Case) -> None:
    typed = {"uuid": f"{uuid4()}", "outcome": "done", "method": "phone"}
    url = reverse("checkins:create", args=[case.person.public_id])
    for year in ("0024", "0001"):
        answer = client.post(url, typed | {"occurred_at": f"{year}-06-03T09:00"})
        assert answer.status_code == 422
        assert "occurred_at" in answer.context["form"].errors


def test_acts_elsewhere_put_the_number_of_today_in_doubt_once(
    client: Client, case: Case, worker: User
) -> None:
    """The session is stored for the first of them; a tap on the page of today stores none."""

    def stored(**headers: str) -> bool:
        windows = DueItem.objects.filter(case=case, kind="checkin", done_on=None)
        item = windows.earliest("opens_on")
        facts = {"uuid": uuid4(), "item": item.pk, "act": "in_person", "next": TODAY}
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(
                reverse("checkins:log", args=[case.person.public_id]), facts, secure=True,
                headers=EN | headers,
            )  # fmt: skip
        assert answer.status_code < 400
        return any("UPDATE" in one["sql"] and "django_session" in one["sql"] for one in asked)

    client.get(TODAY, secure=True)
    on_today = {"HX-Request": "true", "HX-Current-URL": f"https://testserver{TODAY}"}
    assert [stored(**on_today), stored(), stored()] == [False, True, False]
    client.get(TODAY, secure=True)
    assert stored()
