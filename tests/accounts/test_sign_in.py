"""Signing in: the same answer to whatever is wrong, and a throttle."""

from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
URL = "/sign-in/"


def try_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(URL, {"username": username, "password": password, **more})


def test_a_user_signs_in_and_comes_to_the_first_page(client: Client) -> None:
    user = UserFactory()
    answer = try_in(client, user.username)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get(reverse("accounts:me")).status_code == 200


def test_after_signing_in_the_page_asked_for_is_opened(client: Client) -> None:
    answer = client.get(reverse("accounts:me"))
    assert answer["Location"] == "/sign-in/?next=/account/"
    answer = try_in(client, UserFactory().username, next="/account/")
    assert answer["Location"] == "/account/"


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(client: Client, target: str) -> None:
    assert try_in(client, UserFactory().username, next=target)["Location"] == "/"


def test_the_demo_password_opens_nothing_outside_demo_mode(client: Client, settings: Any) -> None:
    user = UserFactory()
    user.set_password(settings.DEMO_PASSWORD)
    user.save()
    settings.DEMO = False
    assert try_in(client, user.username, settings.DEMO_PASSWORD).status_code == 422
    settings.DEMO = True
    assert try_in(client, user.username, settings.DEMO_PASSWORD).status_code == 302


def test_the_sign_in_page_names_the_accounts_of_the_demo_in_demo_mode_only(
    client: Client, settings: Any
) -> None:
    UserFactory(username="demo-worker")
    UserFactory(username="demo-gone", is_active=False)
    UserFactory(username="zhou")
    settings.DEMO = False
    assert "demo-worker" not in client.get(URL).content.decode()
    settings.DEMO = True
    page = client.get(URL).content.decode()
    assert "demo-worker" in page
    assert settings.DEMO_PASSWORD in page
    assert "demo-gone" not in page
    assert "zhou" not in page


def answer_to(client: Client, username: str, password: str, status: int = 422) -> str:
    answer = try_in(client, username, password)
    assert answer.status_code == status
    page: str = answer.content.decode()
    cut = page.replace(username, "NAME")
    token = answer.context["csrf_token"]
    return cut.replace(str(token), "TOKEN")


def test_unknown_wrong_and_disabled_get_the_same_page(client: Client) -> None:
    UserFactory(username="aaaa")
    UserFactory(username="bbbb", is_active=False)
    unknown = answer_to(client, "cccc", PASSWORD)
    assert answer_to(client, "aaaa", "wrong") == unknown
    assert answer_to(client, "bbbb", PASSWORD) == unknown
    assert "15" in unknown


def test_refused_for_now_is_the_same_page_for_names_that_nobody_has(client: Client) -> None:
    UserFactory(username="aaaa")
    UserFactory(username="bbbb", is_active=False)
    with time_machine.travel("2026-11-28T02:00:00Z", tick=False):
        for name in ("aaaa", "bbbb", "cccc"):
            for _ in range(5):
                try_in(client, name, "wrong")
        pages = {answer_to(client, n, PASSWORD, 429) for n in ("aaaa", "bbbb", "cccc")}
        assert len(pages) == 1
        again = try_in(client, "cccc")
    assert again["Retry-After"] == "900"


def test_a_locked_account_is_locked_for_the_right_password_too(
    client: Client, settings: Any
) -> None:
    user, colleague = UserFactory(), UserFactory()
    for _ in range(5):
        try_in(client, user.username, "wrong")
    assert try_in(client, user.username).status_code == 429
    assert not client.session.get("_auth_user_id")
    assert try_in(client, colleague.username).status_code == 302


def hashes_made(client: Client, username: str, password: str) -> int:
    name = "django.contrib.auth.hashers.MD5PasswordHasher.encode"
    from django.contrib.auth.hashers import MD5PasswordHasher

    with patch(name, autospec=True, side_effect=MD5PasswordHasher.encode) as encode:
        try_in(client, username, password)
        return int(encode.call_count)


def test_whatever_is_wrong_costs_one_hash(client: Client, settings: Any) -> None:
    user, disabled = UserFactory(), UserFactory(is_active=False)
    fresh = UserFactory(password=None)
    system = User.objects.system()
    names = [("nobody", PASSWORD), (user.username, "wrong"), (disabled.username, PASSWORD)]
    names += [(fresh.username, PASSWORD), (system.username, "!")]
    assert [hashes_made(client, *pair) for pair in names] == [1, 1, 1, 1, 1]
    for _ in range(5):
        try_in(client, user.username, "wrong")
    assert hashes_made(client, user.username, PASSWORD) == 1


def test_an_endless_password_is_refused_before_it_is_hashed(client: Client) -> None:
    assert hashes_made(client, UserFactory().username, "x" * 5000) == 0


def test_a_sign_in_begins_a_new_session(client: Client) -> None:
    client.get(URL)
    session = client.session
    session["planted"] = "1"
    session.save()
    client.cookies["sid"] = planted = session.session_key or ""
    try_in(client, UserFactory().username)
    assert client.session.session_key != planted


def test_who_is_signed_in_does_not_see_the_form(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(URL)["Location"] == "/"
    assert client.get(reverse("accounts:redeem-code"))["Location"] == "/"


def test_signing_out_needs_a_post_and_ends_the_session(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(reverse("accounts:sign-out")).status_code == 405
    assert client.post(reverse("accounts:sign-out"))["Location"] == "/sign-in/"
    assert client.get(reverse("accounts:me")).status_code == 302


def test_an_account_that_is_closed_is_out_with_its_next_request(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(reverse("accounts:me")).status_code == 302
