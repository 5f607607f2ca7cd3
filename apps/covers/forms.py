"""Shapes of the acts on covers; each form knows the service that it fills."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.audit.act_page import ActForm, OnceForm
from apps.core.days import today
from apps.covers import services
from apps.covers.models import Cover
from apps.persons.forms import day_input, workers_in


class BeginForm(OnceForm):
    """There is no target yet."""

    worker = forms.ModelChoiceField(label=_("Who is away"), queryset=User.objects.none())
    cover = forms.ModelChoiceField(label=_("Who covers"), queryset=User.objects.none())
    starts_on = forms.DateField(label=_("From"), widget=day_input(), initial=today)
    until_on = forms.DateField(
        label=_("Until"), widget=day_input(), required=False,
        help_text=_("The last day away. Leave it empty if it is not known yet."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("What to know"), required=False, max_length=400, widget=forms.Textarea,
        help_text=_("Stands on the hand-over page: keys, agreements, who calls when. Not why."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("worker", "cover"):
            self.fields[name].queryset = workers_in(self.user)  # type: ignore[attr-defined]

    def perform(self) -> Cover:
        return services.begin_cover(by=self.user, **self.cleaned_data)


class LastDayForm(ActForm):
    on = forms.DateField(
        label=_("Last day"), widget=day_input(), required=False,
        help_text=_("The day after, the worker is back. Empty: not known yet."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = self.target.until_on or today()

    def perform(self) -> Cover:
        return services.set_last_day(cover=self.target, by=self.user, **self.cleaned_data)


class CallOffForm(ActForm):
    """Asks nothing."""

    def perform(self) -> None:
        services.call_off(cover=self.target, by=self.user)
