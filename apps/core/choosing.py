"""A choice that somebody makes: nothing is chosen beforehand.

What stands first in a list would be stored of everybody whose form nobody has read. A line that is
proposed all the same is named with its reason in tests/architecture/chosen.py.
"""

from typing import Any, cast

from django import forms

NOTHING = ("", "—")
_DASHES = "---------"  # Django's own; one form says it everywhere


class Choice(forms.ChoiceField):
    """One of a list; the first entry is empty."""

    def __init__(self, *, choices: Any, **options: Any) -> None:
        super().__init__(choices=[NOTHING, *choices], **options)


class TypedChoice(forms.TypedChoiceField):
    """The same, of another type than text."""

    def __init__(self, *, choices: Any, **options: Any) -> None:
        super().__init__(choices=[NOTHING, *choices], **options)


class OneOf(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the rows of a table; the first entry is empty."""

    def __init__(self, queryset: Any, *, empty_label: Any = NOTHING[1], **options: Any) -> None:
        super().__init__(queryset, empty_label=empty_label, **options)


def with_nothing(field: Any) -> Any:
    """A field that Django made from a column: its empty entry as everywhere; None stays None."""
    if getattr(field, "empty_label", "") == _DASHES:
        field.empty_label = NOTHING[1]
    elif isinstance(field, forms.ChoiceField) and ("", _DASHES) in (
        given := list(cast(Any, field.choices))
    ):
        field.choices = [NOTHING if one == ("", _DASHES) else one for one in given]
    return field
