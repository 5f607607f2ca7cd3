"""Shapes of the later steps: release, reports to the police, end of control, the team."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.cases import services
from apps.cases.codes import Ground, Reply
from apps.cases.forms import ActForm, day_field, words_field
from apps.cases.models import Case, PoliceReport, TeamMember
from apps.cases.models.care_team import MemberKind
from apps.core.choosing import Choice, OneOf
from apps.core.days import today
from apps.core.form_fields import ReasonField, TextField
from apps.persons.models import Contact


class ReleaseForm(ActForm):
    number = TextField(label=_("Number of the notice"), max_length=80)
    notice_on = day_field(_("Date of the notice"), latest=today)
    told_on = day_field(
        _("Office told on"),
        latest=today,
        initial=today,
        help_text=_("The police tell it within seven days."),
    )

    def perform(self) -> Case:
        return services.release_case(case=self.target, by=self.user, **self.cleaned_data)


class EndForm(ActForm):
    end_on = day_field(_("The term ends on"))
    number = TextField(label=_("Number of the authority's paper"), max_length=80)
    paper_on = day_field(_("Date of the paper"), latest=today)

    def perform(self) -> Case:
        return services.set_end(case=self.target, by=self.user, **self.cleaned_data)


class PoliceForm(ActForm):
    ground = Choice(label=_("Ground"), choices=Ground.choices)
    happened_on = day_field(_("Happened on"), latest=today, initial=today)
    facts = words_field(
        _("What happened, and what was tried"),
        field=ReasonField,
        help_text=_("Only what a named officer has confirmed. What follows, the police decide."),
    )
    heard = words_field(_("What the person says about it"))

    def perform(self) -> PoliceReport:
        return services.propose_police_report(case=self.target, by=self.user, **self.cleaned_data)


class ReplyForm(ActForm):
    sometimes = ("number",)
    outcome = Choice(label=_("Reply"), choices=Reply.choices)
    on = day_field(_("Replied on"), latest=today, initial=today)
    number = TextField(
        label=_("Number of the paper"),
        required=False,
        max_length=80,
        help_text=_("Needed where compulsory isolation is ordered."),
    )
    note = words_field(_("Note"), required=False)

    def perform(self) -> PoliceReport:
        return services.record_reply(report=self.target, by=self.user, **self.cleaned_data)


class WithdrawReportForm(ActForm):
    reason = ReasonField(label=_("Why it is taken back"), max_length=200)

    def perform(self) -> PoliceReport:
        return services.withdraw_report(report=self.target, by=self.user, **self.cleaned_data)


class ControlForm(ActForm):
    reason = words_field(_("What is known"), required=False)

    def perform(self) -> Any:
        return services.propose_end_of_control(case=self.target, by=self.user, **self.cleaned_data)


class MemberForm(ActForm):
    """A member of the family is chosen from those whom the person has agreed to."""

    target: Case
    sometimes = ("name", "contact")
    kind = Choice(label=_("Kind"), choices=MemberKind.choices)
    name = TextField(
        label=_("Name"), required=False, max_length=60,
        help_text=_("Needed unless one of the family is chosen."),
    )  # fmt: skip
    phone = TextField(label=_("Phone"), required=False, max_length=40)
    contact = OneOf(
        label=_("Of the family"),
        queryset=Contact.objects.none(),
        required=False,
        help_text=_("Needed for one of the family: contacts whom the person has agreed to."),
    )
    on = day_field(_("From"), initial=today)
    leads = forms.BooleanField(label=_("Leads the team"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreed = Contact.objects.visible_to(self.user).filter(withdrawn_on=None)
        own = agreed.filter(person=self.target.person).order_by("pk")
        self.fields["contact"].queryset = own  # type: ignore[attr-defined]

    def perform(self) -> TeamMember:
        return services.add_member(case=self.target, by=self.user, **self.cleaned_data)


class LeadForm(ActForm):
    def perform(self) -> TeamMember:
        return services.name_lead(member=self.target, by=self.user)


class EndMemberForm(ActForm):
    on = day_field(_("Until"), initial=today)

    def perform(self) -> TeamMember:
        return services.end_member(member=self.target, by=self.user, **self.cleaned_data)
