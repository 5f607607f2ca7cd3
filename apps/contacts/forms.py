"""Parts of forms that every recorded contact shares."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.form_fields import ReasonField


class CorrectionFields(forms.Form):
    """A correction names its reason, and the version that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = ReasonField(label=_("Why it is corrected"), max_length=200)

    def changes(self) -> dict[str, Any]:
        """Only what was changed."""
        return {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name not in ("version", "why")
        }


class WithdrawalForm(forms.Form):
    reason = ReasonField(label=_("Why it is withdrawn"), max_length=200)
