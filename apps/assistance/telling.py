"""Which words would tell another office of drugs: no letter, form or export of help has them."""

import re
import unicodedata
from functools import cache
from typing import Final

from apps.drugtests.models import Analyte

# In Chinese a word stands anywhere in the text.
_WORDS: Final = """
毒 戒 社康 吸食 吸贩 瘾 冰妹 归途 社区康复 尿检 毛发检测 强隔 强制隔离 药物滥用 滥用药物 药物维持
动态管控 溜冰 维持治疗 麻醉药品 精神药品
"""
# Categories of domain.md 7.1, and how people call them.
_DRUGS: Final = """
海洛因 白粉 鸦片 吗啡 冰毒 苯丙胺 麻古 麻果 氯胺酮 k粉 摇头丸 大麻 可卡因 卡西酮 依托咪酯 神仙水
开心水 可待因 曲马多 美沙酮 丁丙诺啡 笑气 上头电子烟 麻精药品 新精神活性 止咳水
阿片 芬太尼 杜冷丁 哌替啶 纳曲酮 纳洛酮
"""
# In Latin letters also within a longer word, and spelt out: d-r-u-g.
_LATIN: Final = """
drug rehab detox addict homeward methadone opioid opiate narcotic naltrexone naloxone suboxone
buprenorphine fentanyl
"""
# These only as words of their own: "method" is no "meth".
_LATIN_DRUGS: Final = """
heroin opium morphine ketamine cocaine cannabis marijuana codeine etomidate tramadol meth mdma ghb
methamphetamine amphetamine cathinone pethidine subutex
"""
# Characters of these words as they are written in Hong Kong, Macao and Taiwan.
_TRADITIONAL: Final = str.maketrans(
    "嗎鴉搖頭馬諾氣電煙藥癮濫維離強檢髮測歸區復動態開託類販納療醉劑隱",
    "吗鸦摇头马诺气电烟药瘾滥维离强检发测归区复动态开托类贩纳疗醉剂隐",
)
ANYWHERE: Final = tuple(f"{_WORDS} {_DRUGS} {_LATIN}".split())
SPELT: Final = tuple(f"{_LATIN} {_LATIN_DRUGS}".split())
# Alone it stands in 呼吸 and 吸收, which a hospital may be told.
# 不干涉麻将馆 is an innocent sentence.
_ABOUT: Final = re.compile(r"涉麻(?![将烦])")
_BREATHING: Final = re.compile(r"(?<!呼)吸(?![收引纳烟])")
# What somebody sets between the parts of a word; an end of a sentence or a line is none.
_BETWEEN: Final = r"[ \t.·•・‧_\-‐-―*|/~+='\"]*"
_HAN: Final = r"[\u3400-\u9fff]"
_SIGNS: Final = r"\u3400-\u9fff"
_BRACKETS: Final = re.compile(r"[()\[\]/、,;]")


def told_in(text: str) -> str:
    """The first word of the text that tells of drugs; empty where none does."""
    plain = _plain(text)
    for word in ANYWHERE:
        if word in plain or (len(word) > 1 and not word.isascii() and _apart(word).search(plain)):
            return word
    if _BREATHING.search(plain):
        return "吸"
    if _ABOUT.search(plain):
        return "涉麻"
    return _spelt(plain) or _substance(plain)


def _plain(text: str) -> str:
    """Wide letters are letters, capitals are small, characters are simplified, and what nobody sees
    is not there.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_TRADITIONAL)
    return "".join(one for one in folded if unicodedata.category(one) != "Cf")


def _spelt(plain: str) -> str:
    for word in SPELT:
        if _of_letters(word).search(plain):
            return word
    return ""


@cache
def _apart(word: str) -> re.Pattern[str]:
    """A word of characters with spaces or dots between them. Two characters with nothing but a
    space between may end one word and begin the next (微笑 气色): they stand alone.
    """
    dotted = _BETWEEN.join(re.escape(one) for one in word)
    if len(word) > 2 or any(one.isascii() for one in word):
        return re.compile(dotted)
    first, second = map(re.escape, word)
    alone = rf"(?<!{_HAN}){first}[ \t]+{second}(?!{_HAN})"
    return re.compile(rf"{first}(?=[^ \t{_SIGNS}]){_BETWEEN}{second}|{alone}")


@cache
def _of_letters(word: str) -> re.Pattern[str]:
    """A word by itself, its letters together or apart."""
    letters = _BETWEEN.join(re.escape(letter) for letter in word)
    return re.compile(rf"(?<![a-z]){letters}(?![a-z])")


def _substance(plain: str) -> str:
    """The substances that the office tests for."""
    for name in _of_substances(tuple(_names())):
        pattern = _of_letters(name) if name.isascii() else _apart(name)
        if pattern.search(plain):
            return name
    return ""


@cache
def _of_substances(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names, those in brackets by themselves."""
    parts = (part.strip() for name in names for part in _BRACKETS.split(_plain(name)))
    return tuple(sorted({part for part in parts if len(part) > 1}))


def _names() -> list[str]:
    rows = Analyte.objects.order_by("pk").values_list("name_zh", "name_en")
    return [name for row in rows for name in row]
