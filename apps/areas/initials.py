"""Pinyin initials, so that 嘉积镇 is found by "jjz"."""

from apps.core.pinyin import lazy_pinyin


def initials(name: str) -> str:
    return "".join(lazy_pinyin(name, first_letters=True)).lower()
