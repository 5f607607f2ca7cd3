"""Labels and bars: small pieces of markup that every page shows."""

import re

import pytest
from django import forms
from django.utils import translation

from apps.core.markup import field_label, tier_bars


class Asking(forms.Form):
    asked = forms.CharField()
    asked_later = forms.CharField(required=False)
    may_stay_empty = forms.CharField(required=False)
    in_some_cases = forms.CharField(required=False)
    ticked = forms.BooleanField(required=False)

    sometimes = ("in_some_cases",)

    def __init__(self) -> None:
        super().__init__()
        self.fields["asked_later"].needed = True  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("asked", []),
        ("asked_later", []),
        ("may_stay_empty", ["optional"]),
        ("in_some_cases", ["if it applies"]),
        ("ticked", []),
    ],
)
def test_a_label_says_optional_where_nothing_asks_for_the_field(
    name: str, words: list[str]
) -> None:
    with translation.override("en"):
        assert re.findall(r'class="opt">([^<]*)<', field_label(Asking()[name])) == words


@pytest.mark.parametrize(("tier", "filled"), [("low", 1), ("medium", 2), ("high", 3)])
def test_a_tier_is_three_bars_of_which_so_many_are_filled(tier: str, filled: int) -> None:
    bars = re.findall(
        r'<rect( class="on")? x="(\d+)" y="(\d+)"[^>]*height="(\d+)"', tier_bars(tier)
    )
    assert [bar[1:] for bar in bars] == [("0", "6", "4"), ("4", "3", "7"), ("8", "0", "10")]
    assert [bool(bar[0]) for bar in bars] == [number <= filled for number in (1, 2, 3)]
