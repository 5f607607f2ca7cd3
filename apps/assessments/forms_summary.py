"""Shapes of the half-year summary; the rules are the service's."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from apps.assessments import services
from apps.assessments.forms import words_field
from apps.assessments.models import HalfYearSummary
from apps.audit.act_page import ActForm, OnceForm
from apps.core.days import today
from apps.core.differing import Differs, described
from apps.core.form_fields import DayField, ReasonField
from apps.core.refusals import Refused
from apps.persons.models import Person


class SummaryFacts(ActForm):
    """Five fields, all required; the numbers are counted."""

    progress_words = words_field(gettext_lazy("Progress"))
    difficulty_words = words_field(gettext_lazy("Difficulties"))
    help_words = words_field(
        gettext_lazy("What helps next"),
        help_text=gettext_lazy("Help to be asked for is also recorded as a need."),
    )
    told_on = DayField(label=gettext_lazy("Person notified on"), latest=today, initial=today)
    said_words = words_field(
        gettext_lazy("The person's words"),
        help_text=gettext_lazy("What the person says to it, and what the person wishes."),
    )


class SummaryForm(SummaryFacts, OnceForm):
    """`target` is the window that is open. `first` says which half-year the page showed."""

    first = DayField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def perform(self) -> HalfYearSummary:
        data = dict(self.cleaned_data)
        first = data.pop("first")
        item = self.target if self.target and self.target.opens_on == first else None
        item = item or services.window_sent(data["client_uuid"], self.person, first)
        if item is None:
            raise self._taken(first)
        return services.make_summary(item=item, by=self.user, **data)

    def _taken(self, first: date) -> Refused:
        """Somebody else was first: what was typed stands beside what is stored."""
        rows = HalfYearSummary.objects.visible_to(self.user).filter(person=self.person, first=first)
        row = rows.filter(withdrawn_at=None).order_by("pk").first()
        words = _("The summary of this half-year is on file.")
        if row is None:
            return Refused(words)
        stored = {name: getattr(row, name) for name in SummaryFacts.base_fields}
        sent = {name: self.cleaned_data[name] for name in stored}
        return Differs(
            words, stored=described(HalfYearSummary, stored),
            sent=described(HalfYearSummary, sent), row=row, page="assessments:summary", again=False,
        )  # fmt: skip


class SummaryCorrection(SummaryFacts):
    """`target` is the summary."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason_why = ReasonField(label=gettext_lazy("Why it is corrected"), max_length=200)

    def perform(self) -> HalfYearSummary:
        data = self.cleaned_data
        changes: dict[str, Any] = {
            name: data[name] for name in self.changed_data if name in SummaryFacts.base_fields
        }
        return services.correct_summary(
            summary=self.target, by=self.user, reason=data["reason_why"],
            version=data["version"], changes=changes,
        )  # fmt: skip


class SummaryWithdrawal(ActForm):
    reason = ReasonField(label=gettext_lazy("Why it is withdrawn"), max_length=200)

    def perform(self) -> HalfYearSummary:
        return services.withdraw_summary(summary=self.target, by=self.user, **self.cleaned_data)
