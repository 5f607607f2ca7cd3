"""Sessions end after eight hours, and after an hour without a request."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.accounts.services import change_account, make_code, redeem_code
from apps.core.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WANQUAN, area

pytestmark = pytest.mark.django_db
START = datetime.fromisoformat("2026-03-02T08:00:00+08:00")


@pytest.fixture
def user(client: Client) -> User:
    user = UserFactory()
    with time_machine.travel(START, tick=False):
        client.force_login(user)
        client.get(reverse("accounts:me"))
    return user


def status_after(client: Client, minutes: float) -> int:
    with time_machine.travel(START + timedelta(minutes=minutes), tick=False):
        return client.get(reverse("accounts:me")).status_code


@pytest.mark.usefixtures("user")
def test_an_hour_without_a_request_ends_the_session_and_says_so(client: Client) -> None:
    assert status_after(client, 59) == 200
    assert status_after(client, 59 + 59) == 200
    assert status_after(client, 59 + 59 + 60) == 302
    with time_machine.travel(START + timedelta(minutes=179), tick=False):
        assert client.get("/sign-in/").context["ended"] == "idle"


@pytest.mark.usefixtures("user")
def test_eight_hours_end_the_session_of_a_busy_user_too(client: Client) -> None:
    for quarter in range(1, 16):
        assert status_after(client, quarter * 30) == 200
    assert status_after(client, 8 * 60 + 1) == 302


def seen_after(client: Client, minutes: float) -> int:
    with time_machine.travel(START + timedelta(minutes=minutes), tick=False):
        assert client.get(reverse("accounts:me")).status_code == 200
        seen: int = client.session["seen_at"]
        return seen


@pytest.mark.usefixtures("user")
def test_last_seen_is_written_once_a_minute(client: Client) -> None:
    first = seen_after(client, 10)
    assert seen_after(client, 10.5) == first
    assert seen_after(client, 11.5) > first


def test_an_act_of_an_ended_session_comes_back_to_its_page(client: Client) -> None:
    answer = client.post(
        reverse("accounts:password"), headers={"referer": "http://testserver/persons/?q=1"}
    )
    assert answer["Location"] == "/sign-in/?next=/persons/%3Fq%3D1"
    answer = client.post(reverse("accounts:password"), headers={"referer": "http://evil.example/x"})
    assert answer["Location"] == "/sign-in/?next=/"


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(client: Client) -> None:
    answer = client.get(
        reverse("accounts:me"),
        headers={"hx-request": "true", "referer": "http://testserver/today/"},
    )
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/sign-in/?next=/today/")


def alive(client: Client) -> bool:
    return client.get(reverse("accounts:me")).status_code == 200


CHANGES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "closed": ({"is_active": False}, {"is_active": True}),
    "another role": ({"role": Role.TOWN_SUPERVISOR}, {"role": Role.WORKER}),
    "another unit": ({"area": WANQUAN}, {"area": JIAJI}),
}
SPARED: dict[str, dict[str, Any]] = {"phone": {"phone": "10012345678"}, "name": {"name": "符"}}


def with_areas(facts: dict[str, Any]) -> dict[str, Any]:
    return {n: area(v) if n == "area" else v for n, v in facts.items()}


@pytest.mark.parametrize("door", ["service", "queryset"])
@pytest.mark.parametrize("what", CHANGES)
def test_sessions_and_codes_end_for_good_when(client: Client, what: str, door: str) -> None:
    user, system = UserFactory(), User.objects.system()
    client.force_login(user)
    code = make_code(user=user, by=system)
    assert alive(client)
    for facts in map(with_areas, CHANGES[what]):
        if door == "service":
            change_account(user=user, by=system, **facts)
        else:
            User.objects.filter(pk=user.pk).update(**facts)
    assert not alive(client)
    with pytest.raises(Refused, match="验证码已失效，请重新领取。"):
        redeem_code(user=user, code=code, password="seven green bottles hanging")
    fresh = make_code(user=user, by=system)
    redeem_code(user=user, code=fresh, password="seven green bottles hanging")


@pytest.mark.parametrize("what", SPARED)
def test_sessions_go_on_with_another(client: Client, what: str) -> None:
    user = UserFactory()
    client.force_login(user)
    change_account(user=user, by=User.objects.system(), **SPARED[what])
    assert alive(client)


def test_a_password_set_by_a_code_ends_the_sessions_before_it(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    code = make_code(user=user, by=User.objects.system())
    redeem_code(user=user, code=code, password="seven green bottles hanging")
    assert not alive(client)
