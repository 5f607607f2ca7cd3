"""Which words would tell another office of drugs: no letter, form or export of help has them."""

import re
from functools import cache
from typing import Final

from apps.drugtests.models import Analyte

WORDS: Final = (
    "毒", "戒", "社康", "吸食", "吸贩", "瘾", "冰妹", "归途", "drug", "rehab", "detox", "addict",
    "homeward", "methadone", "美沙酮",
)  # fmt: skip
# Alone it stands in 呼吸 and 吸收, which a hospital may be told.
_BREATHING: Final = re.compile(r"(?<!呼)吸(?![收引纳])")


@cache
def _of_substances(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names, without what stands in brackets."""
    plain = (re.sub(r"[（(].*?[)）]", "", name).strip().casefold() for name in names)
    return tuple(sorted({name for name in plain if len(name) > 1}))


def told_in(text: str) -> str:
    """The first word of the text that tells of drugs; empty where none does."""
    lower = text.casefold()
    for word in WORDS:
        if word in lower:
            return word
    if _BREATHING.search(lower):
        return "吸"
    for name in _of_substances(tuple(_names())):
        if re.search(rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name), lower):
            return name
    return ""


def _names() -> list[str]:
    rows = Analyte.objects.order_by("pk").values_list("name_zh", "name_en")
    return [name for row in rows for name in row]
