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


# Why something is done or was not, and the facts that a measure against somebody rests on.
EXPLAINS = {
    "reason", "reason_why", "why", "purpose", "late_reason", "not_heard_why", "attempts", "facts",
    "cause_words", "ground_words", "ground",
}  # fmt: skip
# One's own words or the other's, told freely: a single word can be the whole of it.
TOLD = {
    "heard", "said", "said_words", "words", "need_words", "note", "description", "protect_words",
    "state_words", "difficulty_words", "family_words", "work_words", "opinion_words", "help_words",
    "progress_words", "medicine_words", "end_words", "goals", "matters", "task", "took_part",
    "changed", "opening", "closing", "remarks",
}  # fmt: skip
# Names, numbers, places, papers, and what nobody types.
NAMES = {
    "name", "again", "code", "username", "password", "old_password", "new_password", "phone",
    "document_number", "decision_number", "number", "area", "area_code", "place", "villages",
    "registration", "residence", "residence_address", "new_residence", "destination",
    "institution", "title", "basis", "assessor", "worker", "collector", "second_collector",
    "by_name", "second_name", "a_seal", "b_seal", "place_words", "body", "panel", "time", "who",
    "report_number", "remark", "second_visitor", "to", "town", "parent_code", "phrase",
    "to_words", "receipt_words", "payer", "amount_fen", "wage", "member_words",
    "employer", "provider", "certificate", "platform", "counsellor_name", "counsellor_body",
    "unit", "doer_words",
    "instead_of", "numbers", "address", "room", "first", "until", "query", "previewed", "uuid",
    "client_uuid",
}  # fmt: skip


def is_of_a_reason(place: str, field: forms.Field) -> bool:
    """Fields of text for why something is done; what is chosen from a list is no text."""
    return isinstance(field, forms.CharField) and place.rpartition(".")[2] in EXPLAINS


@pytest.mark.django_db
def test_every_text_that_is_asked_for_is_a_reason_or_known_to_be_none() -> None:
    """Whoever adds a field of text says which it is."""
    asked = {
        place for place, field in fields()
        if isinstance(field, forms.CharField) and place.startswith("apps.")
        and "filters" not in place.lower()
    }  # fmt: skip
    names = {place.rpartition(".")[2] for place in asked}
    assert names - EXPLAINS - TOLD - NAMES == set()
    assert len(asked) > 150


# A note, the paper that a state rests on, and what is known beside an application.
OTHERWISE = {
    "transfers.forms.AcceptForm.reason", "persons.forms.LifeStatusForm.reason",
    "cases.forms.ControlForm.reason",
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
