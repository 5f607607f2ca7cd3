"""Fields of a person's file."""

from typing import Any

from django import forms
from django.forms import fields_for_model
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from apps.areas.fields import AreaField
from apps.core.choosing import NOTHING
from apps.core.days import FIRST_DAY, today
from apps.core.form_fields import DayField, TextField, typed_field
from apps.persons.models import Person


def file_fields(facts: list[str]) -> dict[str, Any]:
    """The fields of the model, as the forms of a file show them."""
    fields = fields_for_model(
        Person,
        fields=facts,
        widgets={"registration_address": forms.TextInput(), "residence_address": forms.TextInput()},
        field_classes={},
        formfield_callback=typed_field,
    )
    fields["born_on"] = DayField(
        label=fields["born_on"].label,  # type: ignore[union-attr]
        required=False,
        earliest=FIRST_DAY,
        latest=today,
    )
    for name in ("residence_area", "registration_area"):
        label = fields[name].label  # type: ignore[union-attr]
        fields[name] = AreaField(label=label, required=False)
    fields["document_number"] = TextField(
        label=gettext_lazy("Document number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    fields["phone"] = TextField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    named: dict[str, Any] = fields
    for field in named.values():
        field.label = capfirst(field.label)
        choices = list(getattr(field, "choices", ()))
        if field is named["document_kind"]:
            field.initial, field.choices = None, [NOTHING, *choices]
        elif choices and choices[0][0] == "":
            field.choices = [("", gettext_lazy("Not known")), *choices[1:]]
    return {name: fields[name] for name in facts}
