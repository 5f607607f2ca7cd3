"""What was typed, as it is kept and as it is compared.

One cleaner for forms, the admin and the cells of imports; one folding of names for search,
duplicates and the match of an import.
"""

import re
import unicodedata
from typing import Final

from apps.core.simplified import simplified

# Unicode's format signs that a script needs: Mongolian's separator of vowels.
_NEEDED: Final = frozenset("\u180e")
_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Cheap first look: nearly every text has nothing that must go.
_SUSPECT: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f"
    "\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_JOINER: Final = "\u200d"


# The dot between the parts of a name, as keyboards, fonts and ledgers have it.
_DOTS: Final = "·•・‧∙⋅᛫⸱꞉ᐧ●"
_HAN: Final = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_DOT_BETWEEN: Final = re.compile(rf"\s*[{_DOTS}]\s*|(?<={_HAN})\s*\.\s*(?={_HAN})")
# They choose another drawing of the character before them.
_VARIANTS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Letters that Unicode does not take apart.
_PLAIN_LETTERS: Final = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)


def tidy_name(name: str) -> str:
    """A name as it is kept: full-width letters as ASCII, one kind of dot, single blanks; a Chinese
    name in one.
    """
    text = unicodedata.normalize("NFKC", clean_text(name, lines=False))
    text = " ".join(_DOT_BETWEEN.sub("·", _VARIANTS.sub("", text)).split())
    other_letters = re.search(r"[^\W\d_]", re.sub(_HAN, "", text))
    return text if other_letters else text.replace(" ", "")


def fold_name(name: str) -> str:
    """What is left of a name when it is compared: no case, accents, dots, blanks or variants, and
    traditional characters as those of today.
    """
    text = unicodedata.normalize("NFKD", tidy_name(name).casefold().translate(_PLAIN_LETTERS))
    kept = "".join(s for s in text if unicodedata.category(s)[0] not in "MZP" and s != "·")
    return simplified(kept)


def clean_text(value: str, *, lines: bool = True) -> str:
    """Without signs that nobody sees: controls, directions, marks of width zero; tabs are blanks.

    Every end of a line is one sign, as the browser counts it against the limit of a field.
    `lines=False`: the text is one line.
    """
    if _SUSPECT.search(value):
        value = _LINE_ENDS.sub("\n", value).replace("\t", " ")
        value = "".join(sign for place, sign in enumerate(value) if _stays(value, place, sign))
    return value if lines or "\n" not in value else " ".join(value.split("\n"))


def _stays(text: str, place: int, sign: str) -> bool:
    if sign == _JOINER:
        # One picture made of several; between letters it is invisible.
        return place > 0 and unicodedata.category(text[place - 1]) in {"So", "Sk", "Mn"}
    return sign == "\n" or sign in _NEEDED or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}
