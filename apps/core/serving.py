"""Keeps a server and its helpers alive, and ends all of them together."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import IO

from config.processes import die_with_parent

LOOK_AGAIN = 0.5  # seconds
PATIENCE = 10.0  # seconds for a child to end by itself
RESTARTS = 5  # in a row; after that something is broken and a person must look
SETTLED = 10.0  # seconds after which a child counts as having started well


class AlreadyServingError(Exception):
    """Another process serves this project."""


class Child:
    """One process, started again when it dies."""

    def __init__(self, name: str, command: list[str], *, again: bool = True) -> None:
        self.name = name
        self.command = command
        self.again = again
        self.failures = 0
        self.start()

    def start(self) -> None:
        """In a session of its own: Ctrl-C reaches only the parent, which ends it in order."""
        self.begun = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - commands of our own
            self.command,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - this process has one thread
        )

    def revive(self) -> bool:
        """Start it again if it died; False when it keeps dying."""
        if self.process.poll() is None or not self.again:
            return True
        lived = time.monotonic() - self.begun
        self.failures = 1 if lived > SETTLED else self.failures + 1
        if self.failures > RESTARTS:
            return False
        self._kill_group()
        self.start()
        return True

    def end(self) -> None:
        """Ask it to stop, and after a while make it."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        self._kill_group()
        self.process.wait()

    def _kill_group(self) -> None:
        """What it left behind: workers of a server that was killed."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


class Supervisor:
    """Runs children until it is told to stop; at the end none of them is left."""

    def __init__(self, watch: Callable[[], None]) -> None:
        self.children: list[Child] = []
        self.watch = watch
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)

    def run(self) -> int:
        """The code to exit with: 0 when told to stop."""
        while not self.stopping:
            self.watch()
            for child in self.children:
                if not child.revive():
                    print(f"{child.name} keeps failing.", file=sys.stderr)  # noqa: T201
                    return 1
            time.sleep(LOOK_AGAIN)
        return 0

    def end(self) -> None:
        """The last started goes first."""
        for child in reversed(self.children):
            child.end()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True


def hold(path: Path, address: str) -> IO[str]:
    """Claim the project for this process; the claim ends with the process, however it ends."""
    handle = path.open("a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.seek(0)
        other = handle.read()
        handle.close()
        raise AlreadyServingError(other) from None
    handle.truncate(0)
    handle.write(f"{os.getpid()} {address}")
    handle.flush()
    return handle


def end_holder(path: Path) -> bool:
    """Stop the process that serves this project; False when none does."""
    if not path.exists():
        return False
    with path.open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            os.kill(int(handle.read().split()[0]), signal.SIGTERM)
            fcntl.flock(handle, fcntl.LOCK_EX)
            return True
    return False
