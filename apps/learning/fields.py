"""A number that stays as it was written."""

from decimal import Decimal
from typing import Any

from django.db import models


class ExactDecimalField(models.DecimalField):  # type: ignore[type-arg]
    """98.9 stays 98.9, and 98.90 stays 98.90: the column has no scale of its own, and nothing is
    ever a float. `max_digits` and `decimal_places` bound what may be entered.
    """

    def db_type(self, connection: Any) -> str:
        return "numeric"


def as_written(number: Decimal | None) -> str:
    """In plain digits, with the zeros that were written; empty where there is none."""
    return "" if number is None else f"{number:f}"
