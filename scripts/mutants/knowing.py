"""Which tests run a line, draw a template or meet a constraint, and how long each takes.

Measured once, kept in var/mutants.
"""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Final

from scripts.mutants.operators import Mutant
from scripts.mutants.sources import ROOT, folders_that_should_know

KEPT: Final = ROOT / "var" / "mutants"
COVERAGE: Final = KEPT / "coverage"
SECONDS: Final = KEPT / "seconds.json"
# A mutant is given this much time of tests, the shortest first.
BUDGET: Final = 40.0
MOST: Final = 120
SHAPE: Final = "tests/architecture"
SWEEP: Final = f"{SHAPE}/test_read_pages.py"
# What reads the code or the whole product, and so runs no line that coverage could tell of.
NOTICED_BESIDES: Final = {
    "not escaped": [f"{SHAPE}/test_templates.py", SWEEP],
    "no token": [f"{SHAPE}/test_templates.py", SWEEP],
    "RemoveDecorator": [f"{SHAPE}/test_acts_whole.py"],
    "without .select_for_update()": [f"{SHAPE}/test_acts_whole.py"],
    "without .order_by()": [f"{SHAPE}/test_acts_whole.py"],
    "without constraint": [f"{SHAPE}/test_acts_whole.py"],
}


def measure() -> None:
    """The whole suite once, with the tests that run each line; the browser's stay out."""
    KEPT.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "pytest", "-n", "2", "-q", "-p", "scripts.mutants.seconds",
        "--cov=apps", "--cov-context=test", "--cov-report=", "--ignore=tests/e2e",
        "--ignore=tests/architecture/test_url_matrix.py",
        "--ignore=tests/architecture/test_read_pages.py",
    ]  # fmt: skip
    environment = os.environ | {"COVERAGE_FILE": str(COVERAGE), "SECONDS_FILE": str(SECONDS)}
    subprocess.run(command, cwd=ROOT, env=environment, check=False)


class Knowing:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = json.loads(SECONDS.read_text())
        self.base = sqlite3.connect(COVERAGE)
        self.files = {
            Path(path): number for number, path in self.base.execute("SELECT id, path FROM file")
        }
        self.contexts = dict(self.base.execute("SELECT id, context FROM context"))
        self.known: dict[Path, dict[int, set[str]]] = {}
        self.met: dict[str, set[str]] = {}
        for path in KEPT.glob("met-*.json"):
            for what, tests in json.loads(path.read_text()).items():
                self.met.setdefault(what, set()).update(tests)

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Node ids that run what is changed, short ones first; folders where none is known."""
        known = sorted(
            (test for test in self._met(mutant) if test in self.seconds),
            key=lambda test: self.seconds[test],
        )
        chosen: list[str] = []
        spent = 0.0
        for test in known[:MOST]:
            spent += self.seconds[test]
            if spent > BUDGET and chosen:
                break
            chosen.append(test)
        besides = NOTICED_BESIDES.get(mutant.kind, [])
        return [*besides, *(chosen or folders_that_should_know(mutant.path))]

    def _met(self, mutant: Mutant) -> set[str]:
        if mutant.sql:
            return self.met.get(f"constraint:{mutant.was}", set())
        if mutant.path.suffix == ".html":
            return self.met.get(str(mutant.path.relative_to(ROOT)), set())
        return self._of_file(mutant.path).get(mutant.line, set())

    def _of_file(self, path: Path) -> dict[int, set[str]]:
        if path not in self.known:
            self.known[path] = self._read(path)
        return self.known[path]

    def _read(self, path: Path) -> dict[int, set[str]]:
        lines: dict[int, set[str]] = {}
        asked = "SELECT context_id, fromno, tono FROM arc WHERE file_id = ?"
        for context, first, last in self.base.execute(asked, [self.files.get(path, -1)]):
            test = self.contexts[context].removesuffix("|run").removesuffix("|setup")
            for line in {abs(first), abs(last)}:
                lines.setdefault(line, set()).add(test)
        return lines
