"""What of an order waits for a supervisor: leave where the office says so, reports, control."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.approvals.kinds import ProposalKind, register
from apps.approvals.models import Proposal
from apps.cases.law import Step, article_of
from apps.cases.models import Case, Leave, PoliceReport
from apps.cases.services.absences import LEAVE, leave_in_words, leave_not_approved
from apps.cases.services.endings import CONTROL, control_in_words, end_control
from apps.cases.services.police import POLICE, drop_report, report_in_words, send_report


def _case_url(proposal: Proposal) -> str:
    return reverse("cases:case", args=[proposal.person.public_id])


def _row(model: Any, proposal: Proposal) -> Any:
    return model.objects.get(public_id=proposal.subject)


def _police_article(proposal: Proposal) -> Promise:
    """Detoxification and rehabilitation differ."""
    return article_of(Step.POLICE, _row(PoliceReport, proposal).case.measure)


def _nothing(proposal: Proposal, by: User) -> None:
    """The decision itself is the record."""


def _reject_leave(proposal: Proposal, by: User) -> None:
    leave_not_approved(_row(Leave, proposal), by, proposal.decision_reason)


def _send(proposal: Proposal, by: User) -> None:
    send_report(_row(PoliceReport, proposal), by)


def _drop(proposal: Proposal, by: User) -> None:
    drop_report(_row(PoliceReport, proposal), by, proposal.decision_reason)


def _end_control(proposal: Proposal, by: User) -> None:
    end_control(_row(Case, proposal), by)


register(
    ProposalKind(
        code=LEAVE,
        label=_("Leave"),
        name=_("a leave"),
        on_approve=_nothing,
        on_reject=_reject_leave,
        tells=leave_in_words,
        subject_url=_case_url,
        article=_(
            "Regulation, art. 19 asks for a written report; approval is a rule of the office"
        ),
        approving=_("Approved: the leave stands as reported."),
        rejecting=_("Rejected: a leave that has not begun is withdrawn, one that runs ends today."),
    )
)
register(
    ProposalKind(
        code=POLICE,
        label=_("Report to the police"),
        name=_("a report to the police"),
        on_approve=_send,
        on_reject=_drop,
        tells=report_in_words,
        subject_url=_case_url,
        article=_police_article,
        approving=_(
            "Approved: the report goes to the police, who decide; the order goes on until then."
        ),
        rejecting=_("Rejected: nothing is reported."),
    )
)
register(
    ProposalKind(
        code=CONTROL,
        label=_("End of control"),
        name=_("the end of control"),
        on_approve=_end_control,
        on_reject=_nothing,
        tells=control_in_words,
        subject_url=_case_url,
        article=_("Regulation, art. 7"),
        approving=_("Approved: the proposal goes to the police; the office asks nothing any more."),
        rejecting=_("Rejected: it can be proposed again."),
    )
)
