"""A choice that somebody makes: nothing is chosen beforehand.

What stands first in a list would be stored of everybody whose form nobody has read. A line that is
proposed all the same is named with its reason in tests/architecture/test_nothing_is_guessed.py.
"""

from typing import Any

from django import forms

NOTHING = ("", "—")


class Choice(forms.ChoiceField):
    """One of a list; the first entry is empty."""

    def __init__(self, *, choices: Any, **options: Any) -> None:
        super().__init__(choices=[NOTHING, *choices], **options)


class TypedChoice(forms.TypedChoiceField):
    """The same, of another type than text."""

    def __init__(self, *, choices: Any, **options: Any) -> None:
        super().__init__(choices=[NOTHING, *choices], **options)
