"""Addresses of imports, and who gets what."""

from typing import Any

from tests.architecture.matrix_world import World
from tests.architecture.url_lines import DAILY, Line, by_id
from tests.architecture.visitors import (
    COUNTY,
    COUNTY_ELSEWHERE,
    RECORDS,
    RECORDS_ELSEWHERE,
    SYSTEM,
    TOWN,
    TOWN_ELSEWHERE,
    WORKER,
)

IMPORTERS = frozenset({RECORDS, RECORDS_ELSEWHERE, SYSTEM})
# Who may take names and numbers along, and who the accounts.
TAKERS = IMPORTERS | {TOWN, COUNTY, TOWN_ELSEWHERE, COUNTY_ELSEWHERE}
# Whose unit it is of, and who may bring in this ledger.
MINE = frozenset({RECORDS})


def tried(world: World) -> dict[str, Any]:
    return {"public_id": world.ledger_import.public_id}


def applied(world: World) -> dict[str, Any]:
    return {"public_id": world.applied_import.public_id}


def _of_import(page: str, **options: Any) -> Line:
    options = {"kwargs": tried} | options
    return Line(f"imports:{page}", MINE, hidden=IMPORTERS - MINE, **options)


IMPORT_LINES = [
    Line("imports:list", IMPORTERS),
    Line("imports:new", IMPORTERS),
    Line("exports:ledger", TAKERS),
    Line("exports:requests", DAILY, rows=False),
    Line(
        "exports:request",
        frozenset({WORKER, TOWN, COUNTY, RECORDS}),
        kwargs=by_id("export"),
        hidden=DAILY - {WORKER, TOWN, COUNTY, RECORDS},
    ),
    Line(
        "exports:take",
        frozenset({WORKER}),
        kwargs=by_id("export"),
        method="post",
        hidden=DAILY - {WORKER},
    ),
    Line("exports:dictionary", IMPORTERS),
    Line("exports:dictionary-file", IMPORTERS),
    _of_import("import"),
    _of_import("columns"),
    _of_import("mend", method="post"),
    _of_import("apply", method="post"),
    _of_import("cancel", method="post"),
    _of_import("wrong", method="post"),
    _of_import("undo", kwargs=applied),
]
