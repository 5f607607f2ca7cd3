"""Shapes of the acts on whole files."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.audit.act_page import ActForm
from apps.core.choosing import OneOf
from apps.core.form_fields import ReasonField, TextField
from apps.core.uploads import MAX_BYTES
from apps.handover import services
from apps.handover.copying import copy_for_person
from apps.handover.models import Arrival, Package
from apps.handover.packing import Packed
from apps.handover.services.sending import Sealed
from apps.persons.forms import workers_in


class CopyForm(ActForm):
    """The target is the person."""

    reason = ReasonField(
        label=_("Who asked for it, and when"), max_length=200,
        help_text=_("It stands in the access log, and in the copy."),
    )  # fmt: skip

    def perform(self) -> Packed:
        return copy_for_person(person=self.target, by=self.user, **self.cleaned_data)


class PackForm(ActForm):
    """The target is the transfer."""

    reason = ReasonField(label=_("Why the file goes to the other system"), max_length=200)

    def perform(self) -> Sealed:
        return services.make_package(transfer=self.target, by=self.user, **self.cleaned_data)


class FileForm(ActForm):
    """Takes a file of 10 MB at most."""

    too_large: Any = _("The file is larger than %(mb)d MB. No receipt is: choose the receipt.")

    file = forms.FileField(label=_("File"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(self.too_large, params={"mb": MAX_BYTES >> 20})
        return file


class ReceiveForm(FileForm):
    too_large = _(
        "The file is larger than %(mb)d MB, and this page takes no more. Whoever runs the server "
        "reads it in with: manage.py handover receive FILE --area UNIT --as ACCOUNT. Then it "
        "stands under “Files from other systems”, and is accepted there like any other."
    )

    file = forms.FileField(
        label=_("File"), help_text=_("10 MB at most; whoever runs the server reads in more.")
    )
    phrase = TextField(
        label=_("Phrase"), max_length=60,
        help_text=_("Five groups of four, as the other office told it by telephone."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    area = OneOf(label=_("Unit"), queryset=Area.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Area.objects.active().shown()
        within = Area.objects.under(self.user.area) if self.user.area else units.none()
        self.fields["area"].queryset = units & within  # type: ignore[attr-defined]
        self.fields["area"].initial = self.user.area_id

    def perform(self) -> Arrival:
        said = self.cleaned_data
        return services.receive_package(
            content=said["file"].read(), phrase=said["phrase"], area=said["area"], by=self.user
        )


class ReceiptForm(FileForm):
    def perform(self) -> Package:
        return services.load_receipt(content=self.cleaned_data["file"].read(), by=self.user)


class AcceptForm(ActForm):
    """`known`: somebody of this number has a file here."""

    worker = OneOf(
        label=_("Responsible worker"), queryset=User.objects.none(), required=False,
        empty_label=_("Named later: waits in “Not assigned”"),
    )  # fmt: skip
    same_person = forms.BooleanField(
        label=_("It is the same person; the file here takes what it does not have yet"),
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = workers_in(self.user)  # type: ignore[attr-defined]
        if not known:
            del self.fields["same_person"]

    def perform(self) -> Arrival:
        return services.accept_arrival(arrival=self.target, by=self.user, **self.cleaned_data)


class RejectForm(ActForm):
    reason = ReasonField(label=_("Why the file is refused"), max_length=200)

    def perform(self) -> Arrival:
        return services.reject_arrival(arrival=self.target, by=self.user, **self.cleaned_data)
