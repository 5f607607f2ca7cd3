"""Shapes of what is posted; the rules are the services'."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.audit.act_page import ActForm
from apps.core.choosing import Choice
from apps.core.days import SHANGHAI
from apps.core.fields import uuid7
from apps.core.form_fields import DayField, MomentField, ReasonField, TextField
from apps.drugtests.codes import (
    Medicine,
    NotTakenReason,
    Reason,
    Result,
    Sample,
    Source,
    TestKind,
    TestPlace,
)
from apps.drugtests.models import DrugTest
from apps.drugtests.services import (
    OF_NOT_TAKEN,
    OF_TAKEN,
    correct_test,
    record_not_taken,
    record_test,
    withdraw_test,
)
from apps.persons.codes import Sex

SEXES = [("", _("Sex")), *Sex.choices]


def _words(label: Any, field: type[TextField] = TextField, **options: Any) -> TextField:
    options = {"required": False, "max_length": 1000} | options
    return field(label=label, widget=forms.Textarea(attrs={"rows": 2}), **options)


def _name(label: Any) -> TextField:
    return TextField(label=label, max_length=60)


class TestFacts(ActForm):
    """Required and not proposed: the two collectors, each with name and sex."""

    __test__ = False  # pytest: no class of tests
    sometimes = ("cause_words", "medicine_words")

    occurred_at = MomentField(
        label=_("Time"), help_text=_("An earlier day is marked as entered later.")
    )
    why = Choice(label=_("Why it is taken"), choices=Reason.choices)
    sample = Choice(label=_("Sample"), choices=Sample.choices)
    kind = Choice(
        label=_("Kind of test"),
        choices=TestKind.choices,
        help_text=_("A strip used by the office is a management screening and no finding."),
    )
    place = Choice(label=_("Where"), choices=TestPlace.choices)
    cause_words = _words(
        _("Cause"), ReasonField, help_text=_("Needed for a test for cause: facts, not a suspicion.")
    )
    collector = _name(_("Collector"))
    collector_sex = forms.ChoiceField(label=_("Sex of the collector"), choices=SEXES)
    second_collector = _name(_("Second collector"))
    second_sex = forms.ChoiceField(label=_("Sex of the second collector"), choices=SEXES)
    medicine = Choice(
        label=_("Medicines declared"),
        choices=Medicine.choices,
        help_text=_("Ask before the sample is taken: some medicines make a strip positive."),
    )
    medicine_words = _words(
        _("Which medicines"), max_length=200, help_text=_("Needed where one was declared.")
    )
    result = forms.ChoiceField(
        label=_("Result"),
        choices=[("", _("Not known yet")), *Result.choices],
        required=False,
        help_text=_("A positive is to be confirmed; nothing follows from it here."),
    )
    note = _words(_("Note"))


class TestForm(TestFacts):
    """`target` is the person."""

    client_uuid = forms.UUIDField(widget=forms.HiddenInput)
    another = forms.BooleanField(label=_("This was another one on the same day"), required=False)

    def perform(self) -> DrugTest:
        return record_test(person=self.target, by=self.user, **self.cleaned_data)


class NotTakenFacts(ActForm):
    sometimes = ("next_on", "note", "cause_words")
    sample = Choice(label=_("Sample"), choices=Sample.choices)
    kind = Choice(label=_("Kind of test"), choices=TestKind.choices)
    why = Choice(label=_("Why it is taken"), choices=Reason.choices)
    cause_words = _words(
        _("Cause"), ReasonField, help_text=_("Needed for a test for cause: facts, not a suspicion.")
    )
    occurred_at = MomentField(
        label=_("Time"), help_text=_("An earlier day is marked as entered later.")
    )
    reason_not = Choice(
        label=_("Why not"),
        choices=NotTakenReason.choices,
        help_text=_(
            "Illness, detention and approved leave excuse the window of the day; with a next date, "
            "what was late before rests until then."
        ),
    )
    next_on = DayField(
        label=_("Next date"),
        required=False,
        help_text=_("Needed unless the reason excuses; of a campaign its list says when."),
    )
    note = _words(
        _("What happened"),
        help_text=_("Needed where the person refused or evaded, and for another reason."),
    )


class NotTakenForm(NotTakenFacts):
    """`target` is the person."""

    client_uuid = forms.UUIDField(widget=forms.HiddenInput)

    def perform(self) -> DrugTest:
        return record_not_taken(person=self.target, by=self.user, **self.cleaned_data)


class _Correction(ActForm):
    """`target` is the test."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason_why = ReasonField(label=_("Why it is corrected"), max_length=200)

    def perform(self) -> DrugTest:
        data = self.cleaned_data
        changes = {
            name: data[name] for name in self.changed_data if name in OF_TAKEN | OF_NOT_TAKEN
        }
        return correct_test(
            test=self.target, by=self.user, reason=data["reason_why"], version=data["version"],
            changes=changes, another=data.get("another", False),
        )  # fmt: skip


# What a ledger may leave out, and nobody is asked to make up later.
LEFT_OUT = ("why", "place", "collector", "collector_sex", "second_collector", "second_sex",
            "medicine")  # fmt: skip


class TestCorrection(TestFacts, _Correction):
    """Of a record of a ledger: what it does not say may stay unsaid."""

    another = forms.BooleanField(label=_("This was another one on the same day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.target.source == Source.LEDGER:
            for name in LEFT_OUT:
                self.fields[name].required = False


class NotTakenCorrection(NotTakenFacts, _Correction):
    pass


class WithdrawTestForm(ActForm):
    reason = ReasonField(label=_("Why it is withdrawn"), max_length=200)

    def perform(self) -> DrugTest:
        return withdraw_test(test=self.target, by=self.user, **self.cleaned_data)


def new_test(sample: str, why: str = "") -> dict[str, Any]:
    """What the line of a duty asks for, now: its regular test; hair goes to a laboratory."""
    kind = TestKind.LABORATORY if sample == Sample.HAIR else ""
    return {
        "client_uuid": uuid7(), "occurred_at": timezone.now().astimezone(SHANGHAI),
        "why": why if why == Reason.RANDOM else Reason.REGULAR if sample else "",
        "sample": sample, "kind": kind,
    }  # fmt: skip


def new_not_taken(sample: str, why: str = "") -> dict[str, Any]:
    """The test that was to be taken, as its line asks for it."""
    return new_test(sample, why)


def as_stored(test: DrugTest) -> dict[str, Any]:
    """What the correction begins with."""
    names = OF_TAKEN if test.is_taken else OF_NOT_TAKEN
    moment = test.occurred_at.astimezone(SHANGHAI).replace(second=0, microsecond=0)
    stored = {name: getattr(test, name) for name in names}
    return stored | {"occurred_at": moment, "version": test.version}
