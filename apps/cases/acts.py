"""The acts on an order, as declarations: each is a page with one form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.audit.act_page import ActForm
from apps.cases import forms
from apps.cases.law import Step, article_of
from apps.cases.models import Case, Leave, PoliceReport, Suspension, TeamMember
from apps.persons.models import Person


@dataclass(frozen=True)
class CaseAct:
    """`rows` is the scope in which the target is looked up; `step` names the law of it."""

    title: Promise | str
    permission: Permission
    form: type[ActForm]
    rows: Callable[[User], Any]
    step: Step | None = None

    def article(self, target: Any) -> Promise | str:
        """Stands under the title: another one for each measure."""
        case = getattr(target, "case", target)
        measure = getattr(case, "measure", "")
        return article_of(self.step, measure) if self.step and measure else ""


def _cases(user: User) -> Any:
    return Case.objects.visible_to(user).select_related("person", "county", "town", "village")


def _persons(user: User) -> Any:
    return Person.objects.visible_to(user)


def _leaves(user: User) -> Any:
    return Leave.objects.visible_to(user).select_related("person", "case")


def _suspensions(user: User) -> Any:
    return Suspension.objects.visible_to(user).select_related("person", "case")


def _reports(user: User) -> Any:
    return PoliceReport.objects.visible_to(user).select_related("person", "case")


def _members(user: User) -> Any:
    return TeamMember.objects.visible_to(user).select_related("person", "case")


CASE_ACTS = {
    "report": CaseAct(
        _("Record reporting"), Permission.CASE_EDIT, forms.ReportForm, _cases, Step.REPORT
    ),
    "agreement": CaseAct(
        _("Agreement signed"), Permission.CASE_EDIT, forms.AgreementForm, _cases, Step.AGREEMENT
    ),
    "plan": CaseAct(_("Plan made"), Permission.CASE_EDIT, forms.PlanMadeForm, _cases, Step.PLAN),
    "leave": CaseAct(
        _("Record a leave"), Permission.LEAVE_RECORD, forms.LeaveForm, _cases, Step.LEAVE
    ),
    "suspend": CaseAct(
        _("Suspend the order"),
        Permission.SUSPENSION_RECORD,
        forms.SuspensionForm,
        _cases,
        Step.SUSPENSION,
    ),
    "close": CaseAct(
        _("Close the order"), Permission.CASE_CLOSE, forms.CloseOrderForm, _cases, Step.END
    ),
    "release": CaseAct(
        _("Record the notice of release"),
        Permission.CASE_CLOSE,
        forms.ReleaseForm,
        _cases,
        Step.RELEASE,
    ),
    "set-end": CaseAct(
        _("The authority sets another end"),
        Permission.SUSPENSION_RECORD,
        forms.SetEndForm,
        _cases,
        Step.SUSPENSION,
    ),
    "police": CaseAct(
        _("Propose a report to the police"),
        Permission.CASE_EDIT,
        forms.PoliceForm,
        _cases,
        Step.POLICE,
    ),
    "end-control": CaseAct(
        _("Propose the end of control"),
        Permission.CASE_EDIT,
        forms.ControlForm,
        _cases,
        Step.CONTROL,
    ),
    "member": CaseAct(
        _("New member of the team"), Permission.CASE_EDIT, forms.MemberForm, _cases, Step.TEAM
    ),
    "correct": CaseAct(_("Correct the order"), Permission.CASE_EDIT, forms.CorrectForm, _cases),
}
PERSON_ACTS = {"open": CaseAct(_("New order"), Permission.CASE_EDIT, forms.NewOrderForm, _persons)}
LEAVE_ACTS = {
    "extend": CaseAct(
        _("Extend the leave"), Permission.LEAVE_RECORD, forms.ExtendForm, _leaves, Step.LEAVE
    ),
    "return": CaseAct(_("Record the return"), Permission.LEAVE_RECORD, forms.ReturnForm, _leaves),
    "withdraw-leave": CaseAct(
        _("The leave did not take place"), Permission.LEAVE_RECORD, forms.WithdrawLeaveForm, _leaves
    ),
}
SUSPENSION_ACTS = {
    "resume": CaseAct(
        _("The order goes on"),
        Permission.SUSPENSION_RECORD,
        forms.ResumeForm,
        _suspensions,
        Step.SUSPENSION,
    ),
    "not-held": CaseAct(
        _("The person was not held"), Permission.SUSPENSION_RECORD, forms.NotHeldForm, _suspensions
    ),
}
REPORT_ACTS = {
    "reply": CaseAct(
        _("Record the reply of the police"),
        Permission.CASE_CLOSE,
        forms.ReplyForm,
        _reports,
        Step.REPLY,
    ),
    "withdraw-report": CaseAct(
        _("Take the proposal back"), Permission.CASE_EDIT, forms.WithdrawReportForm, _reports
    ),
}
MEMBER_ACTS = {
    "lead": CaseAct(
        _("Leads the team from now on"), Permission.CASE_EDIT, forms.LeadForm, _members, Step.TEAM
    ),
    "leave-team": CaseAct(
        _("Leaves the team"), Permission.CASE_EDIT, forms.EndMemberForm, _members
    ),
}
