"""Where a unit lies says its lineage. A code is a name: nobody compares the beginnings of codes."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import named, python, tree

# Look-ups by the beginning (or a part) of a code, as they are written in a query.
LOOKUPS = ("__startswith", "__istartswith", "__regex", "__contains", "__gte", "__range")
# Ways of walking the tree by the parent that the code names, which a merged unit no longer is.
WALKS = ("parent", "parent_id", "children", "_codes")
# What may know codes and their parents: the app of areas itself.
HOME = "apps/areas/"
EXCEPTIONS = {
    # The class of an error of PostgreSQL.
    ("apps/core/unavailable.py", "startswith"),
    # Of a unit of another installation nothing is known here but its code: it leads to the next one
    # above that stands here too. The other cuts what a message repeats.
    ("apps/handover/services/building.py", "slice"),
    ("apps/handover/services/arriving.py", "slice"),
    # Typed by hand into the search field of the admin: a code as text, no scope.
    ("apps/schedule/admin.py", "area__code__startswith"),
    # select_related of the units above, as many as a page names.
    ("apps/accounts/backends.py", "area__parent__parent"),
    ("apps/accounts/backends.py", "area__parent__merged_into"),
}


def speaks_of_a_code(node: ast.expr) -> bool:
    """`code`, `unit.code`, `area_code`, `row["code"]`."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name == "code" or name.endswith("_code")
    return False


def prefixes(code: ast.AST) -> Iterator[tuple[str, int]]:
    """Every way of asking by the beginning of a code, or of walking up by it."""
    for node in ast.walk(code):
        match node:
            case ast.Constant(value=str(text)) if _asks(text):
                yield text, node.lineno
            case ast.keyword(arg=str(name)) if _asks(name):
                yield name, node.value.lineno
            case ast.Call(func=ast.Attribute(value=value, attr="startswith" | "removeprefix")) if (
                speaks_of_a_code(value)
            ):
                yield "startswith", node.lineno
            case ast.Subscript(value=value, slice=ast.Slice()) if speaks_of_a_code(value):
                yield "slice", node.lineno
            case ast.Attribute(value=value, attr=name) if name in WALKS and _is_unit(value):
                yield name, node.lineno


def _asks(text: str) -> bool:
    by_code = "code__" in text and any(text.endswith(lookup) for lookup in LOOKUPS)
    by_sql = "code" in text.lower() and " LIKE " in text.upper() and "SELECT" in text.upper()
    return by_code or by_sql or "area__parent" in text or text.startswith("parent__")


def _is_unit(node: ast.expr) -> bool:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in ("area", "unit", "town", "village", "county", "own", "focus")
    return False


def outside() -> Iterator[tuple[Path, ast.Module]]:
    for path in python("apps", "config"):
        if not named(path).startswith((HOME, "apps/ledgers/places.py")):
            yield path, tree(path)


def test_nobody_scopes_by_the_beginning_of_a_code() -> None:
    found = {(named(path), what) for path, code in outside() for what, _line in prefixes(code)}
    assert found - EXCEPTIONS == set()
    assert found >= EXCEPTIONS, "An exception that is not needed any more"


def test_inside_the_app_of_areas_only_the_loader_reads_parents_from_codes() -> None:
    allowed = {"apps/areas/loading.py", "apps/areas/admin.py"}
    found = set()
    for path in python("apps"):
        if named(path).startswith(HOME):
            words = {what for what, _line in prefixes(tree(path))}
            if words & {"startswith", "slice"} or any(w.startswith("code__") for w in words):
                found.add(named(path))
    assert found == allowed


def test_the_search_finds_each_way() -> None:
    written = """
rows.filter(area__code__startswith=user.area.code)
rows.filter(**{f"{path}__code__startswith": code})
other.code.startswith(area.code)
county = area.code[:6]
above = unit.parent
cursor.execute("SELECT id FROM areas_area WHERE code LIKE %s")
"""
    lines = {line for _what, line in prefixes(ast.parse(written))}
    assert lines == {2, 3, 4, 5, 6, 7}
    assert not list(prefixes(ast.parse("rows.filter(within(user.area))\nunit.above")))
