"""Every address, as every visitor: the answer is the one that url_matrix.py names.

One world for all lines: whatever a request writes is taken back, or fails the test.

Who gets an answer is asked without drawing the page: it is decided before. Visitors of the same
rights and scope are asked in turn. `test_read_pages.py` draws the pages, for one visitor of each
kind (`visitors.one_of_each`); `make soak` asks everybody and draws for all.
"""

import copy
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.matrix_world import World, nowhere
from tests.architecture.url_lines import Line, nothing
from tests.architecture.url_matrix import LINES
from tests.architecture.url_matrix_admin import ADMIN_LINES
from tests.architecture.url_matrix_samples import FROM_BELOW_LINES
from tests.architecture.visitors import (
    ADMIN_ALIKE,
    ALIKE,
    DISABLED,
    EVERYBODY,
    NOBODY,
    SAME_ROLE,
    TOLD_APART,
    WHOLE_SWEEP,
    account_of,
    one_of_each,
)

pytestmark = pytest.mark.django_db
OUTSIDE = frozenset({NOBODY, DISABLED})

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


def alike(line: Line) -> list[list[str]]:
    """Visitors who have the same rights and get the same answer from the address."""
    nobody_may = {visitor for visitor in line.visitors if line.standing(visitor) == (False, False)}
    roles = [role for role in SAME_ROLE if line.kwargs is nothing or nobody_may.issuperset(role)]
    found: list[list[str]] = []
    for group in (*roles, *ALIKE) if line in LINES else (*ADMIN_ALIKE, *roles):
        here = [visitor for visitor in group if visitor in line.visitors]
        apart = all(set(here).isdisjoint(other) for other in found)
        if apart and len({line.standing(visitor) for visitor in here}) == 1:
            found.append(here)
    return found


def asked(line: Line, number: int) -> list[str]:
    """Whom an address is asked as: of visitors who are alike to it the next one in turn."""
    left_out = set() if WHOLE_SWEEP else {
        visitor
        for group in alike(line)
        for place, visitor in enumerate(group)
        if place != number % len(group)
    }  # fmt: skip
    return [visitor for visitor in line.visitors if visitor not in left_out]


def methods_for(line: Line, visitor: str, turn: int) -> tuple[str, ...]:
    """By which methods somebody asks: whoever may by both."""
    both = ("get", "post")
    if WHOLE_SWEEP or visitor in line.allowed:
        return both
    return ("post",) if line.method == "post" else both[turn % 2 :][:1]


def test_visitors_who_are_alike_have_the_same_rights() -> None:
    for group in ALIKE + SAME_ROLE:
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
    lines: list[Line], world: World, undrawn: None, sent_back: list[str]
) -> None:
    """And a form that is sent back says by its status that nothing was done.

    Pages that `test_read_pages.py` draws are not asked for once more. Who is kept out is kept out
    of the whole address, so they are asked by one of the methods in turn; `make soak` asks by both.
    """
    faults, put_right = [], set()
    for number, (line, url) in enumerate(addresses(lines, world)):
        drawn = one_of_each(line.allowed)
        for turn, visitor in enumerate(asked(line, number), number):
            for method in ("post",) if visitor in drawn else methods_for(line, visitor, turn):
                sent_back.clear()
                answer = ask(world.clients[visitor], line, url, method)
                faults.append(fault(line, visitor, answer, method))
                if sent_back:
                    put_right.add(line.name)
                    if answer.status_code < 300:
                        faults.append(f"{line.name}, {visitor}: {answer.status_code} {sent_back}")
    assert [fault for fault in faults if fault] == []
    assert len(put_right) > (80 if lines is LINES else 5)


def test_what_a_unit_above_runs_is_seen_from_below_and_not_run(world: World, undrawn: None) -> None:
    """The same addresses once more, of a campaign of the county: asked as everybody."""
    faults = [
        fault(line, visitor, ask(world.clients[visitor], line, url, method), method)
        for turn, (line, url) in enumerate(addresses(FROM_BELOW_LINES, world))
        for visitor in line.visitors
        for method in methods_for(line, visitor, turn)
    ]
    assert [fault for fault in faults if fault] == []


def in_turn(visitors: Iterable[str], number: int) -> list[str]:
    """The next kind of visitor; in the whole sweep all of them."""
    found = one_of_each(visitors)
    return found if WHOLE_SWEEP else found[number % len(found) :][:1]


def bare(answer: Any, url: str) -> str:
    """The page without what differs in any two answers: tokens and the address itself."""
    page: str = answer.content.decode()
    page = re.sub(r'(name="csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"', "", page)
    return page.replace(url, "")


@both_halves
def test_not_yours_and_not_there_are_the_same_answer(lines: list[Line], world: World) -> None:
    """To those from whom the row is hidden and to those who may, one kind of each in turn."""
    faults, rows = [], [line for line in lines if line.hidden and line.rows]
    for number, (line, here) in enumerate(addresses(rows, world)):
        gone = reverse(line.name, kwargs=nowhere(line.kwargs(world)))
        for visitor in in_turn(line.hidden, number) + in_turn(line.allowed, number):
            client = world.clients[visitor]
            missing = ask(client, line, gone, line.method)
            same = visitor in line.allowed or (
                bare(ask(client, line, here, line.method), here) == bare(missing, gone)
            )
            if missing.status_code != 404 or not same:
                faults.append(f"{line.name}, {visitor}: {missing.status_code}, same: {same}")
    assert faults == []


@both_halves
def test_an_act_without_a_token_is_refused(lines: list[Line], world: World) -> None:
    faults = []
    for line, url in addresses(lines, world):
        for visitor in sorted(line.allowed - OUTSIDE)[:1]:
            client = Client(enforce_csrf_checks=True)
            client.cookies = world.clients[visitor].cookies
            if client.post(url).status_code != 403:
                faults.append(line.name)
    assert faults == []
