"""What a cell says. Offices write the same fact in many ways; this is where they become one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.core.days import SHANGHAI
from apps.core.typed import clean_text
from apps.persons import identity

# Full-width digits, letters and marks as on a Chinese keyboard; spaces of every kind.
HALF_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
HALF_WIDTH_DIGITS = {code: half for code, half in HALF_WIDTH.items() if chr(half).isalnum()} | {
    0x3000: 0x20,
    0xA0: 0x20,
}
# ="469002…": how other programs keep Excel from making a number of it.
AS_FORMULA = re.compile(r'="(.*)"')

DAY = re.compile(r"(\d{4})\s*(?:[-./]|年)\s*(\d{1,2})\s*(?:[-./]|月)\s*(\d{1,2})\s*[日号]?")
# 二〇二四年二月二十日
DAY_IN_WORDS = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
IN_DIGITS: Final = {sign: str(digit) for digit, sign in enumerate("〇一二三四五六七八九")} | {
    "零": "0", "○": "0",
}  # fmt: skip
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
CLOCK = re.compile(r"(\d{1,2})\s*[:时点]\s*(\d{1,2})\s*(?:[:分]\s*(\d{1,2})(?:\.\d+)?\s*秒?)?分?")
# Excel counts days from here; only cells that nobody formatted as a date come as numbers.
EXCEL_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 (days, no moment)
EXCEL_DAYS: Final = range(7_000, 90_000)
EXACT_DIGITS: Final = 15
DAYS_TO_1904: Final = 1462
# What offices put where nothing is known.
NOTHING_KNOWN: Final = frozenset({
    "无", "没有", "暂无", "暂缺", "缺", "空", "空白", "不详", "未详", "不明", "未知", "不清楚",
    "不知道", "未填", "待补", "待补充", "待定", "待查", "未登记", "未提供", "无记录", "n/a", "na",
    "null", "none", "nil", "?", "？",
})  # fmt: skip
STROKES: Final = "-—–－_/／\\.·*、 "


class CellFault(Exception):
    """The cell cannot mean what its column asks for; the words say why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class DayOf1904(float):
    """A bare number of a workbook whose days count from 1904."""


@dataclass(frozen=True)
class Unread:
    """A cell that is not empty and yet says nothing: an error, or a formula never computed."""

    text: str
    kind: str

    def words(self, cell: str) -> str:
        if self.kind == "error":
            return _("Cell %(cell)s holds an error of the spreadsheet program.") % {"cell": cell}
        return _(
            "Cell %(cell)s holds a formula whose value was never computed. Open the file in the "
            "spreadsheet program and save it."
        ) % {"cell": cell}


def cell_name(row: int, position: int) -> str:
    """D12, as the spreadsheet program calls it."""
    return f"{column_letters(position)}{row}"


def column_letters(position: int) -> str:
    """AB for the 28th column; positions count from 0."""
    letters, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def says_nothing(text: str) -> bool:
    """Whether the cell only says that nothing is known."""
    return bool(text) and (text.casefold() in NOTHING_KNOWN or not text.strip(STROKES))


def shown(value: Any) -> str:
    """The cell as a person saw it, for a report."""
    match value:
        case None:
            return ""
        case Unread():
            return value.text
        case float() if value.is_integer() and abs(value) < 10**EXACT_DIGITS:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case _:
            return str(value)


def as_text(value: Any) -> str:
    """Digits and letters half-width, runs of spaces one space, none at the ends, nothing unseen."""
    return " ".join(clean_text(shown(value)).translate(HALF_WIDTH_DIGITS).split())


def as_number(value: Any) -> str:
    """A number that names somebody (identity, phone): no spaces or hyphens in it, capitals."""
    if isinstance(value, float) and abs(value) >= 10**EXACT_DIGITS:
        raise CellFault(
            _("The cell is a number and has lost its last digits. Format the column as text.")
        )
    text = AS_FORMULA.sub(r"\1", as_text(value))
    return re.sub(r"[\s\-'’‘`]", "", text).upper()


def as_identity(value: Any) -> str:
    """A number of a document; a resident number of 15 digits, given out until 1999, in its 18."""
    return identity.from_fifteen(as_number(value))


def as_telephone(value: Any) -> str:
    """A phone as the product keeps it; a number that was shown as 1.38E+10 is none."""
    text = as_number(value)
    if not text:
        return ""
    try:
        return identity.check_phone(text)
    except ValidationError as fault:
        raise CellFault(str(fault.messages[0])) from None


def as_day(value: Any) -> date | None:
    """A day in any of the spellings: 2022-04-07, 2022.04.07, 2022/4/7, 2022年4月7日, Excel's."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = as_text(value).translate(HALF_WIDTH)
    if not text:
        return None
    if isinstance(value, int | float):
        return _excel_moment(value, text).date()
    if parts := DAY.fullmatch(text) or COMPACT_DAY.fullmatch(text):
        return _calendar_day(text, parts.groups())
    if DAY.match(text):
        return _written_moment(text).date()
    if parts := DAY_IN_WORDS.fullmatch(text.replace(" ", "")):
        return _calendar_day(text, [_digits(part) for part in parts.groups()])
    raise CellFault(_("“%(text)s” is no date.") % {"text": text})


def as_moment(value: Any) -> datetime | None:
    """A day with its time in Shanghai; a day alone is its first minute."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=SHANGHAI, microsecond=0)
    if isinstance(value, date):
        return datetime.combine(value, time(), SHANGHAI)
    text = as_text(value).translate(HALF_WIDTH)
    if not text:
        return None
    if isinstance(value, int | float):
        return _excel_moment(value, text).replace(tzinfo=SHANGHAI)
    return _written_moment(text)


def second_of(moment: datetime) -> datetime:
    """A cell knows no parts of a second."""
    return moment.replace(microsecond=0)


def same_words(one: str, other: str) -> bool:
    """Whether two texts read the same once they have been in a cell."""
    return as_text(one) == as_text(other)


def _written_moment(text: str) -> datetime:
    parts = DAY.match(text)
    rest = text[parts.end() :].strip().removeprefix("T").strip() if parts else ""
    clock = CLOCK.fullmatch(rest) if rest else None
    if parts is None or (rest and clock is None):
        raise CellFault(_("“%(text)s” is no date and time.") % {"text": text})
    day = _calendar_day(text, parts.groups())
    if clock is None:
        return datetime.combine(day, time(), SHANGHAI)
    hour, minute, second = (int(part or 0) for part in clock.groups())
    try:
        return datetime.combine(day, time(hour, minute, second), SHANGHAI)
    except ValueError:
        raise CellFault(_("“%(text)s” is no time of the day.") % {"text": text}) from None


def _digits(words: str) -> str:
    """二〇二四 → 2024, 二十一 → 21, 十 → 10."""
    if "十" not in words:
        return "".join(IN_DIGITS[sign] for sign in words)
    tens, _ten, ones = words.partition("十")
    return "".join(IN_DIGITS.get(sign, "") for sign in (tens or "一", ones or "〇"))


def _calendar_day(text: str, parts: Sequence[str]) -> date:
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        raise CellFault(_("“%(text)s” is no day of the calendar.") % {"text": text}) from None


def _excel_moment(value: float, text: str) -> datetime:
    if len(text) == 8 and (parts := COMPACT_DAY.fullmatch(text)):
        return datetime.combine(_calendar_day(text, parts.groups()), time())
    if int(value) not in EXCEL_DAYS:
        raise CellFault(_("“%(text)s” is no date.") % {"text": text})
    days = value + DAYS_TO_1904 if isinstance(value, DayOf1904) else value
    return EXCEL_EPOCH + timedelta(seconds=round(days * 86_400))
