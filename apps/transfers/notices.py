"""Both units hear of a transfer; what becomes of it the inbox tells who sent it."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.urls import reverse

from apps.accounts.models import User
from apps.notices.codes import NoticeKind
from apps.notices.models import Notice
from apps.notices.readers import supervisors_of
from apps.notices.services import ring
from apps.transfers.models import Transfer


def tell_asked(transfer: Transfer, by: User) -> None:
    """Who hands over."""
    ring(
        kind=NoticeKind.TRANSFER_ASKED, readers=supervisors_of(transfer.sender),
        subject=transfer.public_id, by=by, about_id=transfer.person_id,
    )  # fmt: skip


def tell_handed_over(transfer: Transfer, by: User) -> None:
    """Who recorded that the person asks for it; and who decides over there."""
    tell = partial(ring, subject=transfer.public_id, by=by, about_id=transfer.person_id)
    tell(kind=NoticeKind.TRANSFER_SENT, readers=[transfer.recorded_by_id])
    tell(kind=NoticeKind.TRANSFER_COMES, readers=supervisors_of(transfer.receiver))


def tell_cancelled(transfer: Transfer, by: User) -> None:
    """Whoever waits for it: who asked, who handed it over, who was to decide."""
    readers = {transfer.recorded_by_id, transfer.handed_over_by_id}
    if transfer.handed_over_by_id is not None:
        readers.update(supervisors_of(transfer.receiver))
    ring(
        kind=NoticeKind.TRANSFER_CANCELLED, readers=readers, subject=transfer.public_id, by=by,
        about_id=transfer.person_id,
    )  # fmt: skip


def named_in_transfers(notices: Sequence[Notice], reader: User) -> set[UUID]:
    """Whoever may open a transfer reads there whose it is."""
    rows = Transfer.objects.visible_to(reader)
    subjects = [notice.subject for notice in notices]
    return set(rows.filter(public_id__in=subjects).values_list("public_id", flat=True))


def transfer_page(notice: Notice, reader: User) -> str:
    rows = Transfer.objects.visible_to(reader).filter(public_id=notice.subject)
    return reverse("transfers:transfer", args=[notice.subject]) if rows.exists() else ""
