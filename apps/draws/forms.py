"""Shapes of what is posted about draws."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.areas.fields import AreaField
from apps.areas.models import Area
from apps.audit.act_page import ActForm, OnceForm
from apps.core.choosing import Choice
from apps.core.days import today
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.draws import rules
from apps.draws.codes import ExcuseReason
from apps.draws.models import Draw, Excuse
from apps.draws.services import excuse, make_draw, withdraw_excuse


def _number(label: Any, least: int, most: int, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, **options)


class DrawForm(OnceForm):
    """There is no target yet. The numbers that are proposed are the product's, and no law's."""

    area = AreaField(label=_("Unit"))
    day = DayField(
        label=_("Day"), initial=today,
        help_text=_("Weekends and holidays are days like others."),
    )  # fmt: skip
    wanted = _number(_("How many are drawn"), 1, 9999)
    valid_days = _number(
        _("Days that a test may follow later"), 0, rules.MOST_VALID_DAYS,
        initial=rules.VALID_DAYS,
    )  # fmt: skip
    period_days = _number(
        _("Period in days"), 1, rules.MOST_PERIOD_DAYS, initial=rules.PERIOD_DAYS,
        help_text=_("The minimum and maximum hold in every span of that many days."),
    )  # fmt: skip
    floor = _number(
        _("At least, per person and period"), 0, 99, initial=rules.FLOOR,
        help_text=_("Who is below it is drawn before all others. 0: chance alone."),
    )  # fmt: skip
    ceiling = _number(_("At most, per person and period"), 1, 99, initial=rules.CEILING)
    note = TextField(
        label=_("Note"), required=False, max_length=200, help_text=_("For auditors; no names.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].bind(self.user.area)  # type: ignore[attr-defined]

    def perform(self) -> Draw:
        return make_draw(by=self.user, **self.cleaned_data)


class ExcuseForm(OnceForm):
    """`target` is the person."""

    sometimes = ("words",)
    first = DayField(label=_("From"), initial=today)
    last = DayField(label=_("To"), help_text=_("The last day on which no test is asked for."))
    reason = Choice(label=_("Reason"), choices=ExcuseReason.choices)
    words = TextField(
        label=_("Words"), required=False, max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed for another reason. No diagnosis."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if facts.get("reason") == ExcuseReason.OTHER and not facts.get("words"):
            self.add_error("words", _("Say in words what the other reason is."))
        return facts

    def perform(self) -> Excuse:
        return excuse(person=self.target, by=self.user, **self.cleaned_data)


class WithdrawExcuseForm(ActForm):
    """`target` is the excuse."""

    reason = ReasonField(label=_("Why it is withdrawn"), max_length=200)

    def perform(self) -> Excuse:
        return withdraw_excuse(excuse=self.target, by=self.user, **self.cleaned_data)


class SpreadForm(forms.Form):
    """What the page of statistics is asked for: the last year of the reader's own unit."""

    area = AreaField(label=_("Unit"), required=False)
    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("To"), required=False)

    def __init__(self, *args: Any, own: Area | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        self.fields["area"].bind(own)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if (first := found.get("first")) and (last := found.get("last")) and last < first:
            raise ValidationError(_("The last day lies before the first."))
        return found

    def asked(self) -> tuple[Area | None, date, date]:
        """The defaults where nothing is said or the form is wrong."""
        found = self.cleaned_data if self.is_valid() else {}
        last = found.get("last") or max(today(), found.get("first") or today())
        first = found.get("first") or rules.back(last, 365)
        return found.get("area") or self.own, first, last


def excuse_of(days: tuple[date, date] | None) -> dict[str, Any]:
    """What the form of an excuse begins with: the days of the draw where it was asked from."""
    first, last = days or (today(), today() + timedelta(days=0))
    return {"first": first, "last": last if days else None}
