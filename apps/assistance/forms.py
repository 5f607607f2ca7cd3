"""Shapes of what is posted about help; the rules are the services'."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.assistance import services
from apps.assistance.codes import (
    HOW_ASKED,
    LOOK_CHOICES,
    LOOKS,
    RECEIPTS,
    Beneficiary,
    Changed,
    EndWhy,
    Receipt,
    StepKind,
)
from apps.assistance.models import Assistance, Programme
from apps.audit.act_page import ActForm, OnceForm
from apps.core.choosing import Choice, OneOf, TypedChoice
from apps.core.days import today
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.core.money import YuanField
from apps.needs.models import Need

NO_REASON = _("Never write the reason for the measure: this may leave the house.")


def _words(label: Any, **options: Any) -> TextField:
    options = {"max_length": 500, "required": False} | options
    return TextField(label=label, widget=forms.Textarea(attrs={"rows": 2}), **options)


class HelpForm(OnceForm):
    """`target` is the person."""

    sometimes = ("member_words",)
    programme = OneOf(Programme.objects.none(), label=_("Programme"))
    beneficiary = Choice(label=_("For whom"), choices=Beneficiary.choices)
    member_words = TextField(
        label=_("Which member of the household"), max_length=60, required=False,
        help_text=_("Name and relation; needed where it is for a member."),
    )  # fmt: skip
    found_on = DayField(label=_("Found on"), latest=today, initial=today)
    need = OneOf(
        Need.objects.none(), label=_("Need"), required=False,
        help_text=_("Which open need it answers."),
    )  # fmt: skip
    words = _words(_("In words"), help_text=NO_REASON)

    def __init__(self, *args: Any, need: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme: Any = self.fields["programme"]
        programme.queryset = Programme.objects.offered_to(self.user)
        rows = Need.objects.visible_to(self.user).filter(person=self.target, closed_on=None)
        known: Any = self.fields["need"]
        known.queryset = rows.order_by("said_on", "pk")
        if need and (row := rows.filter(public_id=need).first()):
            self.initial["need"] = row.pk

    def perform(self) -> Assistance:
        return services.record_help(person=self.target, by=self.user, **self.cleaned_data)


class StepForm(OnceForm):
    """`target` is the help; `kind` the step, which says what is asked."""

    sometimes: tuple[str, ...] = ()
    day = DayField(label=_("Day"), latest=today, initial=today)
    to_words = TextField(label=_("To which office"), max_length=120, help_text=NO_REASON)
    end_why = Choice(label=_("Why it ended"), choices=EndWhy.choices)
    words = _words(_("In words"), help_text=NO_REASON)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind not in (StepKind.REFERRED, StepKind.APPLIED):
            del self.fields["to_words"]
        if kind != StepKind.ENDED:
            del self.fields["end_why"]
        if kind == StepKind.REFUSED:
            self.fields["words"] = ReasonField(label=_("Why it was not approved"), max_length=300)

    def perform(self) -> Any:
        return services.take_step(
            assistance=self.target, by=self.user, kind=self.kind, **self.cleaned_data
        )


class TakeBackForm(ActForm):
    """`target` is the step."""

    reason = ReasonField(label=_("Why it is taken back"), max_length=200)

    def perform(self) -> Any:
        return services.take_back_step(step=self.target, by=self.user, **self.cleaned_data)


class PaymentForm(OnceForm):
    """`target` is the help."""

    sometimes = ("receipt_words", "month_first", "month_last", "words")
    paid_on = DayField(label=_("Received on"), latest=today, initial=today)
    how = Choice(label=_("How"), choices=HOW_ASKED)
    amount_fen = YuanField(
        label=_("Amount in yuan"), required=False,
        help_text=_("Left empty it stands as not recorded, and never as 0."),
    )  # fmt: skip
    month_first = DayField(
        label=_("For the months from"), required=False,
        help_text=_("Any day of the month; left empty it is the month in which it was received."),
    )  # fmt: skip
    month_last = DayField(
        label=_("For the months to"), required=False,
        help_text=_("Needed for several months at once."),
    )  # fmt: skip
    household = forms.IntegerField(
        label=_("Members of the household"), required=False, min_value=0, max_value=30,
        help_text=_("How many benefit, without the person. Left empty it is not known."),
    )  # fmt: skip
    receipt = Choice(label=_("Receipt"), choices=Receipt.choices)
    receipt_words = TextField(
        label=_("Number of the receipt or scan"), max_length=120, required=False,
        help_text=_("Needed where the receipt is a scan or has a number."),
    )  # fmt: skip
    payer = TextField(label=_("Unit that pays"), max_length=120, required=False)
    words = ReasonField(
        label=_("Why it was paid"), max_length=300, required=False,
        help_text=_("Needed for days after the death."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.target.person.is_dead_by(today()):
            del self.fields["words"]
        self.initial.setdefault("payer", self.target.programme.payer)

    def perform(self) -> Any:
        return services.record_payment(assistance=self.target, by=self.user, **self.cleaned_data)


class ReceiptForm(ActForm):
    """`target` is the payment."""

    sometimes = ("receipt_words",)
    receipt = Choice(label=_("Receipt"), choices=RECEIPTS)
    receipt_words = TextField(
        label=_("Number of the receipt or scan"), max_length=120, required=False,
        help_text=_("Needed where the receipt is a scan or has a number."),
    )  # fmt: skip

    def perform(self) -> Any:
        return services.record_receipt(payment=self.target, by=self.user, **self.cleaned_data)


class ReverseForm(OnceForm):
    """`target` is the payment."""

    on = DayField(
        label=_("Day"), latest=today, initial=today,
        help_text=_("A day of a month that is open in the ledger."),
    )  # fmt: skip
    reason = ReasonField(label=_("Why it is reversed"), max_length=200)

    def perform(self) -> Any:
        return services.reverse_payment(payment=self.target, by=self.user, **self.cleaned_data)


class LookForm(OnceForm):
    """`target` is the help."""

    after = TypedChoice(label=_("Days after delivery"), choices=LOOK_CHOICES, coerce=int)
    looked_on = DayField(label=_("Looked at on"), latest=today, initial=today)
    changed = Choice(label=_("What it changed"), choices=Changed.choices)
    words = _words(_("In plain words"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("after", self.target.look_asked(today()) or LOOKS[-1])

    def perform(self) -> Any:
        return services.look_at(assistance=self.target, by=self.user, **self.cleaned_data)


class WithdrawLookForm(ActForm):
    """`target` is the look."""

    reason = ReasonField(label=_("Why it is withdrawn"), max_length=200)

    def perform(self) -> Any:
        return services.withdraw_look(look=self.target, by=self.user, **self.cleaned_data)


class AskForm(ActForm):
    """`target` is the help."""

    sometimes = ("number", "reason")
    first = DayField(label=_("From"), initial=today, help_text=_("Any day of the month."))
    last = DayField(label=_("To"), initial=today, help_text=_("Any day of the month."))
    number = TextField(
        label=_("Document number of the member of the household"), max_length=30, required=False,
        help_text=_("Needed where the help is for a member; it is not kept."),
    )  # fmt: skip
    reason = ReasonField(
        label=_("Why another number"), max_length=200, required=False,
        help_text=_("Needed where another number was asked for this help before."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.target.beneficiary == Beneficiary.PERSON:
            del self.fields["number"], self.fields["reason"]
        else:
            self.fields["number"].required = True

    def perform(self) -> Any:
        return services.ask_for_same_help(assistance=self.target, by=self.user, **self.cleaned_data)
