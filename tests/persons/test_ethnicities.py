"""Ethnicities speak the language of the page, with the names of GB 3304; ledgers characters."""

from importlib import import_module

import pytest
from django.utils import translation

from apps.imports.ledgers.words import ETHNIC_NAMES
from apps.persons.ethnicities import ETHNICITIES, IN_LETTERS, NAMES
from apps.persons.models import Person


@pytest.mark.parametrize(("code", "letters", "characters"),
                         [("01", "Han", "汉族"), ("06", "Miao", "苗族"), ("19", "Li", "黎族"),
                          ("56", "Jino", "基诺族")])  # fmt: skip
def test_a_name_stands_in_the_language_of_the_page(
    code: str, letters: str, characters: str
) -> None:
    person = Person(ethnicity=code)
    with translation.override("en"):
        assert person.get_ethnicity_display() == letters
    with translation.override("zh-hans"):
        assert person.get_ethnicity_display() == characters


def test_every_code_has_both_names_and_no_two_the_same() -> None:
    assert len(ETHNICITIES) == len(set(NAMES)) == len(set(IN_LETTERS)) == 56
    assert all(name.isascii() for name in IN_LETTERS)


def test_a_ledger_reads_characters_whatever_the_language() -> None:
    assert (ETHNIC_NAMES["黎族"], ETHNIC_NAMES["黎"], ETHNIC_NAMES["汉族"]) == ("19", "19", "01")
    assert import_module("apps.imports.ledgers.words").ETHNIC_NAMES.keys() >= set(NAMES)
