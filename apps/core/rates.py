"""Rates as the offices write them: half-up to one decimal, the fraction beside it.

Never 100 % unless all, never 0 % unless none: 2,096 of 2,097 is 99.9 %.
"""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

TENTH = Decimal("0.1")
HUNDRED = 100


def percent(numerator: int, denominator: int) -> Decimal | None:
    """To one decimal; None where there is nothing to divide by."""
    if not denominator:
        return None
    if numerator in (0, denominator):
        return Decimal(HUNDRED if numerator else 0)
    exact = Decimal(numerator) * HUNDRED / Decimal(denominator)
    rounded = exact.quantize(TENTH, ROUND_HALF_UP)
    if numerator < denominator:
        rounded = min(rounded, HUNDRED - TENTH)
    return max(rounded, TENTH)


def rate_text(numerator: int, denominator: int) -> str:
    """ "92.4 %", "100 %", "0 %" or "no data"."""
    return value_text(percent(numerator, denominator))


def value_text(value: Decimal | None, sign: str = "%") -> str:
    return _("no data") if value is None else f"{value} {sign}"


def fraction_text(numerator: int, denominator: int) -> str:
    """ "11,642/12,600"."""
    return f"{numerator:,}/{denominator:,}"
