"""A form that is sent when the session has ended comes back filled, for the same account only.

Walks every address of the matrix that takes a form, as somebody who may use it.
"""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts import unsent
from apps.core.filling import Filler
from tests.architecture.matrix_world import World
from tests.architecture.url_matrix import LINES, Line
from tests.architecture.visitors import SYSTEM
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db
NEVER = ("accounts:", "core:", "home", "live", "ready")
MARK = "记下的话 <b>“引号”</b> & 尾"


def typed_into(page: str, path: str) -> dict[str, str]:
    """What somebody types into the one form of a page: a mark in every text."""
    found: dict[str, str] = {}
    for name in re.findall(r'<textarea[^>]*\bname="([^"]+)"', page):
        found[name] = f"第一行\r\n{MARK}"
    for tag in re.findall(r"<input[^>]*>", page):
        name, kind = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "type"))
        if name and kind and kind[1] in {"text", "tel", "search"}:
            found[name[1]] = MARK
    filler = Filler(page, path, as_query(found))
    return {name: value for name, value in found.items() if name in filler.placed}


def as_query(fields: dict[str, str]) -> Any:
    from django.http import QueryDict

    query = QueryDict(mutable=True)
    query.update(fields)
    return query


def sent_too_late(client: Client, url: str, fields: dict[str, str]) -> Any:
    session = client.session
    session["seen_at"] = 0
    session.save()
    answer = client.post(url, fields)
    assert answer.status_code == 302, url
    assert answer["Location"].startswith("/sign-in/"), url
    return answer


def sign_in(client: Client, username: str) -> str:
    facts = {"username": username, "password": PASSWORD}
    answer = client.post(reverse("accounts:sign-in"), facts)
    assert answer.status_code == 302
    return str(answer["Location"])


def lines() -> list[Line]:
    return [line for line in LINES if not line.public and not line.name.startswith(NEVER)]


def test_every_form_comes_back_filled_for_the_same_account_only() -> None:
    world, faults, walked, filled = World(), [], 0, 0
    for line in lines():
        visitor = sorted(line.allowed)[0]
        user, client = world.users[visitor], Client()
        url = reverse(line.name, kwargs=line.kwargs(world))
        client.force_login(user)
        page = client.get(url, line.query)
        is_page = page.status_code == 200 and page.get("Content-Type", "").startswith("text/html")
        text = page.content.decode() if is_page else ""
        fields = typed_into(text, url)
        if text and 'method="post"' not in text.split("<main", 1)[-1]:
            continue
        if not fields and line.method == "get":
            continue
        fields = fields or {"words_of_the_act": MARK}
        walked += 1
        sent_too_late(client, url, fields)
        other = Client()
        other.cookies = client.cookies.copy()
        if (aim := sign_in(client, user.username)) != url:
            faults.append(f"{line.name}: after the sign-in comes {aim}")
            continue
        shown = client.get(url).content.decode()
        filled += "accounts/unsent" not in shown and 'class="pre' not in shown
        missing = [n for n, v in fields.items() if v.replace("\r", "") not in plain(shown)]
        if missing:
            faults.append(f"{line.name}: lost {missing}")
        if MARK in plain(client.get(url, line.query).content.decode()):
            faults.append(f"{line.name}: stands there twice")
        faults += seen_by_another(other, world, line, url)
    assert faults == []
    assert walked > 60
    assert filled > 40


def plain(page: str) -> str:
    return unescape(page).replace("\r", "")


def seen_by_another(client: Client, world: World, line: Line, url: str) -> list[str]:
    """Whoever signs in next in the same browser."""
    stranger = world.users[SYSTEM if SYSTEM not in line.allowed else sorted(line.allowed)[-1]]
    if sign_in(client, stranger.username) == url:
        return [f"{line.name}: another account is led to the form"]
    if MARK in plain(client.get(url).content.decode()):
        return [f"{line.name}: another account reads what was typed"]
    return [] if client.session.get(unsent._KEY) is None else [f"{line.name}: kept on"]


def test_a_session_that_is_gone_altogether_is_known_by_its_browser() -> None:
    world = World()
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


def test_after_half_an_hour_it_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
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
