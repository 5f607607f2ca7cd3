"""How an office's paper writes days, terms and names of offices; papers are Chinese."""

import re
from datetime import date

from apps.areas.models import Area, Level
from apps.cases.codes import Measure
from apps.core.text import MONTHS, is_chinese

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


LAWS = {
    "禁毒法": "Anti-Drug Law",
    "戒毒条例": "Drug Rehabilitation Regulation",
    "个人信息保护法": "Personal Information Protection Law",
    "一人一档": "One person, one file",
}


def basis_words(articles: str) -> str:
    """禁毒法33、48 → 《禁毒法》第三十三条、第四十八条, or Anti-Drug Law, arts. 33, 48."""
    chinese = is_chinese()
    between, referring = ("；", "，参照") if chinese else ("; ", ", with ")
    write = _chinese if chinese else _english
    return between.join(
        referring.join(write(*found.groups(default="")) for found in _laws_in(part))
        for part in articles.split("；")
    )


def _laws_in(part: str) -> list[re.Match[str]]:
    """禁毒法48，参照戒毒条例22: a law that refers to another one."""
    found = [re.fullmatch(r"(\D+?)(\d.*)?", law) for law in part.split("，参照")]
    return [law for law in found if law]


def _chinese(law: str, given: str) -> str:
    """As the law writes its own articles."""
    return f"《{law}》{re.sub(r'[0-9]+', _article, given)}" if given else law


def _article(found: re.Match[str]) -> str:
    tens, ones = divmod(int(found[0]), 10)
    before = DIGITS[tens] if tens > 1 else ""
    return f"第{before}{'十' if tens else ''}{DIGITS[ones] if ones else ''}条"


def _english(law: str, given: str) -> str:
    name = LAWS.get(law, law)
    if not given:
        return name
    numbers = given.replace("、", ", ").replace("至", " to ")
    return f"{name}, {'art.' if given.isdecimal() else 'arts.'} {numbers}"


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
