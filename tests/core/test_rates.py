from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from apps.core.rates import Rate, per_mille, percent


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (11_642, 12_600, "92.4 %"),
        (167, 177, "94.4 %"),
        (1, 8, "12.5 %"),
        (1, 16, "6.3 %"),  # 6.25: half up
        (2096, 2097, "99.9 %"),
        (2097, 2097, "100 %"),
        (1, 5000, "0.1 %"),
        (0, 5000, "0 %"),
    ],
)
def test_rate_is_half_up_and_never_all_or_none_by_rounding(
    numerator: int, denominator: int, text: str
) -> None:
    assert Rate(numerator, denominator).text == text


def test_nothing_to_divide_by_is_no_data_in_both_languages() -> None:
    assert Rate(0, 0).value is None
    with translation.override("en"):
        assert Rate(0, 0).text == "no data"
    with translation.override("zh-hans"):
        assert Rate(0, 0).text == "暂无数据"


def test_fraction_stands_in_thousands() -> None:
    assert Rate(11_642, 12_600).fraction == "11,642/12,600"


def test_share_of_population_is_per_mille() -> None:
    assert per_mille(3, 2000) == Decimal("1.5")


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_hundred_only_for_all_and_zero_only_for_none(part: int, rest: int) -> None:
    value = percent(part, part + rest)
    assert value is not None
    assert value < 100
    assert (value == 0) == (part == 0)
