"""Who wants to know that cases changed in a way that moves their duties.

This app may not import the apps above it; they register here when they are loaded.
"""

from collections.abc import Callable, Collection

Listener = Callable[[Collection[int]], None]
_listeners: list[Listener] = []


def on_change(listener: Listener) -> Listener:
    """Call `listener` with case ids in the transaction of the change; a decorator."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def notify_cases_changed(case_ids: Collection[int]) -> None:
    """Dates, tier, closure, absence or area of these cases are different now."""
    if case_ids:
        for listener in _listeners:
            listener(case_ids)
