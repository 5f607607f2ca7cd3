import pytest
from django.utils import translation
from hypothesis import given, strategies as st

from apps.core.rates import fraction_text, percent, rate_text


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
    assert rate_text(numerator, denominator) == text


def test_nothing_to_divide_by_is_no_data_in_both_languages() -> None:
    assert percent(0, 0) is None
    with translation.override("en"):
        assert rate_text(0, 0) == "no data"
    with translation.override("zh-hans"):
        assert rate_text(0, 0) == "暂无数据"


def test_fraction_stands_in_thousands() -> None:
    assert fraction_text(11_642, 12_600) == "11,642/12,600"


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_hundred_only_for_all_and_zero_only_for_none(part: int, rest: int) -> None:
    value = percent(part, part + rest)
    assert value is not None
    assert value < 100
    assert (value == 0) == (part == 0)
