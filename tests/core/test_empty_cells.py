"""A cell without a value shows a dash in every list, however its column is drawn."""

import re
from typing import Any

import django_tables2 as tables
import pytest
from django.utils.safestring import mark_safe

from apps.core.tables import BaseTable, DayColumn, NameColumn, NumberColumn
from tests.architecture.sources import ROOT

# May be empty on purpose: drawn as it was typed, or only in the admin's own pages.
NEVER_EMPTY = re.compile(
    r"recorded_by|issued_by|get_kind_display|get_method_display|starts_on|file_number|"
    r"by_day\|iso|row\.day\|iso|test\.day\|iso|at\|moment|declared\.basis|cell\.text|event\.(day|title)|relation_display|line\.number"
)
BARE = re.compile(r"<td\b[^>]*>\{\{ ([^}]+) \}\}</td>")


class Drawn(BaseTable):
    name = NameColumn(verbose_name="Name")
    day = DayColumn(verbose_name="Day")
    number = NumberColumn(verbose_name="Number")
    words = tables.Column(verbose_name="Words")
    own = tables.Column(verbose_name="Own", empty_values=())
    safe = tables.Column(verbose_name="Safe", empty_values=())
    acts = tables.Column(verbose_name="", empty_values=())

    def link_for(self, record: Any) -> str:
        return "/"

    def render_own(self, record: Any) -> str:
        return ""

    def render_safe(self, record: Any) -> str:
        return mark_safe("")

    def render_acts(self, record: Any) -> str:
        return ""


@pytest.mark.parametrize("nothing", [None, ""])
def test_each_cell_without_a_value_is_a_dash(nothing: Any) -> None:
    row = {"name": nothing, "day": nothing, "number": nothing, "words": nothing}
    cells = re.findall(r"<td[^>]*>(.*?)</td>", Drawn([]).body([row]))
    assert cells == ["—"] * 6 + [""]


def test_zero_is_a_value() -> None:
    row = {"name": "陈", "day": None, "number": 0, "words": "x"}
    assert ">0</td>" in Drawn([]).body([row])


def test_cells_written_in_templates_say_what_stands_for_nothing() -> None:
    faults = [
        f"{path.relative_to(ROOT)}: {value}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if "admin" not in path.parts and path.stem != "round_print"
        for value in BARE.findall(path.read_text(encoding="utf-8"))
        if "default:" not in value and not NEVER_EMPTY.search(value)
    ]
    assert faults == []
