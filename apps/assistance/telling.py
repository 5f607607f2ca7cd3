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
# Words that have a telling one within them, or begin with its end, and tell nothing: first of all
# they are taken out.
_HARMLESS: Final = """
残疾人社区康复 呼吸 吸收 吸引 吸纳 吸取 吸烟 吸氧 吸尘 吸管 吸附 吸水 吸奶 吸痰 雾化吸入
消毒 食物中毒 煤气中毒 一氧化碳中毒 农药中毒 新冠病毒 电脑病毒 病毒性感冒 狂犬病毒
流感病毒 杀毒软件 防毒面具 毒蛇 蛇毒 毒蜂 毒蘑菇 有毒气体 无毒无害
戒指 警戒 戒备 惩戒 戒骄戒躁 戒烟 八戒 戒尺
麻烦 麻袋 麻将 麻雀 麻花 芝麻 亚麻 苎麻 荨麻 麻辣 麻布 麻绳 麻线 麻醉师 麻疹
水果 水费 水平 水稻 水电 水管 水池 水井 水泥 水产 水库 水桶 水灾 水利 水质 水务 水源 水塔 水田
蛋白粉 美白粉 粉丝 粉色 粉红 粉嫩 粉笔 粉刷 粉碎 粉墙 粉条 粉店 粉末
气氛 气色 气味 气温 气候
加强 增强 康乐 康养 片区 溜冰场 溜冰鞋 溜冰馆 网瘾 烟瘾 指日可待 翘首可待 迫不及待
"""
# Told before anything harmless is taken out: 止咳水平时喝 is no 水平.
_WHOLE: Final = re.compile("神仙水|止咳水|开心水(?=平时)|笑气(?![氛色味质场])")
_ABOUT: Final = "涉麻"
_BREATHING: Final = "吸"
# Where one word ends and the next begins, a space says nothing: 开心 水桶, 社区 康复医院.
_OF_TWO_WORDS: Final = """
开心|水 摇头|丸 神仙|水 止咳|水 社区|康复 精神|药品 麻醉|药品 药物|维持 维持|治疗 动态|管控
强制|隔离 毛发|检测 上头|电子烟 药物|滥用 滥用|药物 新精神|活性
"""
# What somebody sets between the parts of a word; an end of a sentence or a line is none.
_MARKS: Final = r".·•・‧_\-‐-―*|/~+='\""
_BETWEEN: Final = rf"[ \t{_MARKS}]*"
_HAN: Final = r"[\u3400-\u9fff]"
_SIGNS: Final = r"\u3400-\u9fff"
_BRACKETS: Final = re.compile(r"[()\[\]/、,;]")


def told_in(text: str) -> str:
    """The first word of the text that tells of drugs; empty where none does."""
    whole = _plain(text)
    if found := _WHOLE.search(whole):
        return found[0]
    plain = _of_harmless().sub("\n", whole)
    for word in ANYWHERE:
        if word in plain or (len(word) > 1 and not word.isascii() and _is_apart(word, plain)):
            return word
    for sign in (_BREATHING, _ABOUT):
        if sign in plain:
            return sign
    return _spelt(plain) or _substance(plain)


@cache
def _of_harmless() -> re.Pattern[str]:
    words = sorted(_HARMLESS.split(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _plain(text: str) -> str:
    """Wide letters are letters, capitals are small, characters are simplified, and what nobody sees
    is not there.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_TRADITIONAL)
    return "".join(one for one in folded if unicodedata.category(one) != "Cf")


def _is_apart(word: str, plain: str) -> bool:
    """Spelt apart; not where somebody's two words stand side by side within longer ones."""
    two = _of_two_words().get(word)
    return any(
        two is None or not two.fullmatch(found[0]) or _stands_alone(found)
        for found in _apart(word).finditer(plain)
    )


@cache
def _of_two_words() -> dict[str, re.Pattern[str]]:
    """Words that are two of their own, with nothing but a space between."""
    parts = (both.split("|") for both in _OF_TWO_WORDS.split())
    return {one + two: re.compile(rf"{one}[ \t]+{two}") for one, two in parts}


def _stands_alone(found: re.Match[str]) -> bool:
    text = found.string
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    return not re.search(_HAN, before + after)


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
    """A word by itself, its letters together, with marks between some of them, or all apart: the
    end of one word and the beginning of the next (we met H. Wang) are none.
    """
    letters = [re.escape(letter) for letter in word]
    marked, apart = f"[{_MARKS}]*".join(letters), rf"[ \t{_MARKS}]+".join(letters)
    return re.compile(rf"(?<![a-z])(?:{marked}|{apart})(?![a-z])")


def _substance(plain: str) -> str:
    """The substances that the office tests for."""
    for name in _of_substances(tuple(_names())):
        found = _of_letters(name).search(plain) if name.isascii() else _is_apart(name, plain)
        if found:
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
