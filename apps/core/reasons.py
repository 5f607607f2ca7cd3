"""How much has to be said where a reason is asked: one rule for every door."""

from typing import Final

# 约谈, 外出: two characters are a whole reason in Chinese; a single one is a slip of the finger.
FEWEST: Final = 2


def is_reason(text: str) -> bool:
    """Whether something was said, blanks apart."""
    return len(text.strip()) >= FEWEST
