"""Pinyin of names, with the readings that characters have as surnames."""

import re
from typing import Final, NamedTuple

from apps.core.pinyin import lazy_pinyin
from apps.core.simplified import simplified
from apps.core.typed import fold_name, tidy_name

# Characters that are read differently when they are a surname.
SURNAMES: Final = {
    "单": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "盖": "ge",
    "朴": "piao",
    "区": "ou",
    "任": "ren",
    "华": "hua",
    "召": "shao",
    "折": "she",
    "乐": "yue",
    "黑": "he",
    "秘": "bi",
    "冼": "xian",
    "洗": "xian",
    "翟": "zhai",
    "缪": "miao",
    "宓": "mi",
    "逄": "pang",
    "员": "yun",
    "种": "chong",
    "覃": "qin",
    "那": "na",
    "能": "nai",
    "繁": "po",
    "晁": "chao",
    "车": "che",
    "重": "chong",
    "都": "du",
    "郇": "xun",
    "哈": "ha",
    "纪": "ji",
    "隗": "wei",
    "宁": "ning",
    "曲": "qu",
    "瞿": "qu",
    "石": "shi",
    "谌": "chen",
    "盛": "sheng",
    "应": "ying",
    "祭": "zhai",
    "訾": "zi",
    "卜": "bu",
    "占": "zhan",
    "长": "chang",
    "尉": "wei",
    "万": "wan",
    "贾": "jia",
    "俞": "yu",
    "於": "yu",
    "藏": "zang",
    "沈": "shen",
    "柏": "bai",
    "葛": "ge",
    "叶": "ye",
    "撒": "sa",
}
COMPOUND: Final = {
    "万俟": ("mo", "qi"),
    "尉迟": ("yu", "chi"),
    "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"),
    "令狐": ("ling", "hu"),
    "单于": ("chan", "yu"),
    "欧阳": ("ou", "yang"),
    "司马": ("si", "ma"),
    "上官": ("shang", "guan"),
    "诸葛": ("zhu", "ge"),
    "皇甫": ("huang", "fu"),
    "慕容": ("mu", "rong"),
}
_LETTERS = re.compile(r"[^a-z]")
# ü is typed as u or v; passports write a surname with it as yu.
_UMLAUT = re.compile(r"(?<=^[ln])yu|v")


class NameReading(NamedTuple):
    """How a name is found and sorted."""

    pinyin: str
    initials: str
    sort_key: str


tidy = tidy_name


def same(one: str, other: str) -> bool:
    """The same name, however the two were typed."""
    return fold_name(one) == fold_name(other)


def letters(words: str) -> str:
    """Latin letters as `read` folds them: lü, lv, lu and lyu are one; "" where others are among
    the words.
    """
    folded = fold_name(words)
    return _plain(folded) if folded.isascii() and folded.isalpha() else ""


def sounds(name: str) -> str:
    """The syllables with ü apart from u: 吕 sounds otherwise than 卢."""
    return "".join(_syllables(tidy(name)))


def read(name: str) -> NameReading:
    """陈海生 → chenhaisheng, chs, and a key that sorts by surname and syllables and then by
    characters, a traditional one beside that of today.
    """
    syllables = _syllables(name)
    surname = 2 if _is_compound(name) else 1
    spoken = ["".join(syllables[:surname]), *syllables[surname:]]
    return NameReading(
        _plain("".join(syllables))[:200],
        _plain("".join(s[0] for s in syllables))[:60],
        f"{' '.join(spoken)[:200]}  {simplified(name)}"[:280],
    )


def _syllables(name: str) -> list[str]:
    surname, rest = _surname(name)
    raw = [*surname, *lazy_pinyin(rest)] if rest else surname
    found = (_LETTERS.sub("", fold_name(part)) for chunk in raw for part in chunk.split())
    return [part for part in found if part]


def _plain(text: str) -> str:
    return _UMLAUT.sub("u", text)


def _is_compound(name: str) -> bool:
    return len(name) > 2 and simplified(name[:2]) in COMPOUND


def _surname(name: str) -> tuple[list[str], str]:
    if _is_compound(name):
        return list(COMPOUND[simplified(name[:2])]), name[2:]
    first = simplified(name[:1])
    if first in SURNAMES:
        return [SURNAMES[first]], name[1:]
    return [], name
