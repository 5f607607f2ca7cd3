"""A risk level that rises to high waits for a supervisor (docs/law.md, 3)."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.approvals.kinds import ProposalKind, register

if TYPE_CHECKING:
    from apps.approvals.facts import Facts
    from apps.approvals.models import Proposal


def _approve(proposal: "Proposal", by: User) -> None:
    from apps.assessments.services import hold_numbers, put_in_force

    hold_numbers()
    put_in_force(_of(proposal), by)


def _reject(proposal: "Proposal", by: User) -> None:
    from apps.assessments.services import send_back

    send_back(_of(proposal), by, proposal.decision_reason)


def _tells(facts: "Facts") -> str:
    from apps.assessments.services.assess import facts_in_words

    return facts_in_words(facts)


def _assessor(proposal: "Proposal") -> list[User]:
    return [_of(proposal).assessor]


def _of(proposal: "Proposal"):  # type: ignore[no-untyped-def]
    from apps.assessments.models import Assessment

    rows = Assessment.objects.select_for_update(of=("self",))
    return rows.get(public_id=proposal.subject)


HIGH = register(
    ProposalKind(
        code="assessment",
        label=_("High risk level to be approved"),
        name=_("the risk level “high”"),
        on_approve=_approve,
        on_reject=_reject,
        tells=_tells,
        subject_url=lambda proposal: reverse(
            "assessments:person", args=[proposal.person.public_id]
        ),
        article=_("Personal Information Protection Law, art. 24: a person decides, no program"),
        approving=_(
            "Approved: duties follow the high risk level from today; the person is notified"
            " of the reason."
        ),
        concerns=_assessor,
        rejecting=_(
            "Rejected: the risk level stays as it was, and the assessor reads your reason."
        ),
    )
)
