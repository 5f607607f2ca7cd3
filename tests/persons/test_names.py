"""Pinyin of names."""

import pytest

from apps.persons.names import read, tidy


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("陈海生", "chenhaisheng", "chs"),
        ("单雄信", "shanxiongxin", "sxx"),
        ("曾国", "zengguo", "zg"),
        ("仇英", "qiuying", "qy"),
        ("解缙", "xiejin", "xj"),
        ("区志明", "ouzhiming", "ozm"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("欧阳修", "ouyangxiu", "oyx"),
        ("符曾", "fuceng", "fc"),
        ("阿不都·热合曼", "abudoureheman", "abdrhm"),
        ("John Smith", "johnsmith", "js"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, pinyin: str, initials: str) -> None:
    assert read(name)[:2] == (pinyin, initials)


def test_the_sort_key_goes_by_syllables_then_characters() -> None:
    names = ["林", "李安", "连", "李安安", "黎安"]
    in_order = sorted(names, key=lambda name: read(name).sort_key)
    assert in_order == ["李安", "黎安", "李安安", "连", "林"]


def test_a_name_no_dictionary_knows_still_has_a_key() -> None:
    assert read("𠮷").sort_key.strip() == "𠮷"


def test_spaces_inside_a_chinese_name_go_and_between_words_stay() -> None:
    assert tidy("  陈　海 生 ") == "陈海生"
    assert tidy(" John   Smith ") == "John Smith"
    assert tidy("阿不都•热合曼") == "阿不都·热合曼"


def test_a_very_long_name_fits_its_columns() -> None:
    pinyin, initials, key = read("张" * 120)
    assert (len(pinyin), len(initials), len(key)) == (200, 60, 280)
