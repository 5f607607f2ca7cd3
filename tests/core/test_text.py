from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation
from hypothesis import given, strategies as st

from apps.core.text import (
    day_text,
    initial,
    iso_day,
    labelled,
    mask_identity,
    mask_phone,
    sentences,
    short_day,
)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("469002198801012317", "4690**********2317"),
        ("46900219880101", "4690******0101"),
        ("E12345678", "E1*****78"),
        ("123", "***"),
        ("", ""),
    ],
)
def test_identity_number_shows_its_county_and_last_four(number: str, masked: str) -> None:
    assert mask_identity(number) == masked


@given(st.text(st.characters(categories=["L", "N"]), min_size=5, max_size=20))
def test_a_mask_keeps_the_length_and_hides_most(number: str) -> None:
    assert len(mask_identity(number)) == len(number)
    assert mask_identity(number).count("*") >= len(number) - 8


def test_phone_shows_its_ends() -> None:
    assert mask_phone("13812340417") == "138****0417"
    assert mask_phone("68123456") == "6******6"


@time_machine.travel(datetime(2026, 11, 22, 4, tzinfo=UTC), tick=False)
def test_days_read_as_in_the_language_and_name_another_year() -> None:
    with translation.override("zh-hans"):
        assert day_text(date(2026, 11, 20)) == "11月20日"
        assert day_text(date(2025, 1, 2)) == "2025年1月2日"
    with translation.override("en"):
        assert day_text(date(2026, 11, 20)) == "20 Nov"
        assert day_text(date(2025, 1, 2)) == "2 Jan 2025"
    assert short_day(date(2026, 11, 2)) == "11-02"
    assert short_day(date(2025, 11, 2)) == "2025-11-02"
    assert iso_day(date(2026, 11, 2)) == "2026-11-02"
    assert day_text(None) == short_day(None) == iso_day(None) == ""


def test_sentences_stand_beside_each_other_as_the_language_writes_them() -> None:
    with translation.override("zh-hans"):
        assert sentences("没有保存。", "", "请重试。") == "没有保存。请重试。"
        assert labelled("电话", "号码不对") == "电话：号码不对"
    with translation.override("en"):
        assert sentences("nothing is stored.", "", "try again.") == "Nothing is stored. Try again."
        assert labelled("phone", "not a number") == "Phone: not a number"


def test_a_moment_is_a_day_in_shanghai() -> None:
    assert iso_day(datetime(2026, 11, 22, 16, 30, tzinfo=UTC)) == "2026-11-23"


def test_mark_beside_a_name() -> None:
    assert initial("陈海生") == "陈"
    assert initial("Zhou Xiaolan") == "ZX"
    assert initial(None) == "·"
