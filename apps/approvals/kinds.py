"""What may wait for a decision: apps above declare their kinds here when they are loaded.

docs/approvals.md tells how to add one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise

from apps.accounts.permissions import Permission
from apps.approvals.facts import Facts

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.approvals.models import Proposal

Words = str | Promise
Decided = Callable[["Proposal", "User"], None]


def _reads_file(proposal: "Proposal", reader: "User") -> bool:
    from apps.persons.models import Person

    return Person.objects.visible_to(reader).filter(pk=proposal.person_id).exists()


def _nobody(proposal: "Proposal") -> "Iterable[User]":
    return ()


@dataclass(frozen=True)
class ProposalKind:
    """One kind. Both callbacks run in the transaction of the decision.

    `on_approve` does what was proposed, and may raise Refused: then nothing is stored. `tells`
    puts the facts that were kept into the reader's words. `permission` decides; `article` stands
    on the page, the same for all or by proposal; `approving` and `rejecting` say what either
    answer does; `subject_url` leads to what it is about; `needs_reason`: an approval says why, as
    a rejection always does. `name`: what was decided, for those who are told of it: who proposed
    it, and whom it `concerns` besides. `opens_to`: whether a reader may go to `subject_url`.
    """

    code: str
    label: Words
    name: Words
    on_approve: Decided
    on_reject: Decided
    subject_url: Callable[["Proposal"], str]
    tells: Callable[[Facts], str]
    permission: Permission = Permission.APPROVE
    article: Words | Callable[["Proposal"], Words] = ""
    approving: Words = ""
    rejecting: Words = ""
    needs_reason: bool = False
    concerns: Callable[["Proposal"], "Iterable[User]"] = _nobody
    opens_to: Callable[["Proposal", "User"], bool] = _reads_file


KINDS: Final[dict[str, ProposalKind]] = {}


def register(kind: ProposalKind) -> ProposalKind:
    """Declare a kind; from `ready()` of the app that owns it."""
    KINDS[kind.code] = kind
    return kind


def label_of(code: str) -> Words:
    """The words of a kind; the code itself of one that no app declares any more."""
    return KINDS[code].label if code in KINDS else code


def name_of(code: str) -> Words:
    """What was decided, in a word or two."""
    return KINDS[code].name if code in KINDS else code


def needs_reason(code: str) -> bool:
    """Whether an approval of this kind says why."""
    return code in KINDS and KINDS[code].needs_reason
