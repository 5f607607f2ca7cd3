"""How long assessments speak, as a form; the service refuses what no rule may be."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.areas.fields import AreaField
from apps.areas.models import Area
from apps.assessments.models import ValidityRule
from apps.cases.codes import Measure, RiskLevel
from apps.cases.rules import LEVEL_MONTHS
from apps.core.choosing import Choice
from apps.core.days import today
from apps.core.form_fields import DayField, TextField

ALL = ("", _("All"))


class ValidityForm(forms.Form):
    risk_level = Choice(label=_("Risk level"), choices=RiskLevel.choices)
    area = AreaField(
        label=_("Area"), required=False, help_text=_("Left empty: every unit without its own rule.")
    )
    measure = forms.ChoiceField(label=_("Measure"), choices=[ALL, *Measure.choices], required=False)
    year_of_term = forms.TypedChoiceField(
        label=_("Year of the term"), choices=[ALL, (1, "1"), (2, "2"), (3, "3")], required=False,
        coerce=int, empty_value=None,
    )  # fmt: skip
    months = forms.IntegerField(
        label=pgettext_lazy("how many", "Months"), min_value=1, max_value=24
    )
    effective_from = DayField(
        label=_("From"), help_text=_("The rule before it for the same ends on the day before.")
    )
    basis = TextField(label=_("Basis"), max_length=200, help_text=_("The paper that sets it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        province: Area | None = None
        self.fields["area"].bind(province)  # type: ignore[attr-defined]

    @classmethod
    def like(cls, rule: ValidityRule | None, risk_level: str = "") -> dict[str, Any]:
        """A successor of the rule, or of what holds where nobody set one, from tomorrow on."""
        tomorrow = {"effective_from": today() + timedelta(days=1)}
        if rule is None:
            chosen = RiskLevel(risk_level) if risk_level in RiskLevel.values else RiskLevel.HIGH
            return {"risk_level": chosen.value, "months": LEVEL_MONTHS[chosen]} | tomorrow
        names = ("risk_level", "area", "measure", "year_of_term", "months")
        return {name: getattr(rule, name) for name in names} | tomorrow

    def proposed(self) -> ValidityRule:
        """The rule, not saved."""
        return ValidityRule(**self.cleaned_data)
