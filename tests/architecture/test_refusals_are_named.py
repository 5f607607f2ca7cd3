"""A test that expects a refusal says which one: any other would hide that it is gone."""

import ast

from tests.architecture.sources import Function, functions, named, python


def _bare(function: Function) -> list[ast.Call]:
    """`pytest.raises(Refused)` of which nobody reads the words."""
    return [
        item.context_expr
        for node in ast.walk(function)
        if isinstance(node, ast.With)
        for item in node.items
        if isinstance(item.context_expr, ast.Call)
        and item.optional_vars is None
        and ast.unparse(item.context_expr) == "pytest.raises(Refused)"
    ]


def _has_cases(function: Function) -> bool:
    """One of many cases, each with its own words."""
    return any("parametrize" in ast.unparse(one) for one in function.decorator_list)


def test_whoever_expects_a_refusal_names_its_words() -> None:
    found = [
        f"{named(path)}:{call.lineno}"
        for path in python("tests")
        for function in functions(path)
        if not _has_cases(function)
        for call in _bare(function)
    ]
    assert found == []
