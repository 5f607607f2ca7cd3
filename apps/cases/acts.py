"""The acts on an order, as declarations: each is a page with one form."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.audit.act_page import Act, Words
from apps.cases import forms
from apps.cases.law import Step, article_of
from apps.cases.models import Case, Leave, PoliceReport, Suspension, TeamMember
from apps.cases.next_steps import (
    AGREEMENT,
    END_CONTROL,
    PLAN,
    RELEASE,
    REPLY,
    REPORT,
    RESUME,
    RETURN,
    STEPS,
)
from apps.persons.models import Person

SAVED = _("Saved.")


@dataclass(frozen=True)
class CaseAct(Act):
    """`rows` is the scope in which the target is looked up; `step` names the law of it."""

    done: Words = SAVED
    rows: Callable[[User], Any] = field(kw_only=True)
    step: Step | None = field(default=None, kw_only=True)

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
    REPORT: CaseAct(
        _("Record reporting"),
        STEPS[REPORT].permission,
        forms.ReportForm,
        rows=_cases,
        step=Step.REPORT,
    ),
    AGREEMENT: CaseAct(
        _("Agreement signed"),
        STEPS[AGREEMENT].permission,
        forms.AgreementForm,
        rows=_cases,
        step=Step.AGREEMENT,
    ),
    PLAN: CaseAct(
        _("Plan made"), STEPS[PLAN].permission, forms.PlanMadeForm, rows=_cases, step=Step.PLAN
    ),
    "leave": CaseAct(
        _("Record a leave"), Permission.LEAVE_RECORD, forms.LeaveForm, rows=_cases, step=Step.LEAVE
    ),
    "suspend": CaseAct(
        _("Suspend the order"),
        Permission.SUSPENSION_RECORD,
        forms.SuspensionForm,
        rows=_cases,
        step=Step.SUSPENSION,
    ),
    "close": CaseAct(
        _("Close the order"),
        Permission.CASE_CLOSE,
        forms.CloseOrderForm,
        rows=_cases,
        step=Step.END,
    ),
    RELEASE: CaseAct(
        _("Record the notice of release"),
        STEPS[RELEASE].permission,
        forms.ReleaseForm,
        rows=_cases,
        step=Step.RELEASE,
    ),
    "set-end": CaseAct(
        _("The authority sets another end"),
        Permission.SUSPENSION_RECORD,
        forms.SetEndForm,
        rows=_cases,
        step=Step.SUSPENSION,
    ),
    "police": CaseAct(
        _("Propose a report to the police"),
        Permission.CASE_EDIT,
        forms.PoliceForm,
        rows=_cases,
        step=Step.POLICE,
    ),
    END_CONTROL: CaseAct(
        _("Propose the end of control"),
        STEPS[END_CONTROL].permission,
        forms.ControlForm,
        rows=_cases,
        step=Step.CONTROL,
    ),
    "member": CaseAct(
        _("New member of the team"),
        Permission.CASE_EDIT,
        forms.MemberForm,
        rows=_cases,
        step=Step.TEAM,
    ),
    "correct": CaseAct(
        _("Correct the order"), Permission.CASE_EDIT, forms.CorrectForm, rows=_cases
    ),
}
PERSON_ACTS = {
    "open": CaseAct(_("New order"), Permission.CASE_EDIT, forms.NewOrderForm, rows=_persons)
}
LEAVE_ACTS = {
    "extend": CaseAct(
        _("Extend the leave"),
        Permission.LEAVE_RECORD,
        forms.ExtendForm,
        rows=_leaves,
        step=Step.LEAVE,
    ),
    RETURN: CaseAct(
        _("Record the return"), STEPS[RETURN].permission, forms.ReturnForm, rows=_leaves
    ),
    "withdraw-leave": CaseAct(
        _("The leave did not take place"),
        Permission.LEAVE_RECORD,
        forms.WithdrawLeaveForm,
        rows=_leaves,
    ),
}
SUSPENSION_ACTS = {
    RESUME: CaseAct(
        _("The order goes on"),
        STEPS[RESUME].permission,
        forms.ResumeForm,
        rows=_suspensions,
        step=Step.SUSPENSION,
    ),
    "not-held": CaseAct(
        _("The person was not held"),
        Permission.SUSPENSION_RECORD,
        forms.NotHeldForm,
        rows=_suspensions,
    ),
}
REPORT_ACTS = {
    REPLY: CaseAct(
        _("Record the reply of the police"),
        STEPS[REPLY].permission,
        forms.ReplyForm,
        rows=_reports,
        step=Step.REPLY,
    ),
    "withdraw-report": CaseAct(
        _("Take the proposal back"), Permission.CASE_EDIT, forms.WithdrawReportForm, rows=_reports
    ),
}
MEMBER_ACTS = {
    "lead": CaseAct(
        _("Leads the team from now on"),
        Permission.CASE_EDIT,
        forms.LeadForm,
        rows=_members,
        step=Step.TEAM,
    ),
    "leave-team": CaseAct(
        _("Leaves the team"), Permission.CASE_EDIT, forms.EndMemberForm, rows=_members
    ),
    "withdraw-member": CaseAct(
        _("Withdraw the record"), Permission.CASE_EDIT, forms.WithdrawMemberForm, rows=_members
    ),
}
