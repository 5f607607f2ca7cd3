"""A plugin of pytest: many mutants in one process that has collected all tests once.

Starting Django and collecting take far longer than the tests of one mutant. Here a child is forked
for each mutant: the functions that the fault is in get its code, the tests of the mutant run, and
the child is gone with all it did; its transaction with it. What cannot be tried so (a fault outside
of functions, in a template or in the database; tests that commit) is left to `trying.Tree`.
"""

import gc
import json
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, Final, NoReturn

import pytest
from _pytest.runner import runtestprotocol

# Far above what the tests of a mutant take: whoever gets there hangs.
LONGEST: Final = 120
# The parent's connection, held in the child: were it closed here, the parent's would end.
LEFT_OPEN: list[Any] = []


def functions_changed(path: str, source: str, changed: str) -> list[tuple[CodeType, CodeType]]:
    """Old and new code of each outermost function that differs.

    Raises:
        ValueError: Something outside of functions differs, too.
    """
    old, new = (compile(text, path, "exec", dont_inherit=True) for text in (source, changed))
    return list(_pairs(old, new))


def _pairs(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Of a module's or a class's body."""
    if _own(old) != _own(new):
        raise ValueError(f"{old.co_qualname} itself is changed")
    for one, other in zip(_inner(old), _inner(new), strict=True):
        if _whole(one) == _whole(other):
            continue
        # A class's body has neither fast locals nor arguments.
        if one.co_flags & 0x2:
            yield one, other
        else:
            yield from _pairs(one, other)


def _inside(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Of the functions that a function makes, those that differ: what it made before lives on."""
    for one, other in zip(_inner(old), _inner(new), strict=False):
        if _whole(one) != _whole(other) and one.co_freevars == other.co_freevars:
            yield one, other
            yield from _inside(one, other)


def _inner(code: CodeType) -> list[CodeType]:
    return [one for one in code.co_consts if isinstance(one, CodeType)]


def _own(code: CodeType) -> tuple[Any, ...]:
    """What a body does, the lines it stands on apart."""
    plain = tuple(repr(one) for one in code.co_consts if not isinstance(one, CodeType))
    return code.co_code, plain, code.co_names, code.co_varnames, code.co_freevars, len(_inner(code))


def _whole(code: CodeType) -> tuple[Any, ...]:
    return _own(code), tuple(_whole(one) for one in _inner(code))


def _put_in(path: str, changed: str) -> None:
    """Every living function of a file gets the code of the changed source.

    Raises:
        ValueError: It cannot be done without importing the file anew.
    """
    pairs = functions_changed(path, Path(path).read_text(), changed)
    gc.unfreeze()
    # Not isinstance: it would ask lazy objects for their class, and so make them.
    living: list[FunctionType] = [f for f in gc.get_objects() if type(f) is FunctionType]
    for old, new in pairs:
        meant = [f for f in living if f.__code__ == old]
        if not meant:
            raise ValueError(f"{old.co_qualname} is not to be found")
        for function in meant:
            function.__code__ = new
        for inner, changed_inner in _inside(old, new):
            for function in [f for f in living if f.__code__ == inner]:
                function.__code__ = changed_inner
    _forget_what_was_made()


def _forget_what_was_made() -> None:
    """Statements that were written once, and answers that were kept, came from the sound code."""
    from apps.core.prepared import Prepared, PreparedByScope

    for one in gc.get_objects():
        if type(one) is _lru_cache_wrapper and one.__module__.startswith("apps."):
            one.cache_clear()
        elif type(one) is Prepared:
            one.__dict__.pop("statement", None)
        elif type(one) is PreparedByScope:
            one._statements.clear()


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Each line of MUTANTS_ASKED is one mutant; one line of MUTANTS_SAID is what became of it."""
    # Only now are the apps loaded.
    from tests.database import commits

    items = {item.nodeid: item for item in session.items}
    first, last = session.items[0], session.items[-1]
    # The database stands from here on: it belongs to the session.
    warm = next(i for i in session.items if i.get_closest_marker("django_db") and not commits(i))
    runtestprotocol(warm, log=False, nextitem=last if warm is first else first)
    asked = Path(os.environ["MUTANTS_ASKED"]).read_text().splitlines()
    with Path(os.environ["MUTANTS_SAID"]).open("a") as said:
        for line in asked:
            task = json.loads(line)
            names = items if task["tests"] == ["*"] else task["tests"]
            chosen = [items[name] for name in names if name in items]
            word, killer = _one(task, [i for i in chosen if not commits(i)])
            left = [i.nodeid for i in chosen if commits(i)]
            row = {"place": task["place"], "word": word, "killer": killer, "left": left}
            said.write(json.dumps(row) + "\n")
            said.flush()
    return True


def _one(task: dict[str, Any], chosen: list[pytest.Item]) -> tuple[str, str]:
    if not chosen:
        return "apart", ""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _as_child(task, chosen, writer)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        word, _, killer = pipe.read().partition(" ")
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "timeout", ""
    return word or "apart", killer


def _as_child(task: dict[str, Any], chosen: list[pytest.Item], writer: int) -> NoReturn:
    answer = "apart"
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(LONGEST)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        # Only now are the apps loaded.
        from django.db import connection

        LEFT_OPEN.append(connection.connection)
        connection.connection = None
        with suppress(ValueError):
            _put_in(task["path"], task["text"])
            answer = _answer(chosen)
    finally:
        # Nothing may return from here into the parent's session.
        os.write(writer, answer.encode())
        os._exit(0)


def _answer(chosen: list[pytest.Item]) -> str:
    for item, following in zip(chosen, [*chosen[1:], chosen[0]], strict=True):
        reports = runtestprotocol(item, log=False, nextitem=following)
        if any(report.failed for report in reports):
            return f"killed {item.nodeid}"
    return "lived"
