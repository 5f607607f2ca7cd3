"""A value in words, for lists with hundreds of them."""

from functools import cache
from typing import Any

from django.db.models import Field
from django.utils.encoding import force_str


class Labelled:
    """`get_…_display()` as Django has it. Its own makes a table of all labels anew for each value
    and translates every one of them to hash it: 30 µs, six times a row of a list.
    """

    def _get_FIELD_display(self, field: "Field[Any, Any]") -> Any:  # noqa: N802 - Django calls it so
        value = getattr(self, field.attname)
        return force_str(_labels(field).get(value, value), strings_only=True)


@cache
def _labels(field: "Field[Any, Any]") -> dict[Any, Any]:
    return dict(field.flatchoices)
