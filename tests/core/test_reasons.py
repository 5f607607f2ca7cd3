"""How short a reason may be: one rule, and no second one beside it."""

import re
from pathlib import Path

import pytest

from apps.core.reasons import is_reason

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("words", ["约谈", " 外出 ", "ok"])
def test_two_characters_are_a_reason(words: str) -> None:
    assert is_reason(words)


@pytest.mark.parametrize("words", ["", "  ", "。", " 病 "])
def test_one_character_or_none_is_no_reason(words: str) -> None:
    assert not is_reason(words)


def test_nobody_counts_the_characters_of_a_reason_elsewhere() -> None:
    counted = re.compile(r"len\((\w*\.)?(reason|purpose|note|facts|cause_words)\b.*\) < ")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "apps").rglob("*.py"))
        for line in path.read_text().splitlines()
        if counted.search(line) or re.search(r"min_length\W+\d", line)
    ]
    assert found == []


def test_nothing_of_a_reason_is_cut_off_unseen() -> None:
    """Too long is said at the field; what a service is given it keeps whole."""
    cut = re.compile(r"\breason(\.\w+\(\))?\[:\w+\]")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "apps").rglob("*.py"))
        for line in path.read_text().splitlines()
        if cut.search(line)
    ]
    assert found == []
