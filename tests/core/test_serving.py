"""The tree of processes that serves: nothing of it is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from apps.core.serving import AlreadyServingError, Child, Supervisor, end_holder, hold

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def eventually(fact: Callable[[], bool], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while not fact() and time.monotonic() < deadline:
        time.sleep(0.05)
    return fact()


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def child() -> Iterator[Child]:
    made = Child("Sleeper", SLEEP)
    yield made
    made.end()


def test_a_child_that_was_killed_is_started_again(child: Child) -> None:
    before = child.process.pid
    os.kill(before, signal.SIGKILL)
    child.process.wait()
    assert child.revive()
    assert child.process.pid != before


def test_a_child_that_keeps_dying_is_given_up() -> None:
    child = Child("Broken", [sys.executable, "-c", "raise SystemExit(3)"])
    answers = []
    for _ in range(6):
        child.process.wait()
        answers.append(child.revive())
    child.end()
    assert answers == [True] * 5 + [False]


def test_a_child_that_works_once_is_not_started_again() -> None:
    child = Child("Once", [sys.executable, "-c", ""], again=False)
    child.process.wait()
    before = child.process.pid
    assert child.revive()
    assert child.process.pid == before


def test_what_a_killed_child_leaves_behind_ends_with_it(tmp_path: Path) -> None:
    note = tmp_path / "grandchild"
    code = (
        f"import subprocess, pathlib; p = subprocess.Popen({SLEEP!r});"
        f"pathlib.Path({str(note)!r}).write_text(str(p.pid)); p.wait()"
    )
    child = Child("Parent", [sys.executable, "-c", code])
    assert eventually(lambda: note.exists() and bool(note.read_text()))
    grandchild = int(note.read_text())
    os.kill(child.process.pid, signal.SIGKILL)
    child.process.wait()
    child.end()
    assert eventually(lambda: not is_alive(grandchild))


def test_children_die_with_a_parent_that_was_killed() -> None:
    code = (
        "import sys, time; from apps.core.serving import Child;"
        f"print(Child('Sleeper', {SLEEP!r}).process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    assert eventually(lambda: not is_alive(child))


def test_a_stop_signal_ends_all_and_exits_with_0() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    looks = []

    def watch() -> None:
        looks.append(1)
        os.kill(os.getpid(), signal.SIGTERM)

    try:
        supervisor = Supervisor(watch)
        supervisor.children.append(Child("Sleeper", SLEEP))
        assert supervisor.run() == 0
        supervisor.end()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert looks == [1]
    assert supervisor.children[0].process.poll() is not None


def test_a_project_is_served_by_one_process(tmp_path: Path) -> None:
    claim = hold(tmp_path / "serve.pid", "http://127.0.0.1:8000/")
    with pytest.raises(AlreadyServingError, match=f"{os.getpid()} http"):
        hold(tmp_path / "serve.pid", "http://127.0.0.1:8001/")
    claim.close()
    hold(tmp_path / "serve.pid", "http://127.0.0.1:8001/").close()


def test_stop_ends_the_process_that_serves(tmp_path: Path) -> None:
    path = tmp_path / "serve.pid"
    assert not end_holder(path)
    code = (
        "import sys, time, pathlib; from apps.core.serving import hold;"
        f"claim = hold(pathlib.Path({str(path)!r}), 'x'); print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    holder.stdout.readline()
    assert end_holder(path)
    holder.communicate()
    assert holder.returncode == -signal.SIGTERM
