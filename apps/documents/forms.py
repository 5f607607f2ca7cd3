"""Forms of documents; the questions of a paper come from its declaration."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.areas.models import Area
from apps.cases.codes import Measure
from apps.core.choosing import Choice, OneOf
from apps.core.days import FIRST_DAY, today
from apps.core.fields import uuid7
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.documents.codes import PICTURES, AttachmentKind
from apps.documents.declaring import Ask, Declaration
from apps.documents.models import IssuedDocument
from apps.documents.subject import Answers, Facts

LINE, TEXT = 200, 1500
PICTURE_NAMES = ",".join(f".{name}" for name in PICTURES)


class PaperForm(forms.Form):
    """What the file does not know; facts on file stand in the fields beforehand."""

    client_uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def __init__(self, *args: Any, declared: Declaration, facts: Facts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declared = declared
        for ask in declared.asks:
            self.fields[ask.name] = _field(ask, facts)

    def answers(self) -> Answers:
        """The valid answers; those of a form that was not sent yet are its initial values."""
        if self.is_bound:
            return {name: self.cleaned_data.get(name) for name in self._asked}
        return {name: self.get_initial_for_field(self.fields[name], name) for name in self._asked}

    @property
    def _asked(self) -> list[str]:
        return [ask.name for ask in self.declared.asks]

    @property
    def client_id(self) -> UUID:
        found: UUID = self.cleaned_data["client_uuid"]
        return found


def _field(ask: Ask, facts: Facts) -> forms.Field:
    options: dict[str, Any] = {"label": ask.label, "required": ask.required, "help_text": ask.hint}
    if ask.kind == "day":
        known = facts.get(ask.initial, "")
        return DayField(initial=date.fromisoformat(known) if known else None, **options)
    options["initial"] = facts.get(ask.initial, "") or ask.text
    if ask.kind == "words":
        return TextField(widget=forms.Textarea(attrs={"rows": 3}), max_length=TEXT, **options)
    return TextField(max_length=LINE, **options)


class ReasonForm(forms.Form):
    reason = ReasonField(label=_("Reason"), max_length=200)


class ScanForm(forms.Form):
    client_uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    file = forms.FileField(
        label=_("Scanned file"),
        help_text=_("PDF, photo (JPEG, PNG, HEIC) or DOCX, 10 MB at most."),
        widget=forms.ClearableFileInput(attrs={"accept": f".pdf,.docx,{PICTURE_NAMES}"}),
    )
    kind = Choice(label=_("Kind"), choices=AttachmentKind.choices)
    description = TextField(
        label=_("Description"),
        max_length=120,
        help_text=_("What it is. No findings on HIV or mental health: they do not belong here."),
    )
    dated_on = DayField(
        label=_("Date on the paper"), required=False, earliest=FIRST_DAY, latest=today
    )
    document = OneOf(
        label=_("Scan of the issued paper"),
        queryset=IssuedDocument.objects.none(),
        required=False,
        to_field_name="public_id",
    )

    def __init__(self, *args: Any, papers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = papers  # type: ignore[attr-defined]


class TemplateForm(forms.Form):
    file = forms.FileField(
        label=_("DOCX file"), widget=forms.ClearableFileInput(attrs={"accept": ".docx"})
    )
    area = OneOf(label=_("Office"), queryset=Area.objects.none())
    measure = forms.ChoiceField(
        label=_("Measure"), required=False, choices=[("", _("Both")), *Measure.choices]
    )
    effective_from = DayField(label=_("In effect from"), initial=today)
    note = TextField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = Area.objects.under(area).active().shown().filter(level__in=["county", "town"])
        self.fields["area"].queryset = offices  # type: ignore[attr-defined]
        self.fields["area"].initial = area.pk
