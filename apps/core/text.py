"""Words on the screen: masks of numbers, dates in the reader's language."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from django.utils import translation
from django.utils.text import capfirst

from apps.core.days import local_day, today

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def mask_identity(number: str) -> str:
    """4690**********2317: the county and the last four; short numbers keep two at each end."""
    return _mask(number, 4, 4) if len(number) > 12 else _mask(number, 2, 2)


def mask_phone(number: str) -> str:
    """138****0417."""
    return _mask(number, 3, 4) if len(number) > 8 else _mask(number, 1, 1)


def mask_name(name: str) -> str:
    """陈**, of each word the first character; a name of one character is told by none."""
    words = name.split()
    return " ".join(f"{word[0]}{'*' * max(len(word) - 1, 1)}" for word in words)


def mask_address(address: str) -> str:
    """琼海市嘉积镇****: how much more there is, is not told."""
    return f"{address[:6]}****" if address else ""


def _mask(number: str, first: int, last: int) -> str:
    hidden = len(number) - first - last
    if hidden <= 0:
        return "*" * len(number)
    return number[:first] + "*" * hidden + number[-last:]


# By the name of the column. Shown as stars everywhere; whoever needs one whole asks the person's
# page for it, with a reason.
MASKS: Final[dict[str, Callable[[str], str]]] = {
    "document_number": mask_identity,
    "phone": mask_phone,
}


def is_chinese() -> bool:
    return (translation.get_language() or "zh-hans").startswith("zh")


def as_day(value: date | datetime) -> date:
    return local_day(value) if isinstance(value, datetime) else value


def day_text(value: date | datetime | None) -> str:
    """11月20日 or 20 Nov; with the year when it is not this one."""
    if value is None:
        return ""
    day = as_day(value)
    this_year = day.year == today().year
    if is_chinese():
        text = f"{day.month}月{day.day}日"
        return text if this_year else f"{day.year}年{text}"
    text = f"{day.day} {MONTHS[day.month - 1]}"
    return text if this_year else f"{text} {day.year}"


def full_day(value: date | datetime | None) -> str:
    """2026年11月20日 or 20 Nov 2026: in sentences that are kept, and in refusals."""
    if value is None:
        return ""
    day = as_day(value)
    if is_chinese():
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(value: date | datetime | None) -> str:
    """11-20 in tables; with the year when it is not this one."""
    if value is None:
        return ""
    day = as_day(value)
    return f"{day:%m-%d}" if day.year == today().year else f"{day:%Y-%m-%d}"


def month_text(value: date) -> str:
    """2026年10月 or Oct 2026."""
    if is_chinese():
        return f"{value.year}年{value.month}月"
    return f"{MONTHS[value.month - 1]} {value.year}"


def iso_day(value: date | datetime | None) -> str:
    return f"{as_day(value):%Y-%m-%d}" if value else ""


MARKS = {",": "，", ";": "；", ":": "：", "list": "、"}


def mark(sign: str) -> str:
    """A mark between two parts that code puts together: ，；：、 or the English one."""
    return MARKS[sign] if is_chinese() else f"{',' if sign == 'list' else sign} "


def sentences(*parts: Any) -> str:
    """One after the other, each with a capital: with a blank between them where one is written."""
    told = [capfirst(text) for part in parts if (text := str(part))]
    return ("" if is_chinese() else " ").join(told)


def labelled(label: Any, words: Any) -> str:
    """电话：… or Phone: …"""
    return f"{capfirst(str(label))}{mark(':')}{words}"


def bracketed(value: Any) -> str:
    """（…） or a blank and (…); nothing for nothing."""
    if not value:
        return ""
    return f"（{value}）" if is_chinese() else f" ({value})"


def initial(name: Any) -> str:
    """What stands in the round mark beside a name: 陈, or ZX of Zhou Xiaolan."""
    words = str(name or "").split()
    if not words:
        return "·"
    if words[0][0].isascii():
        return "".join(word[0] for word in words[:2]).upper()
    return words[0][0]
