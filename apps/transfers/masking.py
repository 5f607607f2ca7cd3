"""Numbers of a person in a paper that is shown to somebody who does not read the file yet."""

import re
from typing import Any, Final

from apps.core.text import mask_identity, mask_phone

# Card numbers of 18 or 15 places; mobile numbers of 11. Numbers of papers are shorter.
IDENTITY: Final = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)")
PHONE: Final = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8})(?!\d)")


def without_whole_numbers(content: Any) -> Any:
    """The same blocks; numbers as they stand on pages, with stars."""
    match content:
        case str():
            masked = IDENTITY.sub(lambda found: mask_identity(found[0]), content)
            return PHONE.sub(lambda found: mask_phone(found[0]), masked)
        case dict():
            return {name: without_whole_numbers(value) for name, value in content.items()}
        case list():
            return [without_whole_numbers(value) for value in content]
    return content
