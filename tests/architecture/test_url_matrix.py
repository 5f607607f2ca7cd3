"""Every address, as every visitor: the answer is the one that url_matrix.py names."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.matrix_world import DISABLED, EVERYBODY, NOBODY, World, nowhere
from tests.architecture.url_matrix import LINES, Line
from tests.architecture.url_matrix_admin import ADMIN_LINES

pytestmark = pytest.mark.django_db
EVERY_LINE = LINES + ADMIN_LINES
OUTSIDE = frozenset({NOBODY, DISABLED})
# Reading may write these two, and nothing else.
WRITTEN_BY_READING = frozenset({"django_session", "audit_accesslog"})

each_line = pytest.mark.parametrize("line", EVERY_LINE, ids=lambda line: line.name)


def names(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}" if pattern.name else str(pattern.pattern)


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    known = [line.name for line in EVERY_LINE]
    assert len(known) == len(set(known))
    found = set(names(get_resolver().url_patterns))
    assert found - set(known) == set(), "Add a line to tests/architecture/url_matrix.py"
    assert set(known) - found == set(), "These lines name no address"


def address(line: Line, kwargs: dict[str, Any]) -> str:
    return reverse(line.name, kwargs=kwargs)


def ask(client: Client, line: Line, url: str, method: str) -> Any:
    """One request whose writes are taken back."""
    with transaction.atomic():
        answer = getattr(client, method)(url, line.query)
        transaction.set_rollback(True)
    return answer


def at_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith("/sign-in/")


def fault(line: Line, visitor: str, answer: Any, method: str) -> str:
    """What is wrong with an answer, if anything."""
    status, expected = answer.status_code, f"{visitor}: {method} gave {answer.status_code}"
    if visitor in OUTSIDE and not line.public:
        return "" if at_sign_in(answer) else f"{expected}, not the sign-in page"
    if visitor in line.allowed:
        if method == "get" and line.method == "post":
            return "" if status == 405 else f"{expected}, not 405"
        good = status in {200, 204, 302, 400, 405, 409, 422} and not (
            at_sign_in(answer) and not line.public
        )
        good = good and not (status == 405 and method == line.method)
        return "" if good else f"{expected}, though allowed"
    refusals = {404} if visitor in line.hidden else {403}
    other_method = {403, 404, 405} if method != line.method else set()
    return "" if status in refusals | other_method else f"{expected}, not {refusals}"


@each_line
def test_everybody_gets_what_the_matrix_says(line: Line) -> None:
    world = World()
    url = address(line, line.kwargs(world))
    faults = []
    for visitor in EVERYBODY:
        for method in ("get", "post"):
            answer = ask(world.clients[visitor], line, url, method)
            faults.append(fault(line, visitor, answer, method))
    assert [fault for fault in faults if fault] == []


def bare(answer: Any, *words: Any) -> str:
    """The page without what differs in any two answers: tokens and the address itself."""
    page: str = answer.content.decode()
    page = re.sub(r'(name="csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"', "", page)
    for word in words:
        page = page.replace(str(word), "")
    return page


@pytest.mark.parametrize(
    "line", [line for line in EVERY_LINE if line.hidden], ids=lambda line: line.name
)
def test_not_yours_and_not_there_are_the_same_answer(line: Line) -> None:
    world = World()
    here = line.kwargs(world)
    gone = nowhere(here)
    for visitor in line.hidden | line.allowed:
        client = world.clients[visitor]
        missing = ask(client, line, address(line, gone), line.method)
        assert missing.status_code == 404, visitor
        if visitor in line.hidden:
            hidden = ask(client, line, address(line, here), line.method)
            assert bare(hidden, *here.values()) == bare(missing, *gone.values()), visitor


def snapshot() -> dict[str, str]:
    """Where every row of every table lies: a written row lies elsewhere."""
    tables = set(connection.introspection.table_names()) - WRITTEN_BY_READING
    one = "SELECT '{0}', md5(coalesce(string_agg(ctid::text || xmin::text, ',' ORDER BY ctid), ''))"
    query = " UNION ALL ".join(one.format(t) + f' FROM "{t}"' for t in sorted(tables))
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


@each_line
def test_reading_writes_nothing_but_session_and_access_log(line: Line) -> None:
    world = World()
    url = address(line, line.kwargs(world))
    before = snapshot()
    for client in world.clients.values():
        client.get(url, line.query)
    after = snapshot()
    assert {table for table in after if after[table] != before.get(table)} == set()


@each_line
def test_an_act_without_a_token_is_refused(line: Line) -> None:
    world = World()
    url = address(line, line.kwargs(world))
    for visitor in line.allowed - OUTSIDE:
        client = Client(enforce_csrf_checks=True)
        client.cookies = world.clients[visitor].cookies
        assert client.post(url).status_code == 403, visitor
