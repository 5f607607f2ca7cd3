"""The form of one step: what it asks for follows from the step."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from apps.audit.act_page import ActForm, OnceForm
from apps.core.choosing import Choice, OneOf, TypedChoice
from apps.core.days import SHANGHAI
from apps.core.form_fields import MomentField, ReasonField, TextField
from apps.core.text import day_text, mark, sentences
from apps.drugtests.chain import (
    ANSWERS,
    ARRIVALS,
    BY_TWO,
    OBJECTIONS,
    RESULTS,
    SEAL_LOOKED_AT,
    SENDINGS,
    TELLINGS,
    Answer,
    StepKind,
    ToldHow,
    UnfitWhy,
    unfit_whys,
)
from apps.drugtests.codes import Result
from apps.drugtests.dossiers import record_step, take_back_step
from apps.drugtests.models import Analyte, DrugTest, Kit, Step
from apps.drugtests.readings import Read, beyond_panel
from apps.organisations.models import Organisation, OrganisationKind

# So many kits are named that are out of date.
FEW: Final = 5
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
# Of an unfit B sample alone the way of A goes on.
BOTTLES = [("A", _("A, or both")), ("B", _("B alone"))]


def _yes(value: str) -> bool:
    return value == "yes"


def _words(label: Any) -> TextField:
    return TextField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


def _bodies() -> OneOf:
    """Laboratories of any county: a re-test is done by another body, and seldom next door."""
    found = Organisation.objects.filter(kind=OrganisationKind.LABORATORY, active=True)
    return OneOf(found.order_by("name"), label=_("To which body"))


def _yes_or_no(label: Any) -> TypedChoice:
    return TypedChoice(label=label, choices=YES_NO, coerce=_yes, empty_value=None)


def _answers(label: Any, *answers: Answer) -> Choice:
    return Choice(label=label, choices=[(answer.value, answer.label) for answer in answers])


# What steps ask for beside when and by whom: the steps, the name, and how the field is made.
ASKED: Final[tuple[tuple[tuple[StepKind, ...], str, Callable[[], forms.Field]], ...]] = (
    (BY_TWO, "second_name", lambda: TextField(label=_("Second person"), max_length=60)),
    ((StepKind.SEALED,), "a_seal", lambda: TextField(label=_("Seal of A"), max_length=40)),
    ((StepKind.SEALED,), "b_seal", lambda: TextField(label=_("Seal of B"), max_length=40)),
    ((StepKind.STORED,), "place_words",
     lambda: TextField(label=_("Where, and how cold"), max_length=120)),
    ((StepKind.SEALED, *ARRIVALS), "place_words",
     lambda: TextField(label=_("Where"), max_length=120)),
    ((StepKind.DESTROYED,), "place_words", lambda: TextField(label=_("Where"), max_length=120)),
    ((*TELLINGS, StepKind.NOTIFIED), "place_words",
     lambda: Choice(label=_("How it was told"), choices=ToldHow.choices)),
    (OBJECTIONS, "words", lambda: _words(_("What the person says"))),
    (ANSWERS, "answer", lambda: _answers(_("Answer"), Answer.GRANTED, Answer.DENIED)),
    (ANSWERS, "words", lambda: _words(_("Why"))),
    (SENDINGS, "body", _bodies),
    (SEAL_LOOKED_AT, "seal_intact", lambda: _yes_or_no(_("Was the seal whole?"))),
    ((StepKind.UNFIT,), "unfit_why",
     lambda: Choice(label=_("Why unfit"), choices=UnfitWhy.choices)),
    ((StepKind.DECIDED,), "answer",
     lambda: _answers(_("Decision"), Answer.CONFIRMED, Answer.CLEARED)),
    ((StepKind.DECIDED,), "words", lambda: _words(_("By whom, and on what ground"))),
)  # fmt: skip


def kit_field(test: DrugTest) -> OneOf:
    """Those that were good on the day of the sample; in words which others are left out, and why.
    A kit that ran out between the sample and its reading is refused by the service.
    """
    kits = list(Kit.objects.filter(active=True, sample=test.sample).order_by("name", "expires_on"))
    good = [kit.pk for kit in kits if kit.expires_on >= test.day]
    late = [str(kit) for kit in kits if kit.pk not in good]
    words = [gettext("Its lot and date are kept with the result.")]
    if late:
        words.append(gettext("Out of date on %(day)s, and not offered: %(kits)s.") % {
            "day": day_text(test.day), "kits": mark("list").join(late[-FEW:]),
        })  # fmt: skip
    words.append(gettext("Kits for other samples are not offered either."))
    return OneOf(
        Kit.objects.filter(pk__in=good).order_by("name", "expires_on"), label=_("Test kit"),
        required=False, help_text=sentences(*words),
    )  # fmt: skip


def _is_of_two(test: DrugTest) -> bool:
    """Sealed as A and B, and B is still where A was left."""
    dossier = getattr(test, "dossier", None)
    return dossier is not None and dossier.a_seal != "" and StepKind.B_SENT not in dossier.had


class StepForm(OnceForm):
    """`target` is the test, `kind` the step."""

    at = MomentField(label=_("Time"), help_text=_("When it was done, not when it is entered."))
    by_name = TextField(label=_("By whom"), max_length=60)

    def __init__(self, *args: Any, kind: str, user: Any, target: DrugTest, **kwargs: Any) -> None:
        now = timezone.now().astimezone(SHANGHAI)
        initial = {"at": now, "by_name": user.name}
        if kind == StepKind.SEALED:  # As a rule where it was taken.
            initial["place_words"] = target.get_place_display()
        initial |= kwargs.pop("initial", None) or {}
        super().__init__(*args, user=user, target=target, initial=initial, **kwargs)
        self.kind = StepKind(kind)
        self.fields |= {name: make() for kinds, name, make in ASKED if kind in kinds}
        if kind == StepKind.UNFIT:
            why: Any = self.fields["unfit_why"]
            why.choices = [
                ("", "—"),
                *((one.value, one.label) for one in unfit_whys(target.sample)),
            ]
            if _is_of_two(target):
                self.fields["bottle"] = Choice(label=_("Which bottle"), choices=BOTTLES)
        self.analytes: list[Analyte] = []
        # Never optional, and asked for where it was so: what was tested, and with what.
        self.sometimes: tuple[str, ...] = ()
        if kind in RESULTS:
            self._ask_for_readings()

    def _ask_for_readings(self) -> None:
        strips = self.kind == StepKind.SCREENED
        if strips:
            self.fields["kit"] = kit_field(self.target)
            self.fields["control_line"] = Choice(
                label=_("Is the control line there?"), choices=YES_NO, required=False,
                help_text=_("Without it the strip says nothing."),
            )  # fmt: skip
        self.analytes = list(Analyte.objects.filter(active=True))
        for one in self.analytes:
            self.fields[f"result_{one.code}"] = forms.ChoiceField(
                label=one.name, required=False, choices=[("", _("Not tested")), *Result.choices]
            )
            if not strips:
                self.fields[f"value_{one.code}"] = forms.DecimalField(
                    label=_("Value of %(what)s") % {"what": one.name}, required=False, min_value=0,
                    max_digits=12, decimal_places=3,
                )  # fmt: skip

        own = ("result_", "value_", "kit", "control_line")
        self.sometimes = tuple(name for name in self.fields if name.startswith(own))

    @property
    def plain_fields(self) -> list[Any]:
        return [f for f in self.visible_fields() if not f.name.startswith(("result_", "value_"))]

    @property
    def rows(self) -> list[tuple[Analyte, Any, Any]]:
        """One a substance: result, and value where a laboratory says one."""
        return [
            (one, self[f"result_{one.code}"],
             self[f"value_{one.code}"] if f"value_{one.code}" in self.fields else None)
            for one in self.analytes
        ]  # fmt: skip

    @property
    def asks_values(self) -> bool:
        return any(name.startswith("value_") for name in self.fields)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for one in self.analytes:
            if data.get(f"value_{one.code}") is not None and not data.get(f"result_{one.code}"):
                self.add_error(f"value_{one.code}", _("A value needs its result."))
        if data.get("kit"):
            self._check_strip(data)
        if self.analytes and not self.errors and not self._readings(data):
            self.add_error(None, _("Enter the result of at least one substance."))
        return data

    def _check_strip(self, data: dict[str, Any]) -> None:
        if not data.get("control_line"):
            self.add_error("control_line", _("Say whether the control line is there."))
        tested = [one for one in self.analytes if data.get(f"result_{one.code}")]
        for one in beyond_panel(data["kit"], tested):
            self.add_error(f"result_{one.code}", _("The chosen kit does not find it."))

    def _readings(self, data: dict[str, Any]) -> list[Read]:
        line = data.get("control_line")
        return [
            Read(
                one, data[f"result_{one.code}"], value=self._value(data, one), kit=data.get("kit"),
                control_line=_yes(line) if line else None,
            )
            for one in self.analytes
            if data.get(f"result_{one.code}")
        ]  # fmt: skip

    def _value(self, data: dict[str, Any], one: Analyte) -> Decimal | None:
        return data.get(f"value_{one.code}")

    def perform(self) -> Step:
        data = self.cleaned_data
        own = {n for n in data if n.startswith(("result_", "value_"))} | {"kit", "control_line"}
        facts = {name: value for name, value in data.items() if name not in own}
        return record_step(
            test=self.target, by=self.user, kind=self.kind, read=self._readings(data), **facts
        )


class TakeBackForm(ActForm):
    """`target` is the step."""

    reason = ReasonField(label=_("Why it is taken back"), max_length=200)

    def perform(self) -> Step:
        return take_back_step(step=self.target, by=self.user, **self.cleaned_data)


class NumberForm(forms.Form):
    """A number of a sample, scanned or typed."""

    number = TextField(label=_("Number of the sample"), max_length=24)
