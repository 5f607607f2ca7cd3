"""Tables of list pages: django-tables2 describes the columns, our own few lines draw them.

Its stock template takes 154 ms for 50 rows of 11 columns; ready strings take a few.
"""

import inspect
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import django_tables2 as tables
from django.db.models import F, Model
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from apps.core.markup import escaped
from apps.core.text import short_day

Getter = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Heading:
    """One head of a column: `sort` is what a click asks for, `state` what aria-sort says."""

    label: Any
    css: str
    sort: str
    state: str


class NumberColumn(tables.Column):
    def __init__(self, **options: Any) -> None:
        super().__init__(**{"attrs": {"td": {"class": "num"}}, **options})

    def render(self, value: Any) -> str:
        return f"{value:,}"


class DayColumn(tables.Column):
    """11-20; an export carries the date itself."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"attrs": {"td": {"class": "nowrap"}}, **options})

    def render(self, value: date | datetime) -> str:
        return short_day(value)


def link(url: str, words: Any) -> SafeString:
    return mark_safe(f'<a href="{escaped(url)}">{escaped(words)}</a>')  # noqa: S308 - escaped


class NameColumn(tables.Column):
    """The bold first column; it links to what the table's `link_for(record)` says."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"attrs": {"td": {"class": "name"}}, **options})

    def render(self, value: Any, record: Any, table: "BaseTable") -> SafeString:
        return link(table.link_for(record), value)


class BaseTable(tables.Table):
    """Columns as in django-tables2; `render_x` and `value_x` methods too."""

    def link_for(self, record: Any) -> str:
        """Where a NameColumn leads."""
        url: str = record.get_absolute_url()
        return url

    def tick_value(self, record: Any) -> str:
        """What a ticked row posts."""
        return str(record.public_id)

    def tick_label(self, record: Any) -> str:
        return gettext("Tick %(what)s") % {"what": record}

    def headings(self, sort: str) -> list[Heading]:
        return [_heading(column, sort) for column in self.columns]

    def orders(self) -> dict[str, tuple[str, ...]]:
        """What may be sorted by: name of the column and the fields behind it."""
        return {
            column.name: tuple(str(field) for field in column.order_by)
            for column in self.columns
            if column.orderable
        }

    def body(
        self, records: Iterable[Any], *, ticks: bool = False, ticked: Collection[str] = ()
    ) -> SafeString:
        """All rows of the page as one string; `ticked`: the values that were ticked before."""
        cells = [_cell(self, column) for column in self.columns]
        rows = []
        for record in records:
            parts = [self._tick(record, ticked)] if ticks else []
            parts += [cell(record) for cell in cells]
            rows.append(f"<tr>{''.join(parts)}</tr>")
        return mark_safe("\n".join(rows))  # noqa: S308 - every cell was escaped above

    def _tick(self, record: Any, ticked: Collection[str]) -> str:
        value = self.tick_value(record)
        return format_html(
            '<td class="tick"><label><input class="form-check-input" type="checkbox" name="row" '
            'value="{}" data-tick aria-label="{}"{}></label></td>',
            value,
            self.tick_label(record),
            " checked" if value in ticked else "",
        )

    def export_labels(self) -> list[str]:
        return [str(column.header) for column in self._exported()]

    def export_rows(self, records: Iterable[Any]) -> Iterable[list[Any]]:
        """Plain values: dates as dates, numbers as numbers, words as words."""
        getters = [_valuer(self, column) for column in self._exported()]
        return ([get(record) for get in getters] for record in records)

    def _exported(self) -> list[Any]:
        return [column for column in self.columns if not column.column.exclude_from_export]


def in_order(field: str, *, turned: bool, filled: Collection[str] = ()) -> Any:
    """What rows are sorted by for a field of `orders`; those without a value stand last. `filled`:
    columns in which every row has one, so that their index can be read from its end.
    """
    down = field.startswith("-") != turned
    name = field.lstrip("-").replace(".", "__")
    last = None if name in filled else True
    return F(name).desc(nulls_last=last) if down else F(name).asc(nulls_last=last)


def filled_columns(model: type[Model]) -> frozenset[str]:
    """Own columns of a model that are never empty."""
    return frozenset(one.name for one in model._meta.concrete_fields if not one.null)


def _heading(column: Any, sort: str) -> Heading:
    state, wanted = "", ""
    if column.orderable:
        wanted = column.name
        if sort == column.name:
            state, wanted = "ascending", f"-{column.name}"
        elif sort == f"-{column.name}":
            state = "descending"
    return Heading(column.header, _css(column), wanted, state)


def _css(column: Any) -> str:
    return str(column.column.attrs.get("td", {}).get("class", ""))


def _cell(table: BaseTable, column: Any) -> Callable[[Any], str]:
    """Draws the column's cell of a record; a cell without a value is left out on the phone."""
    css, label = _css(column), column.header
    opening = format_html('<td class="{}" data-label="{}">', css, label)
    # A column without a head holds acts: a row without any needs no dash.
    dash = column.default if label else ""
    empty = format_html('<td class="{}" data-label="{}">{}</td>', f"{css} none", label, dash)
    draw = _drawer(table, column)

    def cell(record: Any) -> str:
        value = draw(record)
        return empty if value is None or value == "" else f"{opening}{escaped(value)}</td>"

    return cell


def _resolver(column: Any) -> Getter:
    """The value behind a column's accessor; None where the path ends early."""
    steps = str(column.accessor).split("__")

    def resolve(record: Any) -> Any:
        value = record
        for step in steps:
            value = value[step] if isinstance(value, dict) else getattr(value, step)
            if callable(value):
                value = value()
            if value is None:
                return None
        return value

    return resolve


def _drawer(table: BaseTable, column: Any) -> Getter:
    """What one cell of the column shows for a record; None where it has no value."""
    resolve = _resolver(column)
    own = getattr(table, f"render_{column.name}", None)
    plain = own is None and type(column.column).render is tables.Column.render
    if plain:
        return lambda record: _or_none(resolve(record))
    render = own or column.column.render
    takes = set(inspect.signature(render).parameters)
    if takes == {"record"}:
        return lambda record: render(record=record)
    empty_too = "value" not in takes or bool(column.column.empty_values == ())

    def draw(record: Any) -> Any:
        value = resolve(record) if "value" in takes else None
        if not empty_too and value in (None, ""):
            return None
        given = {"value": value, "record": record, "table": table}
        return render(**{name: given[name] for name in given if name in takes})

    return draw


def _or_none(value: Any) -> Any:
    return None if value == "" else value


def _valuer(table: BaseTable, column: Any) -> Getter:
    resolve = _resolver(column)
    own = getattr(table, f"value_{column.name}", None)
    if own is None:
        return resolve
    takes = set(inspect.signature(own).parameters)
    if "value" not in takes:
        return lambda record: own(record=record)
    if "record" not in takes:
        return lambda record: _of_value(own, resolve(record))
    return lambda record: own(record=record, value=resolve(record))


def _of_value(own: Callable[..., Any], value: Any) -> Any:
    """What is not there has no words: as in a cell, nobody asks for them."""
    return value if value in (None, "") else own(value=value)
