"""How the workers of a run share the tests out: a module is never parted.

Rows, pages and windows that a module makes once are then made once indeed. What takes longest goes
first, so that no worker waits for another at the end; a worker's journeys share one browser.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

JOURNEYS = "tests/e2e/"
# The longest first; what is not named comes after them, in random order.
LONGEST = (
    JOURNEYS,
    "tests/architecture/",
    "tests/imports/test_qionghai_ledgers.py",
    "tests/transfers/",
    "tests/admin/",
    "tests/demo/",
    "tests/areas/",
)  # fmt: skip


class WholeModules(LoadScopeScheduling):  # type: ignore[misc]
    """A module to a worker, and all journeys to one."""

    def _split_scope(self, nodeid: str) -> str:
        return JOURNEYS if nodeid.startswith(JOURNEYS) else nodeid.partition("::")[0]


def long_first(items: list[pytest.Item]) -> None:
    """Put the tests of each module together, those that take longest in front."""
    modules: dict[str, int] = {}
    for item in items:
        modules.setdefault(_module(item), len(modules))
    items.sort(key=lambda item: (_place(_module(item)), modules[_module(item)]))


def _module(item: Any) -> str:
    return str(item.nodeid.partition("::")[0])


def _place(module: str) -> int:
    found = (place for place, name in enumerate(LONGEST) if module.startswith(name))
    return next(found, len(LONGEST))
