"""An act is done wholly or not at all, and two at once are done one after the other.

Read from the code: what several hands at once would break is tried in the `test_*_at_once.py`.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from tests.architecture.sources import ROOT

SERVICES = sorted([*ROOT.glob("apps/*/services.py"), *ROOT.glob("apps/*/services/*.py")])
WRITES = {
    "save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create",
    "update_or_create", "save_or_refuse",
}  # fmt: skip
# They write and are no transaction of their own.
PARTS_OF_ACTS = {
    "audit.services.log_access": "part of whatever shows somebody",
    "breaches.services.recording.decide": "part of confirming, refusing, withdrawing",
    "breaches.services.recording.store": "part of each act of a breach",
    "cases.services.absences.leave_not_approved": "told within a decision",
    "cases.services.orders.add_step": "part of each step of an order",
    "cases.services.orders.save": "part of each step of an order",
    "cases.services.police.drop_report": "told within a decision",
    "cases.services.police.send_report": "told within a decision",
    "covers.services.cover_newcomers": "told within an assignment",
    "covers.services.forget_withdrawn": "told within a withdrawal",
    "imports.services.working.store_lines": "part of each run of an import",
    "notices.services.ring": "part of the act that it tells of",
    "notices.services.ring_withdrawn": "part of the act that it tells of",
    "persons.services.moving.bring_along": "part of a move",
    "transfers.services.sending.close": "part of each end of a transfer",
    "transfers.services.sending.store": "part of each step of a transfer",
}
NO_ACTS = {
    "imports.services.working.work_on": "each step of its work is one; how far it is, is not",
    "notices.services.forget_read": "one statement",
    "notices.services.mark_all_read": "one statement",
    "persons.services.gathering.gather_all": "person by person, each an act",
    "schedule.services.finish_laying_out": "piece by piece, each an act",
}
LOCKS = Path(__file__).with_name("locks.txt")


def functions(path: Path) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(path.read_text())
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def called(function: ast.FunctionDef) -> set[str]:
    """Names of what the function calls, the last part of a chain."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                found.add(node.func.id)
            elif isinstance(node.func, ast.Attribute):
                found.add(node.func.attr)
    return found


def is_atomic(function: ast.FunctionDef) -> bool:
    return any("transaction.atomic" in ast.unparse(mark) for mark in function.decorator_list)


def acts() -> Iterator[tuple[str, str, ast.FunctionDef]]:
    """Services that a page, the admin or a command may call and that write: module, name, tree."""
    for path in SERVICES:
        module = ".".join(path.relative_to(ROOT / "apps").with_suffix("").parts)
        known = functions(path)
        writing = {name for name, node in known.items() if called(node) & WRITES}
        grown = True
        while grown:
            more = {n for n, node in known.items() if called(node) & writing} - writing
            writing |= more
            grown = bool(more)
        for name in sorted(writing):
            if not name.startswith("_"):
                yield module, name, known[name]


def test_every_service_that_writes_is_one_transaction() -> None:
    found = {f"{module}.{name}": is_atomic(node) for module, name, node in acts()}
    assert len(found) > 120
    loose = {name for name, atomic in found.items() if not atomic}
    assert loose == {*PARTS_OF_ACTS, *NO_ACTS}


def locks() -> Iterator[str]:
    """Each lock of rows: where it is taken, of which table, how strongly, and whether in order.

    Several rows are locked in one order by everybody, or two hands wait for each other.
    """
    for path in sorted((ROOT / "apps").rglob("*.py")):
        if "select_for_update" not in path.read_text():
            continue
        where = ".".join(path.relative_to(ROOT / "apps").with_suffix("").parts)
        for name, function in functions(path).items():
            chains = [n for n in ast.walk(function) if isinstance(n, ast.Call)]
            for node in chains:
                if ast.unparse(node.func).endswith(".select_for_update"):
                    held = ast.unparse(node)
                    around = [ast.unparse(c) for c in chains]
                    ordered = any(w.startswith(held) and ".order_by(" in w for w in around)
                    yield f"{where}.{name}: {held}{', in order' if ordered else ''}"


def test_no_lock_goes_in_silence() -> None:
    """Two at once are tried for some acts only: for the others the lock is what stands for it.

    Who takes one away says in the commit why two hands at once break nothing there.
    """
    assert sorted(locks()) == LOCKS.read_text().splitlines()


def constraints_of_the_database() -> dict[str, str]:
    """Name and definition of each constraint and unique index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace AND convalidated"
            " UNION SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        )
        return dict(cursor.fetchall())


@pytest.mark.django_db
def test_every_constraint_of_a_model_stands_in_the_database() -> None:
    stand = constraints_of_the_database()
    declared = [
        (model._meta.label, constraint.name)
        for model in apps.get_models()
        for constraint in model._meta.constraints
    ]
    assert len(declared) > 150
    assert [names for names in declared if names[1] not in stand] == []
