"""Shapes of the steps of an order; each form knows the service that it fills."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.areas.fields import AreaField
from apps.audit.act_page import ActForm
from apps.cases import services
from apps.cases.codes import ClosureReason, Ground, Measure, Reply, SuspensionReason
from apps.cases.models import Case, Leave, PoliceReport, Suspension, TeamMember
from apps.cases.models.care_team import MemberKind
from apps.core.choosing import Choice, OneOf, TypedChoice
from apps.core.days import today
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.organisations.models import Organisation
from apps.persons.models import Contact, Person
from apps.persons.unit_field import MOVES, unit_of


def day_field(label: Any, *, required: bool = True, **options: Any) -> DayField:
    return DayField(label=label, required=required, **options)


def words_field(
    label: Any, *, required: bool = True, field: type[TextField] = TextField, **options: Any
) -> TextField:
    area = forms.Textarea(attrs={"rows": 3})
    return field(label=label, required=required, max_length=900, widget=area, **options)


class ReportForm(ActForm):
    sometimes = ("late_reason",)
    on = day_field(_("Reported on"), latest=today, initial=today)
    late_reason = words_field(
        _("What the person says about the delay"),
        required=False,
        field=ReasonField,
        help_text=_("Needed after the deadline: a valid reason is no refusal."),
    )

    def perform(self) -> Case:
        return services.record_report(case=self.target, by=self.user, **self.cleaned_data)


class AgreementForm(ActForm):
    on = day_field(_("Agreement signed on"), latest=today, initial=today)
    help_words = words_field(
        _("Help agreed upon"), help_text=_("What the office does, before what the person does.")
    )
    rights = forms.BooleanField(label=_("Rights, help and remedies were read out and are in it"))

    def perform(self) -> Case:
        facts = {name: self.cleaned_data[name] for name in ("on", "help_words")}
        return services.sign_agreement(case=self.target, by=self.user, **facts)


class PlanMadeForm(ActForm):
    on = day_field(_("Plan made on"), latest=today, initial=today)

    def perform(self) -> Case:
        return services.record_plan(case=self.target, by=self.user, **self.cleaned_data)


class LeaveForm(ActForm):
    sometimes = ("reported_in_writing_on",)
    starts_on = day_field(_("First day away"), initial=today)
    until_on = day_field(
        _("Last day away"), help_text=_("Who moves for good is transferred instead.")
    )
    destination = TextField(label=_("Where to"), max_length=120)
    reported_in_writing_on = day_field(
        _("Written report of"),
        latest=today,
        required=False,
        help_text=_("Needed from three days on. The law asks for a report, not for a permit."),
    )
    note = TextField(label=_("Note"), required=False, max_length=300)

    def perform(self) -> Leave:
        return services.report_leave(case=self.target, by=self.user, **self.cleaned_data)


class ExtendForm(ActForm):
    sometimes = ("reported_in_writing_on",)
    until_on = day_field(_("Now away until"))
    reported_in_writing_on = day_field(
        _("Written report of"),
        latest=today,
        required=False,
        help_text=_("Needed from three days on. The law asks for a report, not for a permit."),
    )
    note = TextField(label=_("Note"), required=False, max_length=300)

    def perform(self) -> Leave:
        return services.extend_leave(leave=self.target, by=self.user, **self.cleaned_data)


class ReturnForm(ActForm):
    on = day_field(_("Returned on"), latest=today, initial=today)

    def perform(self) -> Leave:
        return services.record_return(leave=self.target, by=self.user, **self.cleaned_data)


class WithdrawLeaveForm(ActForm):
    reason = ReasonField(label=_("Why it did not take place"), max_length=200)

    def perform(self) -> Leave:
        return services.withdraw_leave(leave=self.target, by=self.user, **self.cleaned_data)


class SuspensionForm(ActForm):
    starts_on = day_field(_("Held since"), latest=today, initial=today)
    reason = Choice(label=_("Reason"), choices=SuspensionReason.choices)
    note = TextField(label=_("Paper and number"), required=False, max_length=300)

    def perform(self) -> Suspension:
        return services.suspend_case(case=self.target, by=self.user, **self.cleaned_data)


class ResumeForm(ActForm):
    on = day_field(_("Goes on from"), initial=today)

    def perform(self) -> Suspension:
        return services.resume_case(suspension=self.target, by=self.user, **self.cleaned_data)


class NotHeldForm(ActForm):
    reason = ReasonField(label=_("Why the entry is taken back"), max_length=200)

    def perform(self) -> Suspension:
        return services.withdraw_suspension(
            suspension=self.target, by=self.user, **self.cleaned_data
        )


class CloseOrderForm(ActForm):
    reason = Choice(
        label=_("Reason"),
        choices=[pair for pair in ClosureReason.choices if pair[0] != ClosureReason.RELEASED],
        help_text=_("After the term: record the notice of release instead."),
    )
    on = day_field(_("Closed on"), latest=today, initial=today)
    note = TextField(label=_("Paper of closure"), required=False, max_length=120)

    def perform(self) -> Case:
        return services.close_case(case=self.target, by=self.user, **self.cleaned_data)


class OrderForm(ActForm):
    """The paper of the order; the target is the person, or the order that is corrected."""

    sometimes = ("reported_on",)

    measure = Choice(label=_("Measure"), choices=Measure.choices)
    decision_number = TextField(label=_("Decision number"), required=False, max_length=80)
    authority = OneOf(
        label=_("Deciding authority"), queryset=Organisation.objects.none(), required=False
    )
    decided_on = day_field(_("Decided on"), latest=today, required=False)
    received_on = day_field(_("Received on"), latest=today, required=False)
    reported_on = day_field(
        _("Reported on"),
        latest=today,
        required=False,
        help_text=_("Needed where an agreement was signed."),
    )
    agreement_on = day_field(_("Agreement signed on"), latest=today, required=False)
    paper_end_on = day_field(_("End on the paper"), required=False)
    term_months = TypedChoice(
        label=_("Term"),
        coerce=int,
        choices=[(36, _("3 years")), (24, _("2 years")), (12, _("1 year"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # 禁毒法 art. 33: the county's public security organ orders it, no police station.
        here = Q(county_id=self.target.county_id, town=None, kind="police", active=True)
        held = Q(pk=getattr(self.target, "authority_id", None))
        register = Organisation.objects.filter(here | held)
        self.fields["authority"].queryset = register.order_by("name")  # type: ignore[attr-defined]


class NewOrderForm(OrderForm):
    target: Person

    def perform(self) -> Case:
        return services.open_case(person=self.target, by=self.user, **self.cleaned_data)


class CorrectForm(OrderForm):
    """All dates again, the executing unit, why, and the version that was read."""

    target: Case
    area = AreaField(label=_("Executing unit"), help_text=MOVES)
    plan_on = day_field(_("Plan made on"), latest=today, required=False)
    reason = ReasonField(label=_("Why it is corrected"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = self.target
        self.fields["area"].bind(self.user.area)  # type: ignore[attr-defined]
        self.place = unit_of(case)
        known = {name: getattr(case, name) for name in self.fields if hasattr(case, name)}
        self.initial = known | {"area": self.place} | dict(self.initial)
        held = case.term_months
        terms = list(self.fields["term_months"].choices)  # type: ignore[attr-defined]
        if held not in dict(terms):
            months = (held, _("%(n)s months") % {"n": held})
            self.fields["term_months"].choices = [months, *terms]  # type: ignore[attr-defined]

    def perform(self) -> Case:
        facts = dict(self.cleaned_data)
        area = facts.pop("area")
        return services.correct_case(
            case=self.target, by=self.user, area=None if area == self.place else area, **facts
        )


class ReleaseForm(ActForm):
    number = TextField(label=_("Number of the notice"), max_length=80)
    notice_on = day_field(_("Date of the notice"), latest=today)
    told_on = day_field(
        _("Office notified on"),
        latest=today,
        initial=today,
        help_text=_("The police give notice within seven days."),
    )

    def perform(self) -> Case:
        return services.release_case(case=self.target, by=self.user, **self.cleaned_data)


class SetEndForm(ActForm):
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
    sometimes = ("name", "unit", "contact")
    kind = Choice(label=_("Kind"), choices=MemberKind.choices)
    name = TextField(
        label=_("Name"),
        required=False,
        max_length=60,
        help_text=_("Needed unless one of the family is chosen."),
    )
    phone = TextField(label=_("Phone"), required=False, max_length=40)
    unit = TextField(
        label=_("Unit or relation"),
        required=False,
        max_length=60,
        help_text=_("Police station, village, office; needed for somebody else: who it is."),
    )
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
    reason = ReasonField(label=_("Why the member leaves"), max_length=200)

    def perform(self) -> TeamMember:
        return services.end_member(member=self.target, by=self.user, **self.cleaned_data)


class WithdrawMemberForm(ActForm):
    reason = ReasonField(label=_("Why it is withdrawn"), max_length=200)

    def perform(self) -> TeamMember:
        return services.withdraw_member(member=self.target, by=self.user, **self.cleaned_data)
