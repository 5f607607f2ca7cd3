"""`make crash`: kill -9 of web workers and of PostgreSQL while clients log check-ins.

Eight clients tap and try again until they are answered, each tap with its own UUID. Afterwards
every acknowledged tap must be in the database (0 lost), none twice (0 double), and the tables
sound. It has a server and a database of its own, made anew each time, on loopback only.
"""

import argparse
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds that a client goes on trying after the end
PERSONS = 40
TARGETS = ("worker", "database", "server")
# Twice as long, and the web server does not take its two workers for a crash loop.
PAUSE = 3.0


def main() -> None:
    """Set up, let it run, count, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--clients", type=int, default=8)
    options = parser.parse_args()
    folder = ROOT / "var" / "crash"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    port = surroundings(folder)
    server = None
    try:
        say("Making a database of its own")
        manage("setup", stdout=subprocess.DEVNULL)
        task = prepared() | {"port": port, "seconds": options.seconds, "patience": PATIENCE}
        server = subprocess.Popen([sys.executable, "manage.py", "serve"], cwd=ROOT)
        wait_until_ready(port)
        say(f"{options.clients} clients, {options.seconds} s")
        clients = [start_client(task | {"seed": n}, folder) for n in range(options.clients)]
        kills = kill_for(options.seconds, server.pid, port)
        answers = [line for client in clients for line in answers_of(*client)]
        wait_until_ready(port)
        verdict = {"killed": kills} | counted(answers)
    finally:
        if server:
            server.terminate()
            server.wait()
        forget(folder)
    say(json.dumps(verdict, indent=1))
    if verdict["lost"] or verdict["double"] or verdict["unsound"] or verdict["refused"]:
        sys.exit("FAILED")


def surroundings(folder: Path) -> int:
    """The environment of everything that is started here; the port."""
    for name in [n for n in os.environ if n.startswith(("HOMEWARD_", "DATABASE_"))]:
        del os.environ[name]
    sys.path.insert(0, str(ROOT))
    from config.postgres_connection import free_port

    port = free_port()
    os.environ |= {
        "HOMEWARD_VAR": str(folder),
        "HOMEWARD_INSECURE_LOCAL": "1",
        "HOMEWARD_LOG_LEVEL": "CRITICAL",  # a killed database is no news here
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    return port


def manage(*arguments: str, stdout: int | None = None) -> None:
    """A command of the project."""
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, check=True, stdout=stdout)


def forget(folder: Path) -> None:
    """Stop the database and remove it, wherever it had to lie."""
    from config import embedded_postgres

    embedded_postgres.stop()
    shutil.rmtree(embedded_postgres.data_folder().parent.parent, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def prepared() -> dict[str, Any]:
    """A worker with a session, and persons in the worker's care."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection

    from tests.factories.accounts import UserFactory
    from tests.factories.cases import CaseFactory
    from tests.factories.persons import AssignmentFactory

    worker = UserFactory()
    cases = CaseFactory.create_batch(PERSONS)
    for case in cases:
        AssignmentFactory(person=case.person, worker=worker)
    session = SessionStore()
    session[SESSION_KEY] = str(worker.pk)
    session[BACKEND_SESSION_KEY] = "apps.accounts.backends.RoleBackend"
    session[HASH_SESSION_KEY] = worker.get_session_auth_hash()
    session.create()
    connection.close()
    persons = [str(case.person.public_id) for case in cases]
    return {"session": session.session_key, "persons": persons, "worker": worker.pk}


def start_client(task: dict[str, Any], folder: Path) -> tuple[subprocess.Popen[bytes], Path]:
    """A client as a process of its own, and where it writes its answers."""
    asked, answered = (folder / f"client-{task['seed']}.{part}" for part in ("task", "answers"))
    asked.write_text(json.dumps(task))
    command = [sys.executable, str(ROOT / "scripts" / "crash_client.py")]
    with asked.open() as stdin, answered.open("w") as stdout:
        return subprocess.Popen(command, stdin=stdin, stdout=stdout), answered


def answers_of(client: subprocess.Popen[bytes], answered: Path) -> list[dict[str, Any]]:
    """What the client was answered, when it has ended."""
    if client.wait():
        sys.exit("A client failed: see above.")
    return [json.loads(line) for line in answered.read_text().splitlines()]


def kill_for(seconds: int, server: int, port: int) -> dict[str, int]:
    """Kill one after another until the time is over, each time when the site answers again."""
    end = time.monotonic() + seconds
    killed = dict.fromkeys(TARGETS, 0)
    for target in itertools.cycle(TARGETS):
        if time.monotonic() > end:
            return killed
        process = find(target, server)
        if process:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
                killed[target] += 1
        time.sleep(PAUSE)
        wait_until_ready(port)
    return killed


def find(target: str, server: int) -> int | None:
    """The process to kill: the database's, the web server's, or its oldest worker's."""
    import psutil

    if target == "database":
        return postmaster()
    with suppress(psutil.NoSuchProcess):
        for child in psutil.Process(server).children():
            if "granian" not in child.cmdline():
                continue
            workers = [p for p in child.children() if "granian" in p.cmdline()]
            if target == "worker" and workers:
                return min(workers, key=lambda p: p.create_time()).pid
            return child.pid
    return None


def postmaster() -> int | None:
    """The main process of the database, if it runs."""
    from config import embedded_postgres

    with suppress(OSError, ValueError):
        data = embedded_postgres.data_folder()
        return int((data / "postmaster.pid").read_text().split()[0])
    return None


def wait_until_ready(port: int) -> None:
    """The server answers, and the database does."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=3).close()
            return
        time.sleep(0.2)
    sys.exit("The server is not ready.")


def counted(answers: list[dict[str, Any]]) -> dict[str, Any]:
    """What was acknowledged, held against what is stored."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT client_uuid::text, count(*) FROM checkins_checkin GROUP BY 1")
        stored = dict(cursor.fetchall())
        cursor.execute(
            "SELECT count(*) FROM (SELECT pgh_obj_id FROM checkins_checkinevent"
            " WHERE pgh_label = 'insert' GROUP BY 1 HAVING count(*) <> 1) AS twice"
        )
        twice_in_history = cursor.fetchone()[0]
    connection.close()
    acknowledged = {a["tap"] for a in answers if a["answer"] == 302}
    sent = {a["tap"] for a in answers}
    return {
        "acknowledged": len(acknowledged),
        "stored": len(stored),
        "retries": sum(a["tries"] - 1 for a in answers),
        "longest_wait_seconds": max((a["waited"] for a in answers), default=0),
        "never_answered": sum(a["answer"] == 0 for a in answers),
        "refused": sum(a["answer"] not in {0, 302} for a in answers),
        "lost": len(acknowledged - set(stored)),
        "double": sum(n > 1 for n in stored.values()) + len(set(stored) - sent) + twice_in_history,
        "unsound": unsound(),
    }


def unsound() -> int:
    """0 when every table and index is what it should be (pg_amcheck)."""
    from config import embedded_postgres

    programs, address = embedded_postgres.programs(), embedded_postgres.admin_url()
    command = [str(programs / "pg_amcheck"), "--install-missing", "--heapallindexed", address]
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode


def say(words: str) -> None:
    """One line, at once."""
    print(words, flush=True)


if __name__ == "__main__":
    main()
