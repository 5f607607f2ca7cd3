"""Facts that apps above this one know: they hand in a builder when they are loaded."""

from collections.abc import Callable
from typing import Final

from apps.documents.subject import Facts, Subject

Builder = Callable[[Subject], Facts]
_PROVIDERS: Final[dict[str, Builder]] = {}


def provide(name: str, builder: Builder) -> None:
    """From `ready()` of the app that owns the facts."""
    _PROVIDERS[name] = builder


def provided(name: str) -> Builder:
    """The builder of that name, looked up when a paper is made."""

    def build(subject: Subject) -> Facts:
        builder = _PROVIDERS.get(name)
        return builder(subject) if builder else {}

    return build
