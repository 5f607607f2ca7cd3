"""Pinyin initials, so that 嘉积镇 is found by "jjz"."""

from pypinyin import Style, lazy_pinyin


def initials(name: str) -> str:
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
