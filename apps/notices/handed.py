"""What the apps below tell of: an answer of a second person, persons handed to a worker."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from apps.accounts.models import AccountProposal, User
from apps.accounts.models.proposals import Decision
from apps.audit.acting import in_ledger
from apps.core.days import today
from apps.notices.codes import Kind
from apps.notices.services import ring
from apps.persons.models import Assignment, AssignmentKind

# More than so many at once are one line.
ONE_BY_ONE: Final = 3
DECIDED = {Decision.CONFIRMED: Kind.ACCOUNT_CONFIRMED, Decision.REJECTED: Kind.ACCOUNT_REJECTED}


def account_decided(proposal: AccountProposal, by: User) -> None:
    """Who asked hears the answer of the second person; the holder sees it on the own account."""
    if kind := DECIDED.get(Decision(proposal.decision)):
        ring(
            kind=kind, readers=[proposal.proposed_by_id], subject=proposal.public_id, by=by,
            colleague=proposal.user,
        )  # fmt: skip


def persons_handed(rows: Sequence[Assignment], by: User) -> None:
    """Each worker hears of the persons that were given: one by one, or how many."""
    groups: dict[int, list[Assignment]] = defaultdict(list)
    for row in rows:
        groups[row.worker_id].append(row)
    for worker_id, theirs in groups.items():
        first = theirs[0]
        if in_ledger():
            # Line by line they came, and are told once a day.
            ring(
                kind=Kind.BY_LEDGER, readers=[worker_id], subject=first.worker.public_id, by=by,
                mark=str(today()),
            )  # fmt: skip
            continue
        if len(theirs) > ONE_BY_ONE:
            ring(
                kind=Kind.CASELOAD, readers=[worker_id], subject=first.public_id, by=by,
                starts_on=first.starts_on, number=len(theirs),
            )  # fmt: skip
            continue
        for row in theirs:
            covers = row.kind == AssignmentKind.COVER
            ring(
                kind=Kind.COVER_PERSON if covers else Kind.HANDED, readers=[worker_id],
                subject=row.public_id, by=by, about_id=row.person_id, starts_on=row.starts_on,
                until_on=row.ends_on,
            )  # fmt: skip


def assignments_withdrawn(rows: Sequence[Assignment], by: User) -> None:
    """Who was told of a person hears that it comes to nothing."""
    for row in rows:
        ring(
            kind=Kind.HANDED_BACK, readers=[row.worker_id], subject=row.public_id, by=by,
            about_id=row.person_id, starts_on=row.starts_on,
        )  # fmt: skip
