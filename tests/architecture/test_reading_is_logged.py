"""No page shows a person without a line in the access log: every address, every kind of visitor."""

import copy
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from apps.audit.models import AccessLog
from tests.architecture.matrix_world import World
from tests.architecture.test_url_matrix import OUTSIDE, addresses
from tests.architecture.url_matrix import LINES, Line
from tests.architecture.url_matrix_admin import ADMIN_LINES
from tests.architecture.visitors import WHOLE_SWEEP, one_of_each

pytestmark = pytest.mark.django_db
NAME, EXPECTED = "欧阳归真", "司徒望归"
REFUSE = """
CREATE FUNCTION no_log() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the access log is refused'; END $$;
CREATE TRIGGER no_log BEFORE INSERT ON audit_accesslog FOR EACH ROW EXECUTE FUNCTION no_log();
"""
both_halves = pytest.mark.parametrize("lines", [LINES, ADMIN_LINES], ids=["pages", "admin"])


def named_world() -> World:
    """A person and an expected release whose names stand nowhere else."""
    world = World()
    for row, name in ((world.person, NAME), (world.release, EXPECTED)):
        row.name = name
        row.save()
    return world


def asked(
    client: Client, line: Line, url: str, methods: Iterable[str] = ("get", "post")
) -> Iterator[tuple[str, Any]]:
    """What a reader of the page does: opens it, and sends its form empty."""
    for method in methods:
        if method == "post" or line.method == "get":
            cookies = copy.deepcopy(client.cookies)
            with transaction.atomic():
                yield method, getattr(client, method)(url, line.query)
                transaction.set_rollback(True)
            client.cookies = cookies


def shown(answer: Any) -> set[str]:
    if answer.status_code >= 500 or 300 <= answer.status_code < 400:
        return set()
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return {name for name in (NAME, EXPECTED) if name.encode() in content}


@both_halves
def test_who_is_shown_is_in_the_log(lines: list[Line]) -> None:
    world, faults, found = named_world(), [], 0
    ids = {NAME: world.person.public_id, EXPECTED: world.release.public_id}
    for line, url in addresses(lines, world):
        for place, visitor in enumerate(one_of_each(line.allowed - OUTSIDE)):
            # An empty form that comes back is drawn once; the page itself for each kind.
            both = ("get", "post") if place == 0 or WHOLE_SWEEP else (line.method,)
            last = AccessLog.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            for method, answer in asked(world.clients[visitor], line, url, both):
                for name in shown(answer):
                    found += 1
                    rows = AccessLog.objects.filter(
                        pk__gt=last, username=world.users[visitor].username
                    )  # type: ignore[union-attr]
                    if not rows.filter(person_ids__contains=[ids[name]]).exists():
                        faults.append(f"{line.name}, {visitor}: {method} shows {name}")
    assert faults == []
    assert found > 50


@both_halves
def test_what_cannot_be_logged_is_not_shown(lines: list[Line]) -> None:
    """The log is refused by the database: no answer names the person, and none acts."""
    world, faults, refused = named_world(), [], 0
    found = addresses(lines, world)
    clients = world.clients.values()
    for client in clients:
        client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute(REFUSE)
    for line, url in found:
        for visitor in one_of_each(line.allowed - OUTSIDE)[:1]:
            for method, answer in asked(world.clients[visitor], line, url):
                refused += answer.status_code >= 500
                if shown(answer):
                    faults.append(f"{line.name}, {visitor}: {method} gave {answer.status_code}")
    assert faults == []
    assert refused > 50
