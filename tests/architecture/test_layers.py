"""Imports only go down: between apps by import-linter, inside an app here."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT, named, python, tree

# urls → views → forms | tables | filters → services | tasks → models, querysets, rules
ORDER = [
    {"urls"},
    {"views", "admin"},
    {"forms", "tables", "filters"},
    {"services", "tasks"},
    {"models", "querysets", "rules"},
]
HEIGHT = {kind: len(ORDER) - n for n, kinds in enumerate(ORDER) for kind in kinds}


def test_arrows_between_apps_point_down() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_arrows_inside_an_app_point_down() -> None:
    wrong = [
        f"{named(path)} imports {target}"
        for path in python("apps")
        for target in imported(tree(path).body)
        if points_up(path, target)
    ]
    assert not wrong, "\n".join(wrong)


def imported(body: list[ast.stmt]) -> Iterator[str]:
    """Modules imported when the file is loaded, names for annotations aside."""
    for node in body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def points_up(path: Path, target: str) -> bool:
    """From a lower kind of module to a higher one of the same app."""
    own, other = path.relative_to(ROOT).with_suffix("").parts, target.split(".")
    if len(own) < 3 or len(other) < 3 or list(own[:2]) != other[:2]:
        return False
    here, there = HEIGHT.get(own[2]), HEIGHT.get(other[2])
    return here is not None and there is not None and there > here
