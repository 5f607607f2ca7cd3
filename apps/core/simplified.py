"""Traditional characters as they are written today, to compare names: never to change a text.

On demand, as pinyin is: the table is read when the first Chinese name is compared.
"""

from functools import cache
from typing import Any, Final

# Written today as well, with another sound or as a surname: 李乾 is not 李干.
_OF_TODAY: Final = frozenset("乾於徵藉瞭夥覆麽")
_FIRST_HAN: Final = "\u3400"


def simplified(text: str) -> str:
    """Sign by sign, so that a part of a name folds as it does in the whole: 陳春惠 → 陈春惠."""
    return "".join(_simple(sign) if sign >= _FIRST_HAN else sign for sign in text)


@cache
def _simple(sign: str) -> str:
    if sign in _OF_TODAY:
        return sign
    found: str = _table().convert(sign)
    return found if len(found) == 1 else sign


@cache
def _table() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
