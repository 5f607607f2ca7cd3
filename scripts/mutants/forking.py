"""Has mutants tried by processes that have collected all tests once (`scripts.mutants.forked`)."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from scripts.mutants.knowing import KEPT, NOTICED_BESIDES
from scripts.mutants.operators import Mutant
from scripts.mutants.sources import ROOT
from scripts.mutants.trying import Outcome

Work = list[tuple[Mutant, list[str]]]
PYTEST: Final = (
    sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p",
    "scripts.mutants.forked", "--tb=no", "--ignore=tests/e2e",
)  # fmt: skip


def tried(
    work: Work, processes: int, paths: Sequence[str] = ("tests",)
) -> Iterator[tuple[int, Outcome]]:
    """Place in `work` and what became of it, as soon as it is known; others need a tree.

    Tests that read the source do not see what was changed in memory alone: what lives of a kind
    for which there are such tests is no answer, nor what lives while tests that commit are left.
    """
    running = [_started(work, number, processes, paths) for number in range(processes)]
    read = [0] * processes
    while running:
        ended = all(process.poll() is not None for process, _said in running)
        for number, (_process, said) in enumerate(running):
            lines = said.read_text().splitlines() if said.exists() else []
            for row in map(json.loads, lines[read[number] :]):
                read[number] += 1
                mutant = work[row["place"]][0]
                besides = mutant.kind in NOTICED_BESIDES or row["left"]
                if row["word"] in ("killed", "timeout") or (row["word"] == "lived" and not besides):
                    yield row["place"], Outcome(row["word"], row["killer"])
        if ended:
            return
        time.sleep(1)


def _started(
    work: Work, number: int, processes: int, paths: Sequence[str]
) -> tuple["subprocess.Popen[bytes]", Path]:
    """Every so-many-th mutant that lies in Python code."""
    KEPT.mkdir(parents=True, exist_ok=True)
    asked, said = KEPT / f"asked-{number}.jsonl", KEPT / f"said-{number}.jsonl"
    said.unlink(missing_ok=True)
    rows = [
        {"place": place, "path": str(mutant.path), "text": mutant.text, "tests": tests}
        for place, (mutant, tests) in enumerate(work)
        if place % processes == number and mutant.text and mutant.path.suffix == ".py"
    ]
    asked.write_text("\n".join(json.dumps(row) for row in rows))
    environment = os.environ | {"MUTANTS_ASKED": str(asked), "MUTANTS_SAID": str(said)}
    process = subprocess.Popen(
        [*PYTEST, *paths], cwd=ROOT, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return process, said
