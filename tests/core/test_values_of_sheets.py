"""A sheet gives values where the page draws: a column takes what it asks for, row or value."""

from types import SimpleNamespace
from typing import Any

import django_tables2 as tables

from apps.core.tables import BaseTable


class Valued(BaseTable):
    plain = tables.Column()
    of_value = tables.Column(accessor="plain")
    of_row = tables.Column(empty_values=())
    of_both = tables.Column(accessor="plain")

    def value_of_value(self, value: int) -> int:
        return value * 2

    def value_of_row(self, record: Any) -> int:
        return int(record.plain) * 3

    def value_of_both(self, record: Any, value: int) -> int:
        return int(record.plain) + value


def test_each_way_to_say_a_value_is_asked_with_what_it_takes() -> None:
    assert list(Valued([]).export_rows([SimpleNamespace(plain=5)])) == [[5, 10, 15, 10]]


def test_a_value_that_is_not_there_stays_away() -> None:
    class OfValue(BaseTable):
        amount = tables.Column()

        def value_amount(self, value: int) -> str:
            return f"{value:,}"

    rows = [{"amount": None}, {"amount": 0}, {"amount": 1234}]
    assert list(OfValue([]).export_rows(rows)) == [[None], ["0"], ["1,234"]]
