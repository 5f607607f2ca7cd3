"""Every address, as every visitor: the answer is the one that url_matrix.py names.

One world for all lines: whatever a request writes is taken back, or fails the test.

Who gets an answer is asked of everybody, without drawing the page: it is decided before. Pages are
drawn for one visitor of each kind (`visitors.one_of_each`); `make soak` draws them for all.
"""

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.forms import BaseForm
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.marked_texts import SHOWN_RAW, mark_texts
from tests.architecture.matrix_world import World, nowhere
from tests.architecture.url_matrix import LINES, Line
from tests.architecture.url_matrix_admin import ADMIN_LINES
from tests.architecture.visitors import (
    ADMIN_ALIKE,
    ALIKE,
    DISABLED,
    EVERYBODY,
    NOBODY,
    TOLD_APART,
    WHOLE_SWEEP,
    account_of,
    one_of_each,
)

pytestmark = pytest.mark.django_db
OUTSIDE = frozenset({NOBODY, DISABLED})
# Reading may write these two, and nothing else.
WRITTEN_BY_READING = frozenset({"django_session", "audit_accesslog"})

# As every browser sends it, so that a form is never left unasked.
SENT = {"csrfmiddlewaretoken": "x"}

both_halves = pytest.mark.parametrize("lines", [LINES, ADMIN_LINES], ids=["pages", "admin"])


def names(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}" if pattern.name else str(pattern.pattern)


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    known = [line.name for line in LINES + ADMIN_LINES]
    assert len(known) == len(set(known))
    found = set(names(get_resolver().url_patterns))
    assert found - set(known) == set(), "Add a line to tests/architecture/url_matrix.py"
    assert set(known) - found == set(), "These lines name no address"


def addresses(lines: list[Line], world: World) -> list[tuple[Line, str]]:
    return [(line, reverse(line.name, kwargs=line.kwargs(world))) for line in lines]


def ask(client: Client, line: Line, url: str, method: str) -> Any:
    """One request whose writes are taken back, the client's cookies too."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        try:
            answer = getattr(client, method)(url, line.query | (SENT if method == "post" else {}))
        except Exception as error:
            error.add_note(f"{method} of {line.name}, {url}")
            raise
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def asked(line: Line, number: int) -> list[str]:
    """Whom an address is asked as: of visitors who are alike to it the next one in turn."""
    groups = [
        [visitor for visitor in group if visitor in line.visitors]
        for group in (ALIKE if line in LINES else ADMIN_ALIKE)
        if len({line.standing(visitor) for visitor in group}) == 1
    ]
    left_out = set() if WHOLE_SWEEP else {
        visitor
        for group in groups
        for place, visitor in enumerate(group)
        if place != number % len(group)
    }  # fmt: skip
    return [visitor for visitor in line.visitors if visitor not in left_out]


def test_visitors_who_are_alike_have_the_same_rights() -> None:
    for group in ALIKE:
        roles = [account.definition for name in group if (account := account_of(name))]
        assert len({(role.permissions - TOLD_APART, role.own_caseload) for role in roles}) == 1
    for group in ADMIN_ALIKE:
        accounts = [account for name in group if (account := account_of(name))]
        assert len({account.definition.permissions if account.is_staff else None
                    for account in accounts}) == 1  # fmt: skip


def test_every_visitor_is_asked_for() -> None:
    met = {visitor for number, line in enumerate(LINES) for visitor in asked(line, number)}
    assert met == set(EVERYBODY)


def at_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith("/sign-in/")


def fault(line: Line, visitor: str, answer: Any, method: str) -> str:
    """What is wrong with an answer, if anything."""
    status = answer.status_code
    told = f"{line.name}, {visitor}: {method} gave {status}"
    if visitor in OUTSIDE and not line.public:
        return "" if at_sign_in(answer) else f"{told}, not the sign-in page"
    if visitor in line.allowed:
        return "" if _is_allowed(line, answer, method) else f"{told}, though allowed"
    refusals = {404} if visitor in line.hidden else {403}
    other_method = {403, 404, 405} if method != line.method else set()
    return "" if status in refusals | other_method else f"{told}, not {refusals}"


def _is_allowed(line: Line, answer: Any, method: str) -> bool:
    status = answer.status_code
    if method != line.method:
        # An address that acts is not read; a list is exported, a log changed by nobody.
        return status == 405 if method == "get" else status in {200, 204, 302, 403, 405, 409, 422}
    if at_sign_in(answer):
        return line.public
    return status in {200, 204, 302, 400, 409, 422}


@pytest.fixture
def sent_back(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Forms with what was posted in which something was found wrong."""
    found: list[str] = []
    add_error = BaseForm.add_error

    def noting(form: BaseForm, *args: Any) -> None:
        add_error(form, *args)
        if SENT.keys() <= form.data.keys():
            found.append(type(form).__name__)

    monkeypatch.setattr(BaseForm, "add_error", noting)
    return found


@both_halves
def test_everybody_gets_what_the_matrix_says(
    lines: list[Line], undrawn: None, sent_back: list[str]
) -> None:
    """And a form that is sent back says by its status that nothing was done."""
    world, faults, put_right = World(), [], set()
    for number, (line, url) in enumerate(addresses(lines, world)):
        for visitor in asked(line, number):
            for method in ("get", "post"):
                sent_back.clear()
                answer = ask(world.clients[visitor], line, url, method)
                faults.append(fault(line, visitor, answer, method))
                if sent_back:
                    put_right.add(line.name)
                    if answer.status_code < 300:
                        faults.append(f"{line.name}, {visitor}: {answer.status_code} {sent_back}")
    assert [fault for fault in faults if fault] == []
    assert len(put_right) > (80 if lines is LINES else 5)


def bare(answer: Any, url: str) -> str:
    """The page without what differs in any two answers: tokens and the address itself."""
    page: str = answer.content.decode()
    page = re.sub(r'(name="csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"', "", page)
    return page.replace(url, "")


@both_halves
def test_not_yours_and_not_there_are_the_same_answer(lines: list[Line]) -> None:
    world, faults = World(), []
    for line, here in addresses([line for line in lines if line.hidden and line.rows], world):
        gone = reverse(line.name, kwargs=nowhere(line.kwargs(world)))
        for visitor in one_of_each(line.hidden) + one_of_each(line.allowed):
            client = world.clients[visitor]
            missing = ask(client, line, gone, line.method)
            same = visitor in line.allowed or (
                bare(ask(client, line, here, line.method), here) == bare(missing, gone)
            )
            if missing.status_code != 404 or not same:
                faults.append(f"{line.name}, {visitor}: {missing.status_code}, same: {same}")
    assert faults == []


class Writes:
    """Notes the statements that write, with the page that is being asked."""

    def __init__(self) -> None:
        self.page = ""
        self.found: list[str] = []

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Called by Django around every statement."""
        written = re.match(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', sql)
        if written and written[1] not in WRITTEN_BY_READING:
            self.found.append(f"{self.page}: {sql[:90]}")
        return execute(sql, params, many, context)


def snapshot() -> dict[str, str]:
    """Where every row of every table lies: a written row lies elsewhere."""
    tables = set(connection.introspection.table_names()) - WRITTEN_BY_READING
    one = "SELECT '{0}', md5(coalesce(string_agg(ctid::text || xmin::text, ',' ORDER BY ctid), ''))"
    query = " UNION ALL ".join(one.format(t) + f' FROM "{t}"' for t in sorted(tables))
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def unsound_in(page: str) -> list[str]:
    forms = re.findall(r'<form\b[^>]*method="post"[^>]*>.*?</form>', page, re.S)
    return ["text as markup"] * (SHOWN_RAW in page) + [
        f"no token: {form[:90]}" for form in forms if 'name="csrfmiddlewaretoken"' not in form
    ]


@both_halves
def test_reading_writes_nothing_and_pages_are_sound(lines: list[Line]) -> None:
    """Only session and access log are written, typed texts are escaped, forms have tokens."""
    world, writes, unsound = World(), Writes(), []
    found = addresses(lines, world)
    assert len(mark_texts()) > 50
    before = snapshot()
    with connection.execute_wrapper(writes):
        for line, url in found:
            writes.page = line.name
            for visitor in one_of_each(line.allowed):
                answer = world.clients[visitor].get(url, line.query)
                faults = unsound_in(b"".join(answer).decode(errors="replace"))
                unsound += [f"{line.name}, {visitor}: {found}" for found in faults]
    after = snapshot()
    assert unsound == []
    assert writes.found == []
    assert [table for table in after if after[table] != before[table]] == []


def test_the_watch_over_writing_sees_a_write() -> None:
    world, writes = World(), Writes()
    before = snapshot()
    with connection.execute_wrapper(writes):
        type(world.staff).objects.filter(pk=world.staff.pk).update(name="别名")
    changed = {table for table, rows in snapshot().items() if rows != before[table]}
    assert "accounts_user" in changed
    assert [found[:24] for found in writes.found] == [': UPDATE "accounts_user"']


@both_halves
def test_an_act_without_a_token_is_refused(lines: list[Line]) -> None:
    world, faults = World(), []
    for line, url in addresses(lines, world):
        for visitor in sorted(line.allowed - OUTSIDE)[:1]:
            client = Client(enforce_csrf_checks=True)
            client.cookies = world.clients[visitor].cookies
            if client.post(url).status_code != 403:
                faults.append(line.name)
    assert faults == []
