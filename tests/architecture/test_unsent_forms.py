"""A form that is sent when the session has ended comes back filled, for the same account only.

`test_forms_of_pages.py` walks every address that takes a form.
"""

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts import unsent
from tests.architecture.late import MARK, plain, sent_too_late, sign_in
from tests.architecture.matrix_world import World

pytestmark = pytest.mark.django_db


def test_a_session_that_is_gone_altogether_is_known_by_its_browser(world: World) -> None:
    worker = world.users["worker"]
    client = Client()
    client.force_login(worker)
    url = reverse("needs:create", args=[world.person.public_id])
    client.get(url)
    del client.cookies["sid"]
    assert client.post(url, {"words": MARK}).status_code == 302
    assert sign_in(client, worker.username) == url
    page = client.get(url).content.decode()
    assert MARK in plain(page)
    assert "<b>“引号”</b>" not in page


def test_after_half_an_hour_it_is_forgotten(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = world.users["worker"]
    client = Client()
    client.force_login(worker)
    url = reverse("needs:create", args=[world.person.public_id])
    client.get(url)
    sent_too_late(client, url, {"words": MARK})
    assert MARK not in str(dict(client.session.items()))
    monkeypatch.setattr(unsent, "SECONDS", -1)
    assert sign_in(client, worker.username) != url
    assert MARK not in plain(client.get(url).content.decode())


def test_whoever_was_never_signed_in_leaves_nothing() -> None:
    client = Client()
    assert client.post("/persons/assign/", {"words": MARK}).status_code == 302
    assert unsent._KEY not in client.session
