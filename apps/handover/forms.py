"""Shapes of the acts on whole files."""

from django.utils.translation import gettext_lazy as _

from apps.audit.act_page import ActForm
from apps.core.form_fields import ReasonField
from apps.handover.copying import copy_for_person
from apps.handover.packing import Packed


class CopyForm(ActForm):
    """The target is the person."""

    reason = ReasonField(
        label=_("Who asked for it, and when"), max_length=200,
        help_text=_("It stands in the access log, and in the copy."),
    )  # fmt: skip

    def perform(self) -> Packed:
        return copy_for_person(person=self.target, by=self.user, **self.cleaned_data)
