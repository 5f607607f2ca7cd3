"""docs/imports.md names a test for each promise of an import: they are there."""

import re
from pathlib import Path

HERE = Path(__file__).parent


def test_every_promise_of_an_import_is_proven_by_a_test() -> None:
    text = (HERE.parents[1] / "docs" / "imports.md").read_text()
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", text)
    assert len(named) > 40
    missing = [
        f"{file}::{test}" for file, test in named if f"def {test}(" not in (HERE / file).read_text()
    ]
    assert missing == []
    rows = [line for line in text.splitlines() if line.startswith("| ") and "promise |" not in line]
    assert not [line for line in rows if "::" not in line]
