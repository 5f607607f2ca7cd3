"""Who wants to know that cases changed in a way that moves their duties.

This app may not import the apps above it; they register here when they are loaded.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[Collection[int]], None]
_listeners: list[Listener] = []
_untold: ContextVar[bool] = ContextVar("untold", default=False)
_held: ContextVar[dict[int, None] | None] = ContextVar("held", default=None)


def on_change(listener: Listener) -> Listener:
    """Call `listener` with case ids in the transaction of the change; a decorator."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def notify_cases_changed(case_ids: Collection[int]) -> None:
    """Dates, risk level, closure, absence or area of these cases are different now."""
    if (held := _held.get()) is not None:
        held.update(dict.fromkeys(case_ids))
    elif case_ids and not _untold.get():
        for listener in _listeners:
            listener(case_ids)


@contextmanager
def no_notification() -> Iterator[None]:
    """Nobody is told: what happens inside is taken back, and nothing need follow from it."""
    token = _untold.set(True)
    try:
        yield
    finally:
        _untold.reset(token)


@contextmanager
def one_notification() -> Iterator[None]:
    """Tell the listeners once, at the end and in the same transaction, of all changes inside."""
    held: dict[int, None] = {}
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
    notify_cases_changed(list(held))
