"""Rates as the offices write them: half-up to one decimal, the fraction beside it.

Never 100 % unless all, never 0 % unless none: 2,096 of 2,097 is 99.9 %.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Rate:
    numerator: int
    denominator: int

    @property
    def value(self) -> Decimal | None:
        """Per cent to one decimal; None where there is nothing to divide by."""
        return percent(self.numerator, self.denominator)

    @property
    def text(self) -> str:
        return rate_text(self.numerator, self.denominator)

    @property
    def fraction(self) -> str:
        return fraction_text(self.numerator, self.denominator)


def percent(numerator: int, denominator: int) -> Decimal | None:
    return _share(numerator, denominator, 100)


def per_mille(numerator: int, denominator: int) -> Decimal | None:
    return _share(numerator, denominator, 1000)


def _share(numerator: int, denominator: int, whole: int) -> Decimal | None:
    if not denominator:
        return None
    if numerator in (0, denominator):
        return Decimal(whole if numerator else 0)
    exact = Decimal(numerator) * whole / Decimal(denominator)
    rounded = exact.quantize(TENTH, ROUND_HALF_UP)
    if numerator < denominator:
        rounded = min(rounded, whole - TENTH)
    return max(rounded, TENTH)


def rate_text(numerator: int, denominator: int) -> str:
    """ "92.4 %", "100 %", "0 %" or "no data"."""
    return value_text(percent(numerator, denominator))


def value_text(value: Decimal | None, sign: str = "%") -> str:
    return _("no data") if value is None else f"{value} {sign}"


def fraction_text(numerator: int, denominator: int) -> str:
    """ "11,642/12,600"."""
    return f"{numerator:,}/{denominator:,}"
