"""Shapes of what is posted; the rules are the services'."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from apps.areas.models import Area, Level
from apps.assessments.codes import EventKind, FlagKind, SealedKind, ToldHow
from apps.assessments.factors import FACTORS, PROTECTS, SECTIONS, Words
from apps.assessments.models import Assessment
from apps.assessments.proposals import Suggestion, suggest
from apps.cases.codes import RiskLevel
from apps.core.choosing import Choice, OneOf
from apps.core.days import today
from apps.core.fields import uuid7
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.needs.forms import NeedFields


def words_field(label: Any, *, rows: int = 2, **options: Any) -> TextField:
    area = forms.Textarea(attrs={"rows": rows})
    return TextField(label=label, max_length=1000, widget=area, **options)


class AssessmentForm(NeedFields):
    """First the answers; then the proposal is shown, and a person decides. A need that came up is
    opened with it.
    """

    on = DayField(label=gettext_lazy("Assessed on"), latest=today, initial=today)
    protects = forms.MultipleChoiceField(
        label=gettext_lazy("What protects"),
        choices=PROTECTS.items(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Look for it together with the person; it can lower the risk level."
        ),
    )
    protect_words = TextField(label=gettext_lazy("In words"), max_length=300, required=False)
    risk_level = forms.ChoiceField(
        label=gettext_lazy("You decide"), choices=[("", "—"), *RiskLevel.choices], required=False
    )
    reason = ReasonField(
        label=gettext_lazy("Your reason, as given to the person"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Name what protects, too. Where you decide otherwise than proposed, say why."
        ),
    )
    seen = forms.ChoiceField(choices=[("", ""), *RiskLevel.choices], required=False)
    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def __init__(self, *args: Any, earlier: Assessment | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("risk_level", "reason"):
            self.fields[name].needed = True  # type: ignore[attr-defined]
        before: Mapping[str, str] = earlier.filled["answers"] if earlier else {}
        for code, factor in FACTORS.items():
            answers = [(answer.code, answer.label) for answer in factor.answers]
            self.fields[f"a_{code}"] = forms.ChoiceField(
                label=str(factor.label),
                choices=[("", "—"), *answers],
                help_text=_last_time(factor.answer(before.get(code, ""))),
            )
            self.fields[f"w_{code}"] = TextField(
                label=_("%(factor)s, in words") % {"factor": factor.label},
                max_length=300,
                required=False,
            )

    def sections(self) -> Iterator[tuple[Words, list[tuple[BoundField, BoundField]], bool]]:
        """Label, pairs of answer and words, and whether something is amiss inside."""
        for section in SECTIONS:
            pairs = [(self[f"a_{f.code}"], self[f"w_{f.code}"]) for f in section.factors]
            amiss = any(answer.errors or words.errors for answer, words in pairs)
            yield section.label, pairs, amiss

    @property
    def answers(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"a_{code}", "") for code in FACTORS}

    @property
    def suggestion(self) -> Suggestion:
        return suggest(self.answers, self.cleaned_data["protects"])

    def decides(self, found: Suggestion) -> bool:
        """The decision was taken with this very proposal in view."""
        if "save" not in self.data:
            return False
        if self.cleaned_data["seen"] == found.risk_level:
            return True
        self.add_error(None, _("The answers have changed: look at the proposal once more."))
        return False

    def facts(self) -> dict[str, Any]:
        """Arguments of record_assessment."""
        data = self.cleaned_data
        return {
            "on": data["on"],
            "answers": self.answers,
            "words": {code: data.get(f"w_{code}", "") for code in FACTORS},
            "protects": data["protects"],
            "protect_words": data["protect_words"],
            "risk_level": data["risk_level"],
            "reason": data["reason"],
            "needs": self.needs(),
            "client_uuid": data["uuid"],
        }


def _last_time(answer: Any) -> str:
    return _("Last time: %(answer)s") % {"answer": answer.label} if answer else ""


class ToldForm(forms.Form):
    on = DayField(label=gettext_lazy("Notified on"), latest=today, initial=today)
    how = Choice(label=gettext_lazy("How"), choices=ToldHow.choices)


class ObjectionForm(forms.Form):
    on = DayField(label=gettext_lazy("Day"), latest=today, initial=today)
    words = words_field(
        gettext_lazy("In the person's words"),
        rows=3,
        help_text=gettext_lazy("The person is assessed anew; an objection costs nothing."),
    )


class EventForm(forms.Form):
    kind = Choice(
        label=pgettext_lazy("a life event", "What happened"),
        choices=[pair for pair in EventKind.choices if pair[0] != EventKind.OBJECTION],
    )
    on = DayField(label=gettext_lazy("Day"), latest=today, initial=today)
    words = words_field(gettext_lazy("In words"), required=False)
    client_uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class FlagForm(forms.Form):
    kind = Choice(label=gettext_lazy("Flag"), choices=FlagKind.choices)
    since = DayField(label=gettext_lazy("Since"), latest=today, initial=today)
    words = words_field(
        gettext_lazy("In words"),
        required=False,
        help_text=gettext_lazy("No diagnosis of the mind and no infection: they stand apart."),
    )


class EndFlagForm(forms.Form):
    on = DayField(label=gettext_lazy("Ended on"), latest=today, initial=today)


class SealedForm(forms.Form):
    kind = Choice(label=gettext_lazy("About"), choices=SealedKind.choices)
    since = DayField(label=gettext_lazy("Since"), latest=today, initial=today)
    agreed_on = DayField(
        label=gettext_lazy("The person agreed on"),
        latest=today,
        help_text=gettext_lazy("Without the person's agreement it is not kept here."),
    )
    words = words_field(gettext_lazy("What helps, and whom to ask"), required=False)


class RoundForm(forms.Form):
    title = TextField(label=gettext_lazy("Name of the round"), max_length=80)
    area = OneOf(label=gettext_lazy("Area"), queryset=Area.objects.none())
    first = DayField(label=gettext_lazy("From"), initial=today)
    last = DayField(label=gettext_lazy("To"))

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own = user.area
        levels = [Level.COUNTY, Level.TOWN] if own.level != Level.TOWN else [Level.TOWN]
        field: Any = self.fields["area"]
        field.queryset = (
            Area.objects.under(own).active().shown().filter(level__in=levels).order_by("code")
        )
        field.initial = own
