"""How much has to be said where a reason is asked: one rule for every door."""

from typing import Final

from django.utils.translation import gettext_lazy as _

# 约谈, 外出: two characters are a whole reason in Chinese; a single one is a slip of the finger.
FEWEST: Final = 2
RULE: Final = _("Say it in words: one character repeated, or marks alone, are no reason.")


def is_reason(text: str) -> bool:
    """Whether something was said: two different letters, digits or characters. 无无 and 。。 say
    nothing."""
    return len({sign for sign in text.casefold() if sign.isalnum()}) >= FEWEST
