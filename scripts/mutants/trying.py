"""Trees in which mutants are tried: copies of the checkout, each with a PostgreSQL of its own."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import Final

from scripts.mutants.knowing import KEPT, NOTICED_BESIDES
from scripts.mutants.operators import Mutant
from scripts.mutants.sources import ROOT

# Far above what the tests of a mutant take: whoever gets there hangs.
LONGEST: Final = 400
# What pytest answers when a test failed, or when the changed code cannot be imported.
SEEN: Final = frozenset({1, 2})
FAILED: Final = re.compile(r"^(?:FAILED|ERROR) (tests/\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Outcome:
    """ "killed" by a test, "lived", "timeout", or why it could not be tried."""

    word: str
    killer: str = ""


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
        if self._run(["tests/core/test_rates.py"], {})[0] != 0:
            sys.exit("The unchanged product does not pass: tests/core/test_rates.py")

    def outcome(self, mutant: Mutant, tests: list[str]) -> Outcome:
        """What became of one mutant; the tree is as before."""
        place = self.root / mutant.path.relative_to(ROOT)
        times, before = place.stat(), place.read_bytes()
        try:
            if mutant.text:
                place.write_text(mutant.text)
            code, said = self._with(mutant, tests)
        except subprocess.TimeoutExpired:
            return Outcome("timeout")
        finally:
            place.write_bytes(before)
            os.utime(place, ns=(times.st_atime_ns, times.st_mtime_ns))
        if code in SEEN:
            found = FAILED.search(said)
            return Outcome("killed", found[1] if found else "")
        return Outcome("lived" if code == 0 else f"not tried: pytest answered {code}")

    def _with(self, mutant: Mutant, tests: list[str]) -> tuple[int, str]:
        """What reads the source first, alone: it takes seconds and sees most."""
        reads = NOTICED_BESIDES.get(mutant.kind, [])[:1]
        code, said = 0, ""
        for part in (reads, [test for test in tests if test not in reads]):
            if part and code == 0:
                code, said = self._run(
                    ["-x", *part], {"MUTANT_SQL": mutant.sql, "PYTHONDONTWRITEBYTECODE": "1"}
                )
        return code, said

    def fails_unchanged(self, tests: set[str]) -> set[str]:
        """Those of the tests that fail without any fault: they have seen nothing."""
        if not tests:
            return set()
        _code, said = self._run(sorted(tests), {})
        return set(FAILED.findall(said))

    def _run(self, tests: list[str], more: dict[str, str]) -> tuple[int, str]:
        command = [
            sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p",
            "scripts.mutants.fault", "--tb=no", "-rfE", *tests,
        ]  # fmt: skip
        done = subprocess.run(
            command, cwd=self.root, env=os.environ | more, check=False, timeout=LONGEST,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        return done.returncode, done.stdout
