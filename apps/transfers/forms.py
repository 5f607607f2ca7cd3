"""Shapes of the acts on transfers; each form knows the service that it fills."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.fields import AreaField
from apps.audit.act_page import ActForm, OnceForm
from apps.core.choosing import OneOf
from apps.core.days import today
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.persons.forms import workers_in
from apps.transfers import services
from apps.transfers.models import Transfer


def day_field(label: Any) -> DayField:
    return DayField(label=label, latest=today, initial=today)


class AskForm(OnceForm):
    """The target is the order."""

    area = AreaField(
        label=_("To which unit"),
        help_text=_("Town or village, of this or another county; a name or a code."),
    )
    on = day_field(_("Asked for on"))
    reason = ReasonField(label=_("Why the person asks for it"), max_length=200)
    new_residence = TextField(label=_("New residence"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].bind(None, self.target.county)  # type: ignore[attr-defined]

    def perform(self) -> Transfer:
        return services.ask_transfer(case=self.target, by=self.user, **self.cleaned_data)


class HandOverForm(ActForm):
    def perform(self) -> Transfer:
        return services.hand_over(transfer=self.target, by=self.user)


class CancelForm(ActForm):
    reason = ReasonField(label=_("Why it is taken back"), max_length=200)

    def perform(self) -> Transfer:
        return services.cancel_transfer(transfer=self.target, by=self.user, **self.cleaned_data)


class AcceptForm(ActForm):
    worker = OneOf(
        label=_("Responsible worker"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Named later: waits in “Not assigned”"),
    )
    reason = TextField(label=_("Note"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = workers_in(self.user)  # type: ignore[attr-defined]

    def perform(self) -> Transfer:
        return services.accept_transfer(transfer=self.target, by=self.user, **self.cleaned_data)


class ArrivalForm(ActForm):
    on = day_field(_("Reported at the new place on"))
    residence_address = TextField(
        label=_("Address of residence"),
        required=False,
        max_length=200,
        help_text=_("As given for the transfer. Ask the person; it is stored in the file."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = self.target.new_residence or self.target.person.residence_address
        self.fields["residence_address"].initial = told

    def perform(self) -> Transfer:
        return services.record_arrival(transfer=self.target, by=self.user, **self.cleaned_data)


class NewAgreementForm(ActForm):
    on = day_field(_("New agreement signed on"))

    def perform(self) -> Transfer:
        return services.sign_new_agreement(transfer=self.target, by=self.user, **self.cleaned_data)
