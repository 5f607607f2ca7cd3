"""What tells who somebody is, in words that are shown or leave: numbers and names with stars."""

import re
from collections.abc import Collection
from typing import Any, Final

from apps.core.text import mask_identity, mask_name, mask_phone

# Card numbers of 18 or 15 places; mobile numbers of 11. Numbers of papers are shorter.
IDENTITY: Final = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)")
PHONE: Final = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8})(?!\d)")
# Passports and permits begin with letters: E12345678, H1234567890, a foreigner's USA110000010101.
DOCUMENT: Final = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{1,3}\d{6,15}(?![0-9A-Za-z])")


def without_whole_numbers(content: Any, number: str = "") -> Any:
    """The same blocks; numbers as they stand on pages, with stars.

    `number`: the person's own as the file has it, of whatever form (a permit of digits alone).
    """
    match content:
        case str():
            if number:
                content = content.replace(number, mask_identity(number))
            for numbers in (IDENTITY, DOCUMENT):
                content = numbers.sub(lambda found: mask_identity(found[0]), content)
            return PHONE.sub(lambda found: mask_phone(found[0]), content)
        case dict():
            return {name: without_whole_numbers(value, number) for name, value in content.items()}
        case list():
            return [without_whole_numbers(value, number) for value in content]
    return content


def without_names(words: str, names: Collection[str]) -> str:
    """The words with stars for these names and for every number that names somebody."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        words = words.replace(name, mask_name(name))
    told: str = without_whole_numbers(words)
    return told
