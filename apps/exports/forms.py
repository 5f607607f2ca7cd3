"""Forms of what leaves."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.choosing import NOTHING, Choice, OneOf
from apps.core.form_fields import ReasonField
from apps.exports.ledgers import LeavingLedger, ledger_of
from apps.ledgers.ledger import Ledger, ledgers


def open_to(user: User) -> list[Ledger]:
    """The ledgers that an account may take along."""
    return [one for one in ledgers().values() if one.out and user.may(one.out_permission)]


class LedgerOutForm(forms.Form):
    """Which ledger, of which unit, what for; whole only where somebody ticks it."""

    ledger = Choice(label=_("Ledger"), choices=())
    area = OneOf(
        label=_("Unit"),
        queryset=Area.objects.none(),
        required=False,
        help_text=_("Nothing chosen: all of your unit."),
    )
    purpose = ReasonField(
        label=_("What is it for?"),
        max_length=300,
        help_text=_("The reason, your name and the rows are logged and stand in the file."),
    )
    whole = forms.BooleanField(
        label=_("With whole names and numbers"),
        required=False,
        help_text=_(
            "Otherwise names, numbers and addresses leave with stars, and the file cannot be "
            "imported again."
        ),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        choices = [NOTHING, *((one.code, one.title) for one in open_to(user))]
        self.fields["ledger"].choices = choices  # type: ignore[attr-defined]
        units = Area.objects.active().shown()
        if user.area is not None:
            units = units & Area.objects.under(user.area)
        self.fields["area"].queryset = units  # type: ignore[attr-defined]

    def clean_area(self) -> Area:
        found: Area | None = self.cleaned_data["area"] or self.user.area
        if found is None:
            raise ValidationError(_("Say of which unit."))
        return found

    @property
    def chosen(self) -> Ledger:
        return ledgers()[self.cleaned_data["ledger"]]

    def perform(self) -> LeavingLedger:
        return ledger_of(by=self.user, **self.cleaned_data | {"ledger": self.chosen})
