"""One place sees to it that no page shows a person without a line in the access log.

Views that know more say it themselves (`log_access`: what was seen, why). What they leave out is
noticed here: rows that carry a person's name tell `note_loaded` when they come from the database,
and before an answer leaves, `ReadingMiddleware` writes a line for those that it shows and nobody
has logged. If the line cannot be written there is no answer.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape

_NOTHING_SHOWN = frozenset({204, 403, 404, 405})


@dataclass
class Reading:
    """What one request has loaded, and what of it is in the log."""

    loaded: dict[tuple[type, Any], Any] = field(default_factory=dict)
    logged: set[UUID] = field(default_factory=set)


_now: ContextVar[Reading | None] = ContextVar("reading", default=None)


def note_loaded(row: Any) -> None:
    """A row with a name has come from the database; free outside a request."""
    found = _now.get()
    if found is not None and "name" in row.__dict__:
        found.loaded[type(row), row.pk] = row


def note_logged(ids: list[UUID]) -> None:
    """These stand in the log of this request."""
    found = _now.get()
    if found is not None:
        found.logged.update(ids)


@contextmanager
def reading() -> Iterator[Reading]:
    """Note what is loaded inside."""
    found = Reading()
    token = _now.set(found)
    try:
        yield found
    finally:
        _now.reset(token)


class ReadingMiddleware:
    """Inside the history's middleware, so that the line names the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reading() as found:
            response = self.get_response(request)
            if found.loaded and _shows_something(request, response):
                _log(request, _unlogged(found, response))
        return response


def _shows_something(request: HttpRequest, response: HttpResponse) -> bool:
    status = response.status_code
    shown = status < 300 or (400 <= status < 500)
    return shown and status not in _NOTHING_SHOWN and request.user.is_authenticated


def _unlogged(found: Reading, response: HttpResponse) -> dict[UUID, Any]:
    """Who is shown and not logged yet; a page about one person shows that one, named or not."""
    rows = {row.logged_as: row for row in found.loaded.values()}
    alone = len(rows) == 1 and not found.logged
    if response.streaming or alone:
        return {key: row for key, row in rows.items() if key not in found.logged}
    content = response.content
    return {
        key: row
        for key, row in rows.items()
        if key not in found.logged and any(name in content for name in _spellings(row.name))
    }


def _spellings(name: str) -> set[bytes]:
    """As HTML and as JSON."""
    return {escape(name).encode(), json.dumps(name)[1:-1].encode()} if name else set()


def _log(request: HttpRequest, rows: dict[UUID, Any]) -> None:
    from apps.audit.models import Action
    from apps.audit.services import log_access

    action = Action.VIEW if len(rows) == 1 else Action.LIST
    log_access(request, persons=list(rows), action=action, fields_seen="name")
