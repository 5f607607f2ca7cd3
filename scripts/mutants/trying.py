"""Trees in which mutants are tried: copies of the checkout, each with a PostgreSQL of its own."""

import os
import shutil
import subprocess
import sys
from typing import Final

from scripts.mutants.knowing import KEPT
from scripts.mutants.operators import Mutant
from scripts.mutants.sources import ROOT

LONGEST: Final = 240


class Tree:
    def __init__(self, number: int) -> None:
        self.root = KEPT / f"tree-{number}"
        git = shutil.which("git") or "git"
        listed = subprocess.check_output([git, "ls-files"], cwd=ROOT, text=True)
        for name in listed.splitlines():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, self.root / name)

    def warm(self) -> None:
        """Compiles all modules and migrates the template of the test database."""
        if self._run(["tests/core/test_rates.py"], {}) != 0:
            sys.exit("The unchanged product does not pass: tests/core/test_rates.py")

    def outcome(self, mutant: Mutant, tests: list[str]) -> str:
        """ "killed", "lived" or "timeout"; the tree is as before."""
        place = self.root / mutant.path.relative_to(ROOT)
        times, before = place.stat(), place.read_bytes()
        try:
            if mutant.text:
                place.write_text(mutant.text)
            code = self._run(tests, {"MUTANT_SQL": mutant.sql, "PYTHONDONTWRITEBYTECODE": "1"})
        except subprocess.TimeoutExpired:
            return "timeout"
        finally:
            place.write_bytes(before)
            os.utime(place, ns=(times.st_atime_ns, times.st_mtime_ns))
        return "lived" if code == 0 else "killed"

    def _run(self, tests: list[str], more: dict[str, str]) -> int:
        command = [
            sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", "-p",
            "scripts.mutants.fault", *tests,
        ]  # fmt: skip
        done = subprocess.run(
            command, cwd=self.root, env=os.environ | more, check=False, timeout=LONGEST,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return done.returncode
