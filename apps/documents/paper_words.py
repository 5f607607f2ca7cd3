"""How an office's paper writes days, terms and names of offices; papers are Chinese."""

from datetime import date

from apps.areas.models import Area, Level
from apps.cases.codes import Measure
from apps.core.text import MONTHS

DIGITS = "零一二三四五六七八九十"
# Endings of names of towns that have an office of their own kind.
STREET, TOWNSHIPS = "街道", ("镇", "乡")


def day_words(day: date | None, language: str = "zh-hans") -> str:
    """2026年3月1日; nothing for a day that is not known."""
    if day is None:
        return ""
    if language == "en":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


MEASURES = {Measure.SQJD: "社区戒毒", Measure.SQKF: "社区康复"}


def measure_words(measure: str, language: str = "zh-hans") -> str:
    """The measure as the law calls it, whatever the language of the page."""
    return str(Measure(measure).label) if language == "en" else MEASURES[Measure(measure)]


def term_words(months: int) -> str:
    """三年; eighteen months are 18个月."""
    years, rest = divmod(months, 12)
    return f"{DIGITS[years]}年" if not rest and 0 < years <= 10 else f"{months}个月"


def office_name(area: Area) -> str:
    """琼海市嘉积镇人民政府; a county's office is its drug control committee's."""
    names = "".join(unit.name for unit in area.path() if unit.level in {Level.COUNTY, Level.TOWN})
    if area.level != Level.TOWN:
        return f"{names}禁毒委员会办公室"
    if area.name.endswith(STREET):
        return f"{names}办事处"
    return f"{names}人民政府" if area.name.endswith(TOWNSHIPS) else names


def place_words(area: Area | None, address: str) -> str:
    """County, town, village and the address, without saying a name twice."""
    if area is None:
        return address
    units = "".join(unit.name for unit in area.path() if unit.level != Level.PROVINCE)
    return address if address.startswith(units) else units + address
