"""Money is a whole number of fen; yuan are a way to write it."""

import re
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.core.form_fields import TextField

FEN: Final = 100
# A comma stands between thousands alone: "12,50" is no 1250.
_AMOUNT: Final = re.compile(r"-?([0-9]{1,12}|[0-9]{1,3}([,，][0-9]{3}){1,3})(\.[0-9]{1,2})?")
# A hundred million yuan: more is a slip of the keyboard.
MOST_FEN: Final = 10_000_000_000


def yuan(fen: int) -> str:
    """5106000 → 51,060.00."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), FEN)
    return f"{sign}{whole:,}.{rest:02d}"


def as_written(fen: int | None) -> str:
    """5106000 → 51060.00, as a cell has it; nothing known is nothing."""
    return "" if fen is None else f"{fen // FEN}.{fen % FEN:02d}"


def fen_of(text: str) -> int:
    """9,040元 → 904000. ValueError for what is no amount in whole fen."""
    plain = text.strip().removesuffix("元").strip()
    if not _AMOUNT.fullmatch(plain):
        raise ValueError(text)
    return int(Decimal(plain.replace(",", "").replace("，", "")) * FEN)


class YuanField(TextField):
    """Typed in yuan, given on as fen; nothing typed is nothing known, and never 0."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 20)
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**options)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            fen = fen_of(text)
        except ValueError:
            raise ValidationError(
                _("Enter an amount in yuan with at most two decimals, such as 1200.50.")
            ) from None
        if not 0 < fen <= MOST_FEN:
            raise ValidationError(_("Enter an amount above 0 and up to 100 million yuan."))
        return fen

    def prepare_value(self, value: Any) -> Any:
        return f"{value // FEN}.{value % FEN:02d}" if isinstance(value, int) else value
