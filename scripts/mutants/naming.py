"""Faults that change nothing that anybody could see, each with its reason, in `harmless/*.toml`.

Named by file, kind and the code that the fault replaces, so that a moved line stays named and a
changed one has to be looked at again.
"""

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scripts.mutants.sources import ROOT

if TYPE_CHECKING:
    # Needs cosmic-ray, which the suite does without.
    from scripts.mutants.operators import Mutant

FOLDER: Final = ROOT / "scripts" / "mutants" / "harmless"


@dataclass(frozen=True)
class Harmless:
    """`path` below the checkout, `kind` and `was` as the run prints them, `why` one sentence."""

    path: str
    kind: str
    was: str
    why: str


def named() -> list[Harmless]:
    """All that are named. Raises TypeError where a table has other keys than these four."""
    tables = [tomllib.loads(file.read_text()) for file in sorted(FOLDER.glob("*.toml"))]
    return [Harmless(**fault) for table in tables for fault in table["fault"]]


def reason_for(mutant: "Mutant", known: list[Harmless]) -> str:
    """Why this fault changes nothing; empty where nobody has said so."""
    place = (str(mutant.path.relative_to(ROOT)), mutant.kind, mutant.was.strip())
    return next((h.why for h in known if (h.path, h.kind, h.was.strip()) == place), "")
