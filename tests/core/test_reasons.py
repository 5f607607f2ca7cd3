"""How short a reason may be: one rule, and no second one beside it."""

import re
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from apps.core.form_fields import ReasonField
from apps.core.reasons import RULE, is_reason
from tests.architecture.forms_of_the_product import fields

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("words", ["约谈", " 外出 ", "ok"])
def test_two_characters_are_a_reason(words: str) -> None:
    assert is_reason(words)


@pytest.mark.parametrize("words", ["", "  ", "。", " 病 "])
def test_one_character_or_none_is_no_reason(words: str) -> None:
    assert not is_reason(words)


FILLERS = ["aaaa", "aAaA", "无无", "。。", "……", "？！", "11", "- -", "无。", "_ _"]


@pytest.mark.parametrize("words", FILLERS)
def test_one_character_repeated_or_marks_alone_are_no_reason(words: str) -> None:
    assert not is_reason(words)


def is_of_a_reason(place: str, field: forms.Field) -> bool:
    """Fields of text for why something is done; what is chosen from a list is no text."""
    name = place.rpartition(".")[2]
    return isinstance(field, forms.CharField) and name in {"reason", "reason_why", "why", "purpose"}


# A note, the paper that a state rests on, and what is known beside an application.
OTHERWISE = {
    "transfers.forms.AcceptForm.reason", "persons.forms.LifeStatusForm.reason",
    "cases.forms_steps.ControlForm.reason",
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_form_that_asks_why_refuses_fillers_and_says_so_beforehand(language: str) -> None:
    asked = {
        place.removeprefix("apps."): field for place, field in fields()
        if is_of_a_reason(place, field) and "ledger" not in place
    }  # fmt: skip
    assert {place for place, one in asked.items() if not isinstance(one, ReasonField)} <= OTHERWISE
    kept = [one for one in asked.values() if isinstance(one, ReasonField)]
    assert len(kept) > 20
    with translation.override(language):
        for field in kept:
            assert str(RULE) in str(field.help_text)
            assert field.clean("约谈") == "约谈"
            for filler in FILLERS:
                with pytest.raises(ValidationError, match=re.escape(str(RULE))):
                    field.clean(filler)


def test_nobody_counts_the_characters_of_a_reason_elsewhere() -> None:
    counted = re.compile(
        r"len\((\w*\.)?(reason|purpose|note|facts|cause_words)\b.*\) < "
        r"|min_length\W+\d|not (\w+\.decision_)?reason\.strip\(\)"
    )
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "apps").rglob("*.py"))
        for line in path.read_text().splitlines()
        if counted.search(line)
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
