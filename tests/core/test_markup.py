"""Labels and bars: small pieces of markup that every page shows."""

import re

import pytest
from django import forms
from django.utils import translation
from django.utils.safestring import mark_safe

from apps.core.markup import (
    escaped,
    field_control,
    field_label,
    icon_svg,
    level_bars,
    level_html,
    level_word,
    tag_html,
    tag_icon,
)


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


@pytest.mark.parametrize(("risk_level", "filled"), [("low", 1), ("medium", 2), ("high", 3)])
def test_a_risk_level_is_three_bars_of_which_so_many_are_filled(
    risk_level: str, filled: int
) -> None:
    bars = re.findall(
        r'<rect( class="on")? x="(\d+)" y="(\d+)"[^>]*height="(\d+)"', level_bars(risk_level)
    )
    assert [bar[1:] for bar in bars] == [("0", "6", "4"), ("4", "3", "7"), ("8", "0", "10")]
    assert [bool(bar[0]) for bar in bars] == [number <= filled for number in (1, 2, 3)]


# What every icon of the set begins with, and what is left of it.
CHECK = '<path d="M5 12l5 5l10 -10" />'


@pytest.mark.parametrize(
    ("size", "kind"), [(14, "i i-14"), (17, "i i-17"), (18, "i"), (19, "i i-19")]
)
def test_an_icon_says_its_size_unless_it_is_the_usual_one(size: int, kind: str) -> None:
    svg = f'<svg class="{kind}" viewBox="0 0 24 24" aria-hidden="true">{CHECK}</svg>'
    assert icon_svg("check", size) == svg
    assert icon_svg("check") == icon_svg("check", 18)


@pytest.mark.parametrize("name", ["../check", "Check", "check.svg", ""])
def test_an_icon_is_one_of_the_folder(name: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(name)}$"):
        icon_svg(name)


class Marked:
    def __html__(self) -> str:
        return "<b>told</b>"

    def __str__(self) -> str:
        return "<i>"


def test_what_is_no_markup_is_escaped_and_what_is_stays() -> None:
    assert [escaped(one) for one in ("<b>", mark_safe("<b>"), Marked(), 3)] == [
        "&lt;b&gt;", "<b>", "<b>told</b>", "3",
    ]  # fmt: skip


def test_a_tag_has_the_icon_of_its_kind_or_another_one_both_small() -> None:
    assert tag_icon("done") == icon_svg("check", 14)
    assert tag_html("done", "<b>") == (
        f'<span class="tag done">{icon_svg("check", 14)}&lt;b&gt;</span>'
    )
    assert tag_html("done", "", "clock") == f'<span class="tag done">{icon_svg("clock", 14)}</span>'


def test_a_risk_level_is_bars_and_a_word_and_says_where_it_comes_from() -> None:
    with translation.override("en"):
        assert (level_word("high"), level_word("")) == ("High", "Not assessed")
        assert level_html("") == '<span class="risk-level">Not assessed</span>'
        assert level_html("low") == f'<span class="risk-level">{level_bars("low")}Low</span>'
        words = "No valid assessment"
        assert level_html("low", from_ledger=True) == (
            f'<span class="risk-level ledger" title="{words}">{level_bars("low")}Low'
            f'<span class="sr"> {words}</span></span>'
        )
    with translation.override("zh-hans"):
        assert level_html("low") == f'<span class="risk-level">{level_bars("low")}低</span>'
    assert (level_bars(""), level_bars("severe")) == ("", "")


class Controls(forms.Form):
    words = forms.CharField(help_text="What happened")
    number = forms.CharField()
    choice = forms.ChoiceField(choices=[("a", "A")])
    one_of = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    ticked = forms.BooleanField(required=False)


@pytest.mark.parametrize(
    ("name", "css"),
    [("words", "form-control"), ("choice", "form-select"), ("one_of", "form-check-input"),
     ("ticked", "form-check-input")],
)  # fmt: skip
def test_a_control_has_the_class_of_its_kind_or_the_one_that_is_asked_for(
    name: str, css: str
) -> None:
    assert f'class="{css}"' in field_control(Controls()[name])
    own = field_control(Controls()[name], **{"class": "own", "data_words": "x"})
    assert 'class="own"' in own
    assert 'data-words="x"' in own
    assert css not in own


def test_a_control_names_what_describes_it() -> None:
    plain, wrong = Controls(), Controls({})
    found = {
        name: re.findall(r'(aria-[a-z]+)="([^"]*)"', field_control(form[name]))
        for form, name in (
            (plain, "words"), (plain, "number"), (plain, "choice"), (wrong, "number"),
            (wrong, "ticked"),
        )
    }  # fmt: skip
    assert found["choice"] == found["ticked"] == []
    assert dict(found["number"]) == {
        "aria-describedby": "id_number-wrong-1", "aria-invalid": "true",
    }  # fmt: skip
    assert dict(found["words"]) == {"aria-describedby": "id_words-help"}
    assert 'aria-describedby="id_words-help id_words-wrong-1"' in field_control(wrong["words"])
    assert "aria-invalid" not in field_control(plain["number"])
    assert 'aria-labelledby="id_one_of-label"' in field_control(plain["one_of"])
    assert "aria-labelledby" not in field_control(plain["ticked"])


def test_a_group_has_a_legend_and_a_field_a_label_in_its_own_words_or_others() -> None:
    form = Controls()
    assert field_label(form["number"]) == (
        '<label class="form-label" for="id_number">Number</label>'
    )
    assert field_label(form["number"], "Phone") == (
        '<label class="form-label" for="id_number">Phone</label>'
    )
    assert field_label(form["one_of"]) == (
        '<span class="form-label" id="id_one_of-label">One of</span>'
    )
    with translation.override("en"):
        assert field_label(Asking()["may_stay_empty"], "Phone") == (
            '<label class="form-label" for="id_may_stay_empty">'
            'Phone <span class="opt">optional</span></label>'
        )
