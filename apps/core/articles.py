"""Articles of the law as each language writes them, from one short form: 禁毒法33、48."""

import re

from apps.core.text import is_chinese

DIGITS = "零一二三四五六七八九"
LAWS = {
    "禁毒法": "Anti-Drug Law",
    "民法典": "Civil Code",
    "戒毒条例": "Drug Rehabilitation Regulation",
    "个人信息保护法": "Personal Information Protection Law",
    "社会救助暂行办法": "Interim Measures for Social Assistance",
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
    hundreds, rest = divmod(int(found[0]), 100)
    tens, ones = divmod(rest, 10)
    words = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += f"{DIGITS[tens] if tens > 1 or hundreds else ''}十"
    elif hundreds and ones:
        words += "零"
    return f"第{words}{DIGITS[ones] if ones else ''}条"


def _english(law: str, given: str) -> str:
    name = LAWS.get(law, law)
    if not given:
        return name
    numbers = given.replace("、", ", ").replace("至", " to ")
    return f"{name}, {'art.' if given.isdecimal() else 'arts.'} {numbers}"
