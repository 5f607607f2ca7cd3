"""What apps above this one know: they hand in facts and conditions when they are loaded."""

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.documents.subject import Facts, Subject

Builder = Callable[[Subject], Facts]
Guard = Callable[[Subject], None]
_GUARDS: Final[dict[str, Guard]] = {}
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


def demand(name: str, guard: Guard) -> None:
    """From `ready()` of the app that owns the record which a paper speaks of."""
    _GUARDS[name] = guard


def demanded(name: str) -> Guard:
    """The condition of that name; without its app no such paper is issued."""

    def check(subject: Subject) -> None:
        if name not in _GUARDS:
            raise Refused(_("There is no such paper."))
        _GUARDS[name](subject)

    return check
