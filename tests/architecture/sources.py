"""The project's own files, as the tests of its shape see them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tracked() -> list[Path]:
    """Every file of the repository, also where it came without its history."""
    return files_of(ROOT)


def files_of(root: Path) -> list[Path]:
    """The files of a checkout or of a copy of one.

    Only the history of `root` itself is asked: a copy may lie where the checkout around it ignores
    it, and would be without files.
    """
    listed = subprocess.run(
        ["git", "--git-dir=.git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        paths = [root / line for line in listed.stdout.splitlines()]
    else:
        hidden = {".venv", "var", "__pycache__", ".git"}
        paths = [p for p in root.rglob("*") if not hidden & set(p.relative_to(root).parts)]
    return sorted(path for path in paths if path.is_file())


def named(path: Path) -> str:
    """The path as it is written in this repository."""
    return path.relative_to(ROOT).as_posix()


def python(*folders: str) -> list[Path]:
    """Python files of these folders, without migrations."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in folders
        and "migrations" not in path.parts
    ]


def templates() -> list[Path]:
    """Every template."""
    return [path for path in tracked() if named(path).startswith("templates/")]


def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(), str(path))


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a file, nested ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def lines(path: Path) -> int:
    """How long a file is."""
    return len(path.read_text().splitlines())
