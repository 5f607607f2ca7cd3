"""Limits on the tail: long files, functions, views and templates."""

from pathlib import Path

from tests.architecture.sources import (
    Function,
    functions,
    lines,
    named,
    python,
    templates,
    tracked,
)

# Scripts: 300 lines of the pages, and 30 by which a phone reads labels.
FILE, FUNCTION, VIEW, TEMPLATE, COMPONENT, OWN_SCRIPTS = 400, 40, 25, 150, 40, 330
COMPONENTS = 40

# What may be longer, up to how many lines, and why.
EXCEPTIONS: dict[str, tuple[int, str]] = {}


def length(function: Function) -> int:
    """The lines of its body: a long list of keywords is a form, not a program."""
    return (function.end_lineno or function.lineno) - function.body[0].lineno + 1


def is_view(path: Path, function: Function) -> bool:
    first = function.args.args[0].arg if function.args.args else ""
    return first == "request" and (path.stem == "views" or "views" in path.parts)


def measured() -> dict[str, tuple[int, int]]:
    """What is measured: its length and its limit."""
    found: dict[str, tuple[int, int]] = {}
    for path in python("apps", "config", "scripts"):
        found[named(path)] = (lines(path), FILE)
        for function in functions(path):
            limit = VIEW if is_view(path, function) else FUNCTION
            found[f"{named(path)}::{function.name}"] = (length(function), limit)
    for path in python("tests"):
        found[named(path)] = (lines(path), FILE)
    for path in templates():
        limit = COMPONENT if "cotton" in path.parts else TEMPLATE
        found[named(path)] = (lines(path), limit)
    return found


def test_nothing_is_longer_than_its_limit() -> None:
    long = [
        f"{name}: {size} lines, at most {EXCEPTIONS.get(name, (limit, ''))[0]}"
        for name, (size, limit) in measured().items()
        if size > EXCEPTIONS.get(name, (limit, ""))[0]
    ]
    assert not long, "\n".join(long)


def test_every_exception_is_still_needed() -> None:
    sizes = measured()
    assert [name for name in EXCEPTIONS if sizes[name][0] <= sizes[name][1]] == []


def test_our_own_scripts_are_short() -> None:
    own = [p for p in tracked() if p.suffix == ".js" and "vendor" not in p.parts]
    assert sum(lines(path) for path in own) < OWN_SCRIPTS


def test_there_are_few_components() -> None:
    assert len([p for p in templates() if "cotton" in p.parts]) <= COMPONENTS
