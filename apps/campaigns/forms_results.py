"""Shape of telling many results at once: when, how and by whom for all, and a tick a person."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.audit.act_page import ActForm
from apps.campaigns.label_guard import NoLabels
from apps.campaigns.services.results import Told, tell_results
from apps.core.choosing import Choice
from apps.core.days import SHANGHAI
from apps.core.form_fields import MomentField, TextField
from apps.drugtests.chain import ToldHow


class Ticked(forms.MultipleChoiceField):
    """Tests by their number. Who is no longer of the list is left out by the service."""

    def valid_value(self, value: str) -> bool:
        try:
            return bool(UUID(value))
        except ValueError:
            return False


class ResultsForm(NoLabels, ActForm):
    """`target` is the campaign. Nobody is ticked beforehand."""

    at = MomentField(label=_("Time"), help_text=_("When it was done, not when it is entered."))
    how = Choice(label=_("How it was told"), choices=ToldHow.choices)
    by_name = TextField(label=_("By whom"), max_length=60)
    told = Ticked(
        label=_("Who was told"), error_messages={"required": _("Tick who was told.")}
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        now = timezone.now().astimezone(SHANGHAI)
        super().__init__(*args, user=user, initial={"at": now, "by_name": user.name}, **kwargs)

    @property
    def plain_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name != "told"]

    @property
    def ticked(self) -> list[str]:
        """What was posted, to stay ticked where the page comes back."""
        return list(self["told"].value() or []) if self.is_bound else []

    def perform(self) -> Told:
        facts = dict(self.cleaned_data)
        tests = [UUID(value) for value in facts.pop("told")]
        return tell_results(campaign=self.target, by=self.user, tests=tests, **facts)
