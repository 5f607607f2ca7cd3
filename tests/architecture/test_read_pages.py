"""Every page that can be read, drawn once for a visitor of each kind, and all that is asked of it.

Nobody is shown without a line in the access log, reading writes nothing else, what was typed is
escaped, forms have their token, and no form sends a choice that nobody made.
"""

import copy
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from apps.audit.models import AccessLog
from tests.architecture.chosen import PROPOSED, STORED, Chosen
from tests.architecture.marked_texts import SHOWN_RAW, mark_texts
from tests.architecture.matrix_world import World
from tests.architecture.test_url_matrix import OUTSIDE, addresses, fault
from tests.architecture.url_lines import Line
from tests.architecture.url_matrix import LINES
from tests.architecture.url_matrix_admin import ADMIN_LINES
from tests.architecture.visitors import WHOLE_SWEEP, one_of_each
from tests.once import once

pytestmark = pytest.mark.django_db
NAME, EXPECTED = "欧阳归真", "司徒望归"
# Reading may write these two, and nothing else.
WRITTEN_BY_READING = frozenset({"django_session", "audit_accesslog"})
REFUSE = """
CREATE FUNCTION no_log() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the access log is refused'; END $$;
CREATE TRIGGER no_log BEFORE INSERT ON audit_accesslog FOR EACH ROW EXECUTE FUNCTION no_log();
"""


def named_world() -> World:
    """A person and an expected release whose names stand nowhere else."""
    world = World()
    for row, name in ((world.person, NAME), (world.release, EXPECTED)):
        row.name = name
        row.save()
    return world


def shown(answer: Any) -> set[str]:
    """Who is named in the answer."""
    if answer.status_code >= 500 or 300 <= answer.status_code < 400:
        return set()
    content = b"".join(answer)
    return {name for name in (NAME, EXPECTED) if name.encode() in content}


@dataclass(frozen=True)
class Page:
    """As one visitor got it: its text, who is named in it, and whom the log names."""

    line: Line
    visitor: str
    fault: str
    text: str
    shown: set[str]
    logged: set[str]

    def __str__(self) -> str:
        return f"{self.line.name}, {self.visitor}"


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


class Walk:
    """One world, in whose texts stands markup, and every page of it."""

    def __init__(self, lines: list[Line]) -> None:
        self.world = named_world()
        rows = {NAME: self.world.person, EXPECTED: self.world.release}
        self.ids = {name: row.public_id for name, row in rows.items()}
        self.addresses = addresses(lines, self.world)
        self.marked = mark_texts()
        self.writes = Writes()
        before = snapshot()
        with connection.execute_wrapper(self.writes):
            self.pages = list(self._pages())
        after = snapshot()
        self.changed = [table for table in after if after[table] != before[table]]

    def _pages(self) -> Iterator[Page]:
        for line, url in self.addresses:
            self.writes.page = line.name
            for visitor in one_of_each(line.allowed):
                last = self.last_entry()
                answer = self.world.clients[visitor].get(url, line.query)
                text = b"".join(answer).decode(errors="replace")
                names = {name for name in (NAME, EXPECTED) if name in text}
                wrong = fault(line, visitor, answer, "get")
                yield Page(line, visitor, wrong, text, names, self.logged(visitor, last))

    @staticmethod
    def last_entry() -> int:
        return AccessLog.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def logged(self, visitor: str, last: int) -> set[str]:
        """Who is named in what was written in the log as the visitor's reading."""
        user = self.world.users[visitor]
        rows = AccessLog.objects.filter(pk__gt=last, user_id=user.pk) if user else []
        ids = {one for row in rows for one in row.person_ids}
        return {name for name, row_id in self.ids.items() if row_id in ids}

    def ways(self, *methods: str) -> Iterator[tuple[Line, str, str, str]]:
        """Each address, by one of those who may."""
        for line, url in self.addresses:
            for visitor in one_of_each(line.allowed - OUTSIDE)[:1]:
                yield from ((line, url, visitor, method) for method in methods)

    def sent(self, line: Line, url: str, visitor: str, method: str) -> tuple[Any, set[str]]:
        """The answer to a request that is taken back, and who is named in the log by it."""
        client, last = self.world.clients[visitor], self.last_entry()
        cookies = copy.deepcopy(client.cookies)
        with transaction.atomic():
            answer = getattr(client, method)(url, line.query)
            # What the database refused leaves nothing to be asked.
            logged = self.logged(visitor, last) if answer.status_code < 500 else set()
            transaction.set_rollback(True)
        client.cookies = cookies
        return answer, logged


@pytest.fixture(scope="module", params=[LINES, ADMIN_LINES], ids=["pages", "admin"])
def walk(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Walk]:
    with once(django_db_blocker, lambda: Walk(request.param)) as made:
        yield made


def test_every_page_answers_as_the_matrix_says(walk: Walk) -> None:
    assert len(walk.pages) > 200
    assert [page.fault for page in walk.pages if page.fault] == []


def unsound_in(page: str) -> list[str]:
    forms = re.findall(r'<form\b[^>]*method="post"[^>]*>.*?</form>', page, re.S)
    return ["text as markup"] * (SHOWN_RAW in page) + [
        f"no token: {form[:90]}" for form in forms if 'name="csrfmiddlewaretoken"' not in form
    ]


def test_typed_texts_are_escaped_and_forms_have_tokens(walk: Walk) -> None:
    assert len(walk.marked) > 50
    assert [f"{page}: {one}" for page in walk.pages for one in unsound_in(page.text)] == []


def test_reading_writes_only_session_and_access_log(walk: Walk) -> None:
    assert walk.writes.found == []
    assert walk.changed == []


def test_no_page_sends_a_choice_that_nobody_made(walk: Walk) -> None:
    found, lists = set(), 0
    for page in walk.pages:
        if "<form" in page.text and not page.line.public and page.line.name not in STORED:
            read = Chosen()
            read.feed(page.text)
            lists += read.lists
            found |= {f"{page.line.name} {name}" for name in read.found}
    if walk.addresses[0][0] in LINES:
        assert lists > 30, "the pages with forms were read"
        assert sorted(found - set(PROPOSED)) == []


def test_who_is_shown_is_in_the_log_and_without_a_log_nobody_is_shown(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Opened by one of each kind, and sent empty by one of those who may.

    Then the database refuses the log, and what was logged is asked once more, by reading or by
    sending in turn: no answer names the person, and none acts.
    """
    faults = [f"{page} shows {page.shown}" for page in walk.pages if page.shown - page.logged]
    found = sum(len(page.shown) for page in walk.pages)
    again = {(page.line.name, page.visitor, "get") for page in walk.pages if page.logged}
    for line, url, visitor, method in walk.ways("post"):
        answer, logged = walk.sent(line, url, visitor, method)
        names = shown(answer)
        found += len(names)
        faults += [f"{line.name}, {visitor}: sent empty shows {names}"] * bool(names - logged)
        again |= {(line.name, visitor, method)} if logged else set()
    assert faults == []
    assert found > 50
    with connection.cursor() as cursor:
        cursor.execute(REFUSE)
    caplog.set_level(logging.CRITICAL, logger="django.request")
    for client in walk.world.clients.values():
        monkeypatch.setattr(client, "raise_request_exception", False)
    refused = 0
    for number, (line, url, visitor, method) in enumerate(walk.ways("get", "post")):
        in_turn = WHOLE_SWEEP or number % 4 in (0, 3)  # reading and sending, address by address
        if in_turn and (line.name, visitor, method) in again:
            answer, _logged = walk.sent(line, url, visitor, method)
            refused += answer.status_code >= 500
            faults += [f"{line.name}, {visitor}: {method} shows {n}" for n in shown(answer)]
    assert faults == []
    assert refused > 50


def test_the_watch_over_writing_sees_a_write(walk: Walk) -> None:
    writes, staff = Writes(), walk.world.staff
    before = snapshot()
    with connection.execute_wrapper(writes):
        type(staff).objects.filter(pk=staff.pk).update(name="别名")
    changed = {table for table, rows in snapshot().items() if rows != before[table]}
    assert "accounts_user" in changed
    assert [found[:24] for found in writes.found] == [': UPDATE "accounts_user"']
