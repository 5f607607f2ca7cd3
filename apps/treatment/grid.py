"""The grid of a clinic's month: a head that holds for all rows, and one row a person treated."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.choosing import Choice
from apps.core.fields import uuid7
from apps.core.refusals import conflict_of, shown_in
from apps.treatment.codes import Source
from apps.treatment.forms import days_field
from apps.treatment.models import Attendance, Treatment
from apps.treatment.services import record_attendance

TOUCHED = ("attended", "expected")


class MonthHead(forms.Form):
    """Set once: how the office knows, and on how many days persons were to come."""

    sometimes = ("days",)

    source = Choice(label=_("Source"), choices=Source.choices)
    days = days_field(
        _("Days expected, for all rows"), 1, required=False,
        help_text=_("Stands for every row that has none of its own."),
    )  # fmt: skip


class MonthRow(forms.Form):
    """One person. An untouched row is left alone: not reported is unknown, and never 0."""

    client_uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    attended = days_field(_("Days attended"))
    expected = days_field(_("Days expected"), 1, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attended"].required = self.is_touched

    @property
    def is_touched(self) -> bool:
        return any(self.data.get(self.add_prefix(name), "").strip() for name in TOUCHED)


class GridRow:
    """A treatment with the form of its month, or with what is stored."""

    def __init__(
        self, treatment: Treatment, month: date, stored: Attendance | None, data: Any = None
    ) -> None:
        self.treatment, self.month, self.stored = treatment, month, stored
        self.form = MonthRow(data, prefix=f"r{treatment.pk}")
        if data is not None and not self.form.is_touched:
            self.form = MonthRow(prefix=f"r{treatment.pk}")
        self.is_new = False

    @property
    def person(self) -> Any:
        return self.treatment.person

    @property
    def is_wrong(self) -> bool:
        return self.form.is_bound and bool(self.form.errors)

    @property
    def is_conflict(self) -> bool:
        return conflict_of(self.form) is not None

    @property
    def is_done(self) -> bool:
        """The month is on record, and nobody has typed other numbers."""
        return self.stored is not None and not self.is_wrong

    @property
    def wrong_words(self) -> list[str]:
        """What is wrong, each with the name of its field; a conflict with both versions."""
        if found := conflict_of(self.form):
            return [str(found)]
        lines = []
        for name, errors in self.form.errors.items():
            label = f"{self.form.fields[name].label}: " if name in self.form.fields else ""
            lines += [f"{label}{error}" for error in errors]
        return lines

    def save(self, by: Any, head: MonthHead) -> None:
        """Whatever comes of it comes of this row alone."""
        if not (self.form.is_bound and self.form.is_valid()):
            return
        facts = dict(self.form.cleaned_data)
        facts["expected"] = facts["expected"] or head.cleaned_data["days"]
        if facts["expected"] is None:
            self.form.add_error("expected", _("Say on how many days the person was to come."))
            return
        with shown_in(self.form):
            self.stored = record_attendance(
                treatment=self.treatment, by=by, month=self.month,
                source=head.cleaned_data["source"], **facts,
            )  # fmt: skip
            self.is_new = self.stored.client_uuid == facts["client_uuid"]
