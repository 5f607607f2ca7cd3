"""Labels, controls and written tables, each piece as it is."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from django import forms
from django.test import override_settings
from django.utils import translation

from apps.core import crypto
from apps.core.exports import CELL_MAX, Sheet, footer_text, write_csv, write_xlsx
from apps.core.markup import (
    field_control,
    field_label,
    level_bars,
    level_html,
    level_word,
    tag_html,
)


class Asking(forms.Form):
    words = forms.CharField(help_text="Short.")
    one = forms.ChoiceField(choices=[("a", "A")])
    ticked = forms.BooleanField(required=False)
    chosen = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(
        choices=[("a", "A")], required=False, widget=forms.CheckboxSelectMultiple
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("words", "form-control"),
        ("one", "form-select"),
        ("ticked", "form-check-input"),
        ("chosen", "form-check-input"),
        ("several", "form-check-input"),
    ],
)
def test_a_control_has_the_class_of_its_kind(name: str, kind: str) -> None:
    assert f'class="{kind}"' in field_control(Asking()[name])
    assert 'class="own"' in field_control(Asking()[name], **{"class": "own"})


def test_a_control_is_described_by_its_help_and_each_of_its_faults() -> None:
    fresh, sent = Asking()["words"], Asking({})["words"]
    assert 'aria-describedby="id_words-help"' in field_control(fresh)
    assert "aria-invalid" not in field_control(fresh)
    told = field_control(sent)
    assert 'aria-describedby="id_words-help id_words-wrong-1"' in told
    assert 'aria-invalid="true"' in told
    assert "aria-describedby" not in field_control(Asking()["one"])


def test_choices_are_named_by_their_words_and_other_fields_by_a_label() -> None:
    form = Asking()
    assert 'aria-labelledby="id_chosen-label"' in field_control(form["chosen"])
    for name in ("words", "one", "ticked"):
        assert "aria-labelledby" not in field_control(form[name])
    assert field_label(form["chosen"]).startswith('<span class="form-label" id="id_chosen-label">')
    assert field_label(form["words"]) == '<label class="form-label" for="id_words">Words</label>'
    assert ">其他<" in field_label(form["words"], "其他")


def test_a_risk_level_of_a_ledger_says_that_nobody_has_assessed() -> None:
    with translation.override("en"):
        plain, ledger = level_html("high"), level_html("high", from_ledger=True)
        assert plain == f'<span class="risk-level">{level_bars("high")}High</span>'
        assert 'class="risk-level ledger" title="No valid assessment"' in ledger
        assert (level_bars(""), level_word(""), level_word("low")) == ("", "Not assessed", "Low")
    with translation.override("zh-hans"):
        assert level_html("high") != plain
    with translation.override(None):
        assert level_html("low").startswith('<span class="risk-level">')


def test_a_tag_escapes_its_words_and_takes_another_icon() -> None:
    told = tag_html("late", "<b>")
    assert told.startswith('<span class="tag late"><svg class="i i-14"')
    assert "&lt;b&gt;</span>" in told
    assert tag_html("late", "x", "clock") == tag_html("soon", "x").replace("tag soon", "tag late")


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("a" * 242, "a" * 242),
        ("a" * 243, "a" * 242 + "…"),
        ("&" * 120 + "a", "&&" * 120 + "a"),
        ("&" * 121, "&&" * 121),
        ("&" * 122, "&&" * 121 + "…"),
        ("a" * 241 + "&", "a" * 241 + "…"),
        (" 周晓岚\n  复查 ", "周晓岚 复查"),
    ],
)
def test_a_footer_has_the_254_characters_that_excel_takes(words: str, kept: str) -> None:
    assert footer_text(words) == f"&L{kept}&R&P / &N"
    assert len(footer_text(words)) <= 254


def written(rows: list[list[Any]], title: str = "名单") -> Any:
    target = io.BytesIO()
    write_xlsx(Sheet(title, ["姓名", "日期", "时间"], rows, "周晓岚"), target)
    book = openpyxl.load_workbook(io.BytesIO(target.getvalue()))
    return book.worksheets[0]


MOMENT = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)


def test_a_table_has_bold_labels_that_stay_in_sight_and_days_as_days() -> None:
    page = written([["林", date(2026, 1, 2), MOMENT], ["吴", date(2026, 1, 3), MOMENT]])
    assert [cell.value for cell in page[1]] == ["姓名", "日期", "时间"]
    assert [cell.font.bold for cell in page[1]] == [True] * 3
    assert not page.cell(2, 1).font.bold
    assert page.freeze_panes == "A2"
    assert page.cell(2, 2).number_format == "yyyy-mm-dd"
    assert page.cell(3, 3).number_format == "yyyy-mm-dd hh:mm"
    assert [page.cell(line, 1).value for line in (2, 3, 4)] == ["林", "吴", "周晓岚"]
    assert page.max_row == 4
    assert page.oddFooter.left.text == "周晓岚"


def test_an_empty_table_says_at_once_who_took_it() -> None:
    page = written([])
    assert (page.cell(2, 1).value, page.max_row) == ("周晓岚", 2)


def test_no_address_becomes_a_link_and_no_cell_is_too_long() -> None:
    page = written([["https://example.org", "长" * (CELL_MAX + 1), 3]])
    assert page.cell(2, 1).hyperlink is None
    assert len(page.cell(2, 2).value) == CELL_MAX
    assert page.cell(2, 3).value == 3


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("名单", "名单"),
        ("a" * 32, "a" * 31),
        ("a" * 30 + " b", "a" * 30),
        ("'2026/11' [x]", "2026 11'  x"),
        ("*", "1"),
    ],
)
def test_a_sheet_has_a_name_that_excel_takes(title: str, name: str) -> None:
    assert written([], title).title == name


def test_a_line_of_text_has_its_moment_to_the_minute_and_leaves_the_file_open() -> None:
    target = io.BytesIO()
    write_csv(Sheet("名单", ["a"], [[MOMENT], [date(2026, 1, 2)], [None], [True]], "谁"), target)
    lines = list(csv.reader(io.StringIO(target.getvalue().decode("utf-8-sig"), newline="")))
    assert lines == [["a"], ["2026-11-23 00:30"], ["2026-01-02"], [""], ["True"], ["谁"]]
    assert not target.closed


def test_a_key_may_hold_any_sign_and_the_first_one_seals() -> None:
    crypto._keys.cache_clear()
    keys = f"7:{'A' * 43}=,2:{'B' * 43}="
    try:
        with override_settings(FIELD_KEYS=keys):
            token = crypto.seal("值", "t.c.1")
            assert (token[0], token[1]) == (1, 7)
            assert crypto.unseal(token, "t.c.1") == "值"
    finally:
        crypto._keys.cache_clear()
