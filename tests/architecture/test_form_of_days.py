"""A day that fills a field or a cell stands as 2026-11-28 (docs/style.md); sentences have words."""

import re

from tests.architecture.sources import ROOT

# The cell begins with a day in words, and nothing before it makes a sentence of it.
IN_WORDS = re.compile(
    r"<(?:dd|td)\b[^>]*>\s*(?:\{% if [^%]*%\}\s*)?\{\{[^}]*\|(?:day|full_day)\b[^}]*\}\}"
)


def test_no_field_and_no_cell_of_a_page_has_a_day_in_words() -> None:
    faults = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if not path.stem.endswith("print")
        for found in IN_WORDS.finditer(path.read_text(encoding="utf-8"))
    ]
    assert faults == []
