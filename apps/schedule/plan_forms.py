"""A rule of a plan as a form; the service refuses what no rule may be."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.areas.fields import AreaField
from apps.areas.models import Area
from apps.audit.act_page import ActForm
from apps.cases.codes import Measure, RiskLevel
from apps.core.choosing import Choice
from apps.core.days import today
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.schedule.duties import duty_choices
from apps.schedule.models import Half, PlanRule, RhythmUnit
from apps.schedule.plan_removal import remove_plan
from apps.schedule.plan_templates import BY_CODE, TEMPLATES
from apps.schedule.rules import Every

ALL = ("", _("All"))
NARROWING = (
    "kind", "area", "measure", "risk_level", "year_of_term", "half_of_year", "term_years",
)  # fmt: skip


class TemplateForm(forms.Form):
    """A whole plan of tests from a day on."""

    template = Choice(label=_("Plan of tests"), choices=[(t.code, t.label) for t in TEMPLATES])
    area = AreaField(
        label=_("Area"), required=False, help_text=_("Left empty: every unit without its own rule.")
    )
    effective_from = DayField(
        label=_("From"), help_text=_("Windows begin anew on this day; one cut short asks nothing.")
    )
    basis = TextField(
        label=_("Basis"), max_length=160,
        help_text=_("The paper or decision that sets it; it stands beside each test that is due."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        province: Area | None = None
        self.fields["area"].bind(province)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Which plan, where, and from when."""
        data = self.cleaned_data
        return {
            "template": BY_CODE[data["template"]], "area": data["area"],
            "from_day": data["effective_from"],
        }  # fmt: skip


class RemovePlanForm(ActForm):
    """`target` is a rule that has not begun."""

    reason = ReasonField(label=_("Why it is removed"), max_length=200)

    def perform(self) -> PlanRule:
        return remove_plan(rule=self.target, by=self.user, **self.cleaned_data)


class PlanForm(forms.Form):
    kind = Choice(label=_("Duty"), choices=duty_choices())
    area = AreaField(
        label=_("Area"), required=False, help_text=_("Left empty: every unit without its own rule.")
    )
    measure = forms.ChoiceField(label=_("Measure"), choices=[ALL, *Measure.choices], required=False)
    risk_level = forms.ChoiceField(
        label=_("Risk level"), choices=[ALL, *RiskLevel.choices], required=False
    )
    year_of_term = forms.TypedChoiceField(
        label=_("Year of the term"), choices=[ALL, (1, "1"), (2, "2"), (3, "3")], required=False,
        coerce=int, empty_value=None,
    )  # fmt: skip
    half_of_year = forms.TypedChoiceField(
        label=_("Half of that year"), choices=[ALL, *Half.choices], required=False, coerce=int,
        empty_value=None,
    )  # fmt: skip
    term_years = forms.TypedChoiceField(
        label=_("Length of the term in years"), choices=[ALL, (1, "1"), (2, "2"), (3, "3")],
        required=False, coerce=int, empty_value=None,
    )  # fmt: skip
    every_count = forms.IntegerField(label=_("Every"), min_value=1, max_value=365)
    every_unit = Choice(label=_("Unit"), choices=RhythmUnit.choices)
    effective_from = DayField(
        label=_("From"), help_text=_("The rule before it for the same ends on the day before.")
    )
    basis = TextField(
        label=_("Basis"), max_length=200, required=False, help_text=_("The paper that sets it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        province: Area | None = None
        self.fields["area"].bind(province)  # type: ignore[attr-defined]

    @classmethod
    def like(cls, rule: PlanRule | None) -> dict[str, Any]:
        """A successor of the rule, from tomorrow on."""
        tomorrow = today() + timedelta(days=1)
        if rule is None:
            return {"kind": "talk", "every_unit": RhythmUnit.MONTH, "effective_from": tomorrow}
        names = (*NARROWING, "every_count", "every_unit")
        return {name: getattr(rule, name) for name in names} | {"effective_from": tomorrow}

    def facts(self) -> dict[str, Any]:
        """Arguments of set_plan."""
        data = dict(self.cleaned_data)
        every = Every(data.pop("every_count"), data.pop("every_unit"))
        return data | {"every": every, "from_day": data.pop("effective_from")} | self._kept()

    def proposed(self) -> PlanRule:
        """The rule, not saved."""
        return PlanRule(**self.cleaned_data, **self._kept())

    def _kept(self) -> dict[str, Any]:
        """Whether check-ins are recorded elsewhere is no question of how often: it stays."""
        data = self.cleaned_data
        same = PlanRule.objects.filter(**{name: data[name] for name in NARROWING})
        before = same.filter(effective_from__lte=data["effective_from"]).order_by("effective_from")
        last = before.last()
        if last is None:
            return {}
        return {"recorded_elsewhere": last.recorded_elsewhere, "quiet_days": last.quiet_days}
