"""Acts of the product by the kind of notice that they ring, see test_every_act."""

from collections.abc import Callable
from datetime import timedelta

from apps.accounts.models import User
from apps.core.days import today
from apps.notices.codes import NoticeKind
from tests.notices.conftest import Office

Act = Callable[[Office], User]
ACTS: dict[str, list[Act]] = {}


def rings(*kinds: NoticeKind) -> Callable[[Act], Act]:
    """The act ends with these kinds at the reader whom it returns."""

    def named(act: Act) -> Act:
        for kind in kinds:
            ACTS.setdefault(kind, []).append(act)
        return act

    return named


def days(n: int) -> object:
    return today() + timedelta(days=n)
