"""Forms that are sent when the session has ended, and who finds them after the next sign-in."""

import re
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from apps.accounts import unsent
from apps.core.filling import Filler
from tests.architecture.matrix_world import World
from tests.architecture.url_lines import Line
from tests.architecture.visitors import SYSTEM
from tests.factories.accounts import PASSWORD

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


def typed_for(line: Line, url: str, page: str) -> dict[str, str]:
    """What is lost when the session has ended; nothing where a page has no form to send."""
    if page and 'method="post"' not in page.split("<main", 1)[-1]:
        return {}
    return typed_into(page, url) or ({"words_of_the_act": MARK} if line.method == "post" else {})


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
