"""What htmx asks for is put into the page that asked: an address it asks never answers it with a
whole page, which would stand inside the line."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from config.template_guard import UnknownVariableError
from tests.architecture.matrix_world import World
from tests.architecture.url_matrix import LINES
from tests.architecture.visitors import NOBODY

pytestmark = pytest.mark.django_db
ASKED = re.compile(r"""hx-(get|post)="\{% url ['"]([\w:-]+)['"]""")
# Statuses that base.html tells htmx to swap.
SWAPPED = {*range(200, 300), 409, 422}


def asked_by_htmx() -> dict[str, str]:
    pages = Path(settings.BASE_DIR / "templates").rglob("*.html")
    return {name: way for page in pages for way, name in ASKED.findall(page.read_text("utf-8"))}


def answer(world: World, visitor: str, way: str, url: str, typed: dict[str, Any]) -> Any:
    with transaction.atomic():
        found = getattr(world.clients[visitor], way)(url, typed, headers={"HX-Request": "true"})
        transaction.set_rollback(True)
    return found


def test_what_htmx_asks_for_is_answered_with_a_part() -> None:
    world, lines, faults = World(), {line.name: line for line in LINES}, []
    names = asked_by_htmx()
    assert {"persons:reveal", "persons:call", "checkins:log"} <= set(names)
    for name, way in names.items():
        line = lines[name]
        url = reverse(name, kwargs=line.kwargs(world))
        for visitor in sorted(line.allowed - line.hidden - {NOBODY}):
            for typed in (line.query, {}, {"purpose": "x"}):
                try:
                    got = answer(world, visitor, way, url, typed)
                except UnknownVariableError as error:
                    # The frame is not prepared for an answer to htmx.
                    faults.append(f"{way} {name} as {visitor}: {error}")
                    continue
                whole = b"<html" in got.content and got.status_code in SWAPPED
                if whole or 300 <= got.status_code < 400:
                    faults.append(f"{way} {name} as {visitor}: {got.status_code}")
    assert faults == []
