"""What the apps below tell of: a second person who is needed, the answer of one, persons handed to
a worker.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from apps.accounts.deciding import seconds_for
from apps.accounts.models import AccountProposal, User
from apps.accounts.models.proposals import AccountDecision
from apps.audit.acting import in_ledger
from apps.core.days import today
from apps.notices.codes import NoticeKind
from apps.notices.services import anew, ring
from apps.persons.models import Assignment, AssignmentKind, Merge
from apps.persons.services.assigning import Taken

# More than so many at once are one line.
ONE_BY_ONE: Final = 3
DECIDED = {
    AccountDecision.CONFIRMED: NoticeKind.ACCOUNT_CONFIRMED,
    AccountDecision.REJECTED: NoticeKind.ACCOUNT_REJECTED,
}


def account_asked(proposal: AccountProposal) -> None:
    """Everybody who may be the second person hears that one is needed."""
    ring(
        kind=NoticeKind.ACCOUNT_ASKED, readers=[user.pk for user in seconds_for(proposal)],
        subject=proposal.public_id, by=proposal.proposed_by, colleague=proposal.user,
    )  # fmt: skip


def account_decided(proposal: AccountProposal, by: User) -> None:
    """Who asked hears the answer of the second person; the holder sees it on the own account."""
    if kind := DECIDED.get(AccountDecision(proposal.decision)):
        ring(
            kind=kind, readers=[proposal.proposed_by_id], subject=proposal.public_id, by=by,
            colleague=proposal.user,
        )  # fmt: skip


def persons_handed(rows: Sequence[Assignment], by: User) -> None:
    """Each worker hears of the persons that were given: one by one, or how many.

    Who has a person already is given nothing: each time is a happening of its own, on one day, too.
    """
    groups: dict[int, list[Assignment]] = defaultdict(list)
    for row in rows:
        groups[row.worker_id].append(row)
    for worker_id, theirs in groups.items():
        first = theirs[0]
        if in_ledger():
            # Line by line they came, and are told once a day.
            ring(
                kind=NoticeKind.BY_LEDGER,
                readers=[worker_id],
                subject=first.worker.public_id,
                by=by,
                mark=str(today()),
            )
            continue
        if len(theirs) > ONE_BY_ONE:
            ring(
                kind=NoticeKind.CASELOAD, readers=[worker_id], subject=first.public_id, by=by,
                starts_on=first.starts_on, number=len(theirs), mark=anew(),
            )  # fmt: skip
            continue
        for row in theirs:
            covers = row.kind == AssignmentKind.COVER
            ring(
                kind=NoticeKind.COVER_PERSON if covers else NoticeKind.HANDED, readers=[worker_id],
                subject=row.public_id, by=by, about_id=row.person_id, starts_on=row.starts_on,
                until_on=row.ends_on, mark=anew(),
            )  # fmt: skip


def persons_taken(taken: Sequence[Taken], by: User) -> None:
    """Each worker hears who is no longer to be looked after: one by one, or how many."""
    groups: dict[tuple[User, User | None], dict[int, Taken]] = defaultdict(dict)
    for one in taken:
        groups[one.worker, one.to].setdefault(one.row.person_id, one)
    for (worker, to), theirs in groups.items():
        first = next(iter(theirs.values()))
        if in_ledger():
            ring(
                kind=NoticeKind.TAKEN_BY_LEDGER,
                readers=[worker.pk],
                subject=worker.public_id,
                by=by,
                mark=str(today()),
            )
        elif to is not None and len(theirs) > ONE_BY_ONE:
            ring(
                kind=NoticeKind.TAKEN_MANY, readers=[worker.pk], subject=first.row.public_id, by=by,
                colleague=to, starts_on=first.starts_on, number=len(theirs), mark=anew(),
            )  # fmt: skip
        else:
            for one in theirs.values():
                ring(
                    kind=_loss(one), readers=[worker.pk], subject=one.row.public_id, by=by,
                    about_id=one.row.person_id, colleague=to, starts_on=one.starts_on, mark=anew(),
                )  # fmt: skip


def _loss(one: Taken) -> NoticeKind:
    if one.moved:
        return NoticeKind.MOVED_AWAY
    return NoticeKind.TAKEN if one.to is not None else NoticeKind.UNCOVERED


def files_merged(merge: Merge, concerned: Mapping[int, Collection[int]]) -> None:
    """Whoever looks after the person hears that there is one file now, or are two again."""
    undone = merge.undone_at is not None
    for person_id, readers in concerned.items():
        ring(
            kind=NoticeKind.MERGE_UNDONE if undone else NoticeKind.MERGED,
            readers=readers,
            subject=merge.public_id,
            by=merge.undone_by if undone else merge.merged_by,
            about_id=person_id,
        )


def assignments_withdrawn(rows: Sequence[Assignment], by: User) -> None:
    """Who was told of a person hears that it comes to nothing."""
    for row in rows:
        ring(
            kind=NoticeKind.HANDED_BACK, readers=[row.worker_id], subject=row.public_id, by=by,
            about_id=row.person_id, starts_on=row.starts_on,
        )  # fmt: skip
