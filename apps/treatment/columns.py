"""A column that names a month."""

from datetime import date
from typing import Any

import django_tables2 as tables

from apps.core.text import month_text


class MonthColumn(tables.Column):
    """Oct 2026; an export carries its first day."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"attrs": {"td": {"class": "nowrap"}}, **options})

    def render(self, value: date) -> str:
        return month_text(value)
