"""Shapes of what is posted about periodic reports."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.areas.fields import AreaField
from apps.areas.models import Area, Level
from apps.audit.act_page import ActForm, OnceForm
from apps.core.choosing import Choice
from apps.core.days import today
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.core.refusals import Refused
from apps.periodic import services
from apps.periodic.codes import REGULAR, Answer, Every
from apps.periodic.forms_of_offices import form_for
from apps.periodic.rules import Days, period_around, period_before
from apps.reports.indicators import BY_KIND, INDICATORS

LEVELS = ((Level.TOWN, Level.TOWN.label), (Level.COUNTY, Level.COUNTY.label))
FIGURES = [(code, one.title) for code, one in INDICATORS.items()]
KINDS = (BY_KIND, _("Help by kind: persons, person-times, yuan"))


def _words(label: Any, **options: Any) -> TextField:
    return TextField(
        label=label, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        **options,
    )  # fmt: skip


class PreviewForm(forms.Form):
    """Which days of which unit; without an answer the last month that is over."""

    every = forms.ChoiceField(
        label=_("Period"), choices=Every.choices, required=False, initial=Every.MONTH
    )
    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("To"), required=False)
    day = DayField(
        label=_("A day of it"), required=False,
        help_text=_("Any day of the week, month, quarter or year that is meant."),
    )  # fmt: skip
    area = AreaField(label=_("Unit"), required=False)

    def __init__(self, *args: Any, own: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        self.fields["area"].bind(own)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            raise ValidationError(_("The last day lies before the first."))
        return self.cleaned_data

    def asked(self) -> tuple[Area, str, Days]:
        """The unit, the kind of period, its days."""
        found = self.cleaned_data if self.is_valid() else {}
        every = found.get("every") or Every.MONTH
        unit = (found.get("area") or self.own).today
        if every == Every.ANY:
            last = found.get("last") or today()
            return unit, every, (found.get("first") or last.replace(day=1), last)
        day = found.get("day")
        return unit, every, period_around(every, day) if day else period_before(every, today())

    def refuse(self) -> None:
        """Say what is wrong with the days: nothing can be frozen of them."""
        _unit, every, (first, last) = self.asked()
        try:
            services.refuse_days(every, first, last)
        except Refused as refused:
            self.add_error(None, str(refused))


class FreezeForm(OnceForm):
    """`target` is the unit. The days are those that the page showed: who sends it after midnight
    freezes no other month. A reason where a version is frozen already.
    """

    sometimes = ("reason",)
    shown_every = forms.ChoiceField(choices=Every.choices, widget=forms.HiddenInput)
    shown_first = DayField(widget=forms.HiddenInput)
    shown_last = DayField(widget=forms.HiddenInput)
    reason = ReasonField(
        label=_("Note or reason"), max_length=200, required=False,
        help_text=_(
            "Needed for a correction: the version before stays, and both can be compared. Else "
            "what readers should know. No names."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, corrects: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = corrects

    def perform(self) -> Any:
        facts = {name.removeprefix("shown_"): fact for name, fact in self.cleaned_data.items()}
        return services.freeze_report(area=self.target, by=self.user, **facts)


class SendForm(ActForm):
    """`target` is the report."""

    def perform(self) -> Any:
        return services.send_report(report=self.target, by=self.user)


class AnswerForm(ActForm):
    """`target` is the report."""

    sometimes = ("remarks",)
    answer = Choice(
        label=_("Answer"),
        choices=[(one, one.label) for one in (Answer.RECEIVED, Answer.SENT_BACK)],
    )  # fmt: skip
    remarks = TextField(
        label=_("Remarks"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed to send it back: what is to be mended. No names."),
    )  # fmt: skip

    def perform(self) -> Any:
        return services.answer_report(report=self.target, by=self.user, **self.cleaned_data)


class OwnForm(OnceForm):
    """`target` is the unit and the kind of period."""

    title = TextField(label=_("Heading"), max_length=80)
    opening = _words(
        _("Words before the figures"),
        help_text=_("A figure stands in the words by its name in braces, such as {{persons}}."),
    )
    closing = _words(_("Words after the figures"))
    codes = forms.MultipleChoiceField(
        label=_("Figures"), choices=[*FIGURES, KINDS], widget=forms.CheckboxSelectMultiple
    )
    columns = forms.MultipleChoiceField(
        label=_("Figures unit by unit"), choices=FIGURES, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Figures of the report that stand in the table of units, too."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if {*found.get("columns", ())} - {*found.get("codes", ())}:
            self.add_error("columns", _("Unit by unit stand figures of the report itself."))
        return found

    def perform(self) -> Any:
        unit, every = self.target
        return services.change_form(area=unit, every=every, by=self.user, **self.cleaned_data)


def begun_with(unit: Area, every: str) -> dict[str, Any]:
    """What the form of a template shows first: what holds now."""
    form = form_for(unit, every)
    return {
        "title": form.title, "opening": form.opening, "closing": form.closing,
        "codes": list(form.codes), "columns": list(form.columns),
    }  # fmt: skip


class RuleForm(OnceForm):
    """`target` is the unit that asks."""

    every = Choice(label=_("Period"), choices=[(one, one.label) for one in REGULAR])
    level = Choice(label=_("Asked of each"), choices=LEVELS)
    due_days = forms.IntegerField(label=_("Days after its end"), min_value=0, max_value=60)
    first_day = DayField(
        label=_("From the period of"), initial=today,
        help_text=_("Periods before it are not asked for."),
    )  # fmt: skip
    basis = TextField(
        label=_("Basis"), required=False, max_length=100,
        help_text=_("Which letter or decision asks for it."),
    )  # fmt: skip

    def perform(self) -> Any:
        return services.ask_for_reports(area=self.target, by=self.user, **self.cleaned_data)


class EndRuleForm(ActForm):
    """`target` is the rule."""

    def perform(self) -> Any:
        return services.end_rule(rule=self.target, by=self.user)
