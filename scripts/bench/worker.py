"""One process for one database: `python -m scripts.bench.worker`, a question and an answer a line.

It asks Django's own handler with the test client: every middleware, the session, the view, the
template and the commit are in the time; a socket and the web server are not.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import brotli
import django

# What is one row of each answer.
ROWS = {
    "today": re.compile(r"<li [^>]*data-row"),
    "persons": re.compile(r"<tr[ >]"),
    "person": re.compile(r'class="event"'),
    "tests": re.compile(r"<tr[ >]"),
    "test": re.compile(r'<td [^>]*class="nowrap">'),
    "grid": re.compile(r"<tr data-entry"),
    "helps": re.compile(r"<tr[ >]"),
    "year": re.compile(r"<tr[ >]"),
    "round": re.compile(r"<tr[ >]"),
    "rival": re.compile(r'<th class="field-name'),
}
# As a browser asks on our own pages: what travels is compressed, and that is in the time.
FORM = "application/x-www-form-urlencoded"
HEADERS = {"Accept-Encoding": "br", "Sec-Fetch-Site": "same-origin"}


class Worker:
    """Signed-in clients, one an account."""

    def __init__(self) -> None:
        from django.test import Client

        self.clients: dict[int, Any] = {}
        self.stranger = Client()

    def client(self, user_id: int | None) -> Any:
        """The account's client; signing in is not measured."""
        from django.test import Client

        from apps.accounts.models import User

        if user_id is None:
            return self.stranger
        if user_id not in self.clients:
            client = Client()
            # A server loads its middleware once, not with the first request of every account.
            client.handler = self.stranger.handler
            user = User.objects.get(pk=user_id)
            client.force_login(user, backend="apps.accounts.backends.RoleBackend")
            self.clients[user_id] = client
        return self.clients[user_id]

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """One request, timed; with `count` its queries are counted too."""
        client = self.client(question.get("user"))
        address, form = question["address"], question.get("form")
        headers = HEADERS | question.get("headers", {})

        def send() -> Any:
            if form is None:
                return client.get(address, headers=headers)
            # As a form of a browser travels; the test client's own is that of files.
            return client.post(address, urlencode(form), content_type=FORM, headers=headers)

        return self.answer(question, send)

    def answer(self, question: dict[str, Any], send: Callable[[], Any]) -> dict[str, Any]:
        """Status, bytes, rows and milliseconds."""
        from django.db import close_old_connections

        if question.get("count"):
            (response, queries), ms, cpu = self.counted(send), 0.0, 0.0
        else:
            begun, worked = time.perf_counter(), time.process_time()
            # As at the start of a request in the server: the connection is asked whether it lives.
            close_old_connections()
            response = send()
            ms, queries = (time.perf_counter() - begun) * 1000, 0
            cpu = (time.process_time() - worked) * 1000
        rows = ROWS.get(question["page"])
        content = response.content
        if response.get("Content-Encoding") == "br":
            content = brotli.decompress(content)
        text = content.decode()
        return {
            "status": response.status_code,
            "bytes": len(content),
            "sent": len(response.content),
            "rows": len(rows.findall(text)) if rows else 0,
            "ms": ms,
            "cpu": cpu,
            "queries": queries,
        }

    def counted(self, send: Callable[[], Any]) -> tuple[Any, int]:
        """The answer and how many statements it took, those of session and log included."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            response = send()
        frame = ("BEGIN", "COMMIT")
        return response, sum(query["sql"] not in frame for query in queries.captured_queries)

    def memory(self) -> float:
        """Megabytes of this process."""
        import psutil

        return float(psutil.Process().memory_info().rss) / 2**20

    def cookie(self, user_id: int) -> str:
        """Of a session, for who asks over the wire."""
        from django.conf import settings

        name = settings.SESSION_COOKIE_NAME
        return f"{name}={self.client(user_id).cookies[name].value}"


def main() -> None:
    """Answer until the pipe is closed."""
    django.setup()
    from django.conf import settings

    from config.processes import settle_memory

    settings.ROOT_URLCONF = "scripts.bench.rival"
    worker = Worker()
    settle_memory()
    for line in sys.stdin:
        question = json.loads(line)
        if question["page"] == "memory":
            answer: dict[str, Any] = {"ms": worker.memory()}
        elif question["page"] == "cookie":
            answer = {"cookie": worker.cookie(question["user"])}
        else:
            answer = worker.ask(question)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
