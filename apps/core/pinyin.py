"""Pinyin on demand: its tables take half a second to load, and few processes need them."""


def lazy_pinyin(text: str, *, first_letters: bool = False) -> list[str]:
    """The syllables of a text, or their first letters; other signs stay as they are."""
    from pypinyin import Style, lazy_pinyin as spoken

    style = Style.FIRST_LETTER if first_letters else Style.NORMAL
    said: list[str] = spoken(text, style=style)
    return said
