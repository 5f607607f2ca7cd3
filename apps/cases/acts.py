"""The acts on an order, as declarations: each is a page with one form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.cases import forms, forms_steps
from apps.cases.models import Case, Leave, PoliceReport, Suspension, TeamMember
from apps.persons.models import Person


@dataclass(frozen=True)
class Act:
    """`rows` is the scope in which the target is looked up; `article` stands under the title."""

    title: Promise | str
    permission: Permission
    form: type[forms.ActForm]
    rows: Callable[[User], Any]
    article: str = ""


def _cases(user: User) -> Any:
    return Case.objects.visible_to(user).select_related("person", "county", "town", "village")


def _persons(user: User) -> Any:
    return Person.objects.visible_to(user)


def _leaves(user: User) -> Any:
    return Leave.objects.visible_to(user).select_related("person")


def _suspensions(user: User) -> Any:
    return Suspension.objects.visible_to(user).select_related("person")


def _reports(user: User) -> Any:
    return PoliceReport.objects.visible_to(user).select_related("person")


def _members(user: User) -> Any:
    return TeamMember.objects.visible_to(user).select_related("person", "case")


CASE_ACTS = {
    "report": Act(
        _("Record the report"),
        Permission.CASE_EDIT,
        forms.ReportForm,
        _cases,
        "《戒毒条例》第十四条",
    ),
    "agreement": Act(
        _("Agreement signed"),
        Permission.CASE_EDIT,
        forms.AgreementForm,
        _cases,
        "《戒毒条例》第十六条",
    ),
    "plan": Act(
        _("Plan made"), Permission.CASE_EDIT, forms.PlanForm, _cases, "《戒毒条例》第十五条"
    ),
    "leave": Act(
        _("Report a leave"),
        Permission.LEAVE_RECORD,
        forms.LeaveForm,
        _cases,
        "《戒毒条例》第十九条",
    ),
    "suspend": Act(
        _("Suspend the order"),
        Permission.SUSPENSION_RECORD,
        forms.SuspensionForm,
        _cases,
        "《戒毒条例》第二十四条",
    ),
    "close": Act(
        _("Close the order"),
        Permission.CASE_CLOSE,
        forms.CloseForm,
        _cases,
        "《戒毒条例》第二十三条、第二十四条",
    ),
    "release": Act(
        _("Record the notice of release"),
        Permission.CASE_CLOSE,
        forms_steps.ReleaseForm,
        _cases,
        "《戒毒条例》第二十三条、第四十条",
    ),
    "set-end": Act(
        _("The authority sets another end"),
        Permission.SUSPENSION_RECORD,
        forms_steps.EndForm,
        _cases,
        "《戒毒条例》第二十四条",
    ),
    "police": Act(
        _("Propose a report to the police"),
        Permission.CASE_EDIT,
        forms_steps.PoliceForm,
        _cases,
        "《戒毒条例》第二十条、第二十一条",
    ),
    "end-control": Act(
        _("Propose the end of control"),
        Permission.CASE_EDIT,
        forms_steps.ControlForm,
        _cases,
        "《戒毒条例》第七条",
    ),
    "member": Act(
        _("New member of the team"),
        Permission.CASE_EDIT,
        forms_steps.MemberForm,
        _cases,
        "《戒毒条例》第十七条",
    ),
    "correct": Act(_("Correct the order"), Permission.CASE_EDIT, forms.CorrectForm, _cases),
}
PERSON_ACTS = {
    "open": Act(_("New order"), Permission.CASE_EDIT, forms.NewOrderForm, _persons),
    "tier": Act(_("Set the tier"), Permission.TIER_DECIDE, forms.TierForm, _persons),
}
LEAVE_ACTS = {
    "extend": Act(
        _("Extend the leave"),
        Permission.LEAVE_RECORD,
        forms.ExtendForm,
        _leaves,
        "《戒毒条例》第十九条",
    ),
    "return": Act(_("Record the return"), Permission.LEAVE_RECORD, forms.ReturnForm, _leaves),
    "withdraw-leave": Act(
        _("The leave did not take place"), Permission.LEAVE_RECORD, forms.WithdrawForm, _leaves
    ),
}
SUSPENSION_ACTS = {
    "resume": Act(
        _("The order goes on"),
        Permission.SUSPENSION_RECORD,
        forms.ResumeForm,
        _suspensions,
        "《戒毒条例》第二十四条",
    ),
}
REPORT_ACTS = {
    "reply": Act(
        _("Record the reply of the police"),
        Permission.CASE_CLOSE,
        forms_steps.ReplyForm,
        _reports,
        "《禁毒法》第三十八条、《戒毒条例》第二十一条",
    ),
    "withdraw-report": Act(
        _("Take the proposal back"), Permission.CASE_EDIT, forms_steps.WithdrawReportForm, _reports
    ),
}
MEMBER_ACTS = {
    "lead": Act(
        _("Leads the team from now on"),
        Permission.CASE_EDIT,
        forms_steps.LeadForm,
        _members,
        "《戒毒条例》第十七条",
    ),
    "leave-team": Act(
        _("Leaves the team"), Permission.CASE_EDIT, forms_steps.EndMemberForm, _members
    ),
}
