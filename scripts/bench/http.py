"""Over the wire: the product's own server, a socket, and clients that keep their connection."""

import http.client
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from config.postgres_connection import is_free
from scripts.bench.databases import ROOT, Database

START = (
    "import os, django; django.setup();"
    "from apps.core.management.commands.serve import Command;"
    "c = Command(); c.host, c.port = '127.0.0.1', int(os.environ['PORT']);"
    "a = c._granian(); os.execv(a[0], a)"
)
PATIENCE = 60.0
HEADERS = {"Accept-Encoding": "br", "Sec-Fetch-Site": "same-origin"}


@contextmanager
def server(database: Database) -> Iterator[int]:
    """Granian as `manage.py serve` starts it, on a free port."""
    port = next(port for port in range(8600, 8700) if is_free(port))
    environment = database.environment() | {"PORT": str(port)}
    process = subprocess.Popen([sys.executable, "-c", START], cwd=ROOT, env=environment)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with (
            suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/live", timeout=2) as answer,
        ):
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise RuntimeError("The server did not start.")


def ask(port: int, address: str, cookies: list[str], clients: int, times: int) -> list[float]:
    """Milliseconds of each answer; so many clients ask at once, each in turn as its own user."""
    found: list[list[float]] = [[] for _ in range(clients)]
    wrong: list[str] = []

    def run(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = HEADERS | {"Cookie": cookies[number % len(cookies)]}
        for _ in range(times):
            begun = time.perf_counter()
            connection.request("GET", address, headers=headers)
            answer = connection.getresponse()
            answer.read()
            found[number].append((time.perf_counter() - begun) * 1000)
            if answer.status != 200:
                wrong.append(f"{address}: {answer.status}")
        connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(wrong[0])
    return [ms for one in found for ms in one]
