"""A scanner types where the cursor stands: the number of a label is no name and no remark."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from apps.drugtests.numbers import read_number

# What is printed on a seal may look like a number; the service compares it.
SEALS: Final = ("a_seal", "b_seal")


class NoLabels:
    """Of a form: a number that was scanned into a field of words is found and said."""

    def clean(self) -> dict[str, Any]:
        form: Any = self
        data: dict[str, Any] = super().clean() or form.cleaned_data  # type: ignore[misc]
        for name, value in list(data.items()):
            if (
                isinstance(value, str)
                and name.partition("-")[0] not in SEALS
                and read_number(value) is not None
            ):
                form.add_error(name, _("This is the number of a sample. Enter what is asked for."))
        return data
