"""What each column of a file is."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.audit.act_page import ActForm
from apps.core.choosing import Choice
from apps.core.text import MASKS, mask_identity
from apps.imports.matching import Layout, SeenColumn
from apps.imports.models import LedgerImport
from apps.imports.services.receiving import match_columns

# Said in words by somebody: an empty choice says nothing.
LEFT_OUT: Final = "-"
# Digits of a telephone number; longer ones are of documents and cards.
LONG: Final = 11
LOOKS: Final = {
    "day": _("looks like days"), "number": _("looks like numbers"), "text": _("looks like words"),
    "serial": _("numbers of the lines"), "empty": _("empty"),
}  # fmt: skip


class ColumnsForm(ActForm):
    """One choice a column; sheet and line of the header."""

    target: LedgerImport

    def __init__(self, *args: Any, layout: Layout, **options: Any) -> None:
        super().__init__(*args, **options)
        self.layout = layout
        self.fields["sheet"] = forms.ChoiceField(
            label=_("Sheet"), choices=[(name, name) for name in layout.sheets],
            initial=layout.sheet,
        )  # fmt: skip
        self.fields["header"] = forms.IntegerField(
            label=_("Line that names the columns"), min_value=1, max_value=30,
            initial=layout.header,
        )  # fmt: skip
        for column in layout.columns:
            self.fields[f"column_{column.position}"] = self._choice(column)

    def _choice(self, column: SeenColumn) -> forms.Field:
        words = [(one.field, one.synonyms[0]) for one in self.target.declared.columns]
        said = column.read_as or (LEFT_OUT if column.left_out else column.proposed)
        return Choice(
            label=column.title or _("Column without words"), required=column.waits,
            choices=[(LEFT_OUT, _("Leave this column out")), *words], initial=said,
        )  # fmt: skip

    @property
    def columns(self) -> list[tuple[SeenColumn, Any, Any, list[str]]]:
        """Each column, its choice, what it looks like in words, and some of its cells: numbers of
        persons as stars, as everywhere.
        """
        return [
            (column, self[f"column_{column.position}"], LOOKS[column.looks],
             [_masked(column, sample) for sample in column.samples])
            for column in self.layout.columns
        ]  # fmt: skip

    @property
    def missing(self) -> list[str]:
        """The usual words of what this ledger needs and no column was read as."""
        names = set(self.layout.missing)
        return [one.synonyms[0] for one in self.target.declared.columns if one.field in names]

    def perform(self) -> LedgerImport:
        said = {
            column.word: self.cleaned_data[f"column_{column.position}"]
            for column in self.layout.columns
            if column.word
        }
        matches = {word: "" if name == LEFT_OUT else name for word, name in said.items() if name}
        return match_columns(
            ledger_import=self.target, by=self.user, matches=matches,
            sheet=self.cleaned_data["sheet"], header=self.cleaned_data["header"],
        )  # fmt: skip


def _masked(column: SeenColumn, sample: str) -> str:
    """So long a number is somebody's, whatever the column is called."""
    digits = sum(sign.isdigit() for sign in sample)
    if mask := MASKS.get(column.read_as):
        return mask(sample)
    return mask_identity(sample) if digits >= LONG else sample
