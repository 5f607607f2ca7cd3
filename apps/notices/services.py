"""Ring, read, forget. Called by the services whose act is told of, in their transaction."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Greatest
from django.utils import timezone

from apps.accounts.models import User
from apps.core.fields import uuid7
from apps.notices.codes import NoticeKind
from apps.notices.models import Notice


def anew() -> str:
    """The mark of a happening that may come again on the same row: each time is told."""
    return str(uuid7())


def ring(
    *,
    kind: NoticeKind,
    readers: Iterable[int | None],
    subject: UUID,
    by: User | None,
    about_id: int | None = None,
    mark: str = "",
    colleague: User | None = None,
    starts_on: date | None = None,
    until_on: date | None = None,
    number: int | None = None,
) -> None:
    """Tell these accounts what happened. Nobody hears of the own act, nobody twice of one, and a
    closed account of nothing.
    """
    told = {pk for pk in readers if pk is not None and (by is None or pk != by.pk)}
    if not told:
        return
    active = User.objects.active().filter(pk__in=told).order_by("pk").values_list("pk", flat=True)
    Notice.objects.bulk_create(
        [
            Notice(
                reader_id=pk, kind=kind, subject=subject, mark=mark, about_id=about_id, by=by,
                colleague=colleague, starts_on=starts_on, until_on=until_on, number=number,
            )
            for pk in active
        ],
        # Two acts at once: the second waits for the first, and adds nothing.
        ignore_conflicts=True,
    )  # fmt: skip


def ring_withdrawn(
    *, row: Any, made_by_id: int | None, by: User, kind: NoticeKind = NoticeKind.ENTRY_WITHDRAWN
) -> None:
    """Whoever made an entry or a paper hears that somebody else took it back."""
    ring(kind=kind, readers=[made_by_id], subject=row.public_id, by=by, about_id=row.person_id)


@transaction.atomic
def mark_read(*, notice: Notice, by: User) -> Notice:
    """The reader has opened it; the first time counts."""
    locked = Notice.objects.visible_to(by).select_for_update(of=("self",)).get(pk=notice.pk)
    if locked.read_at is None:
        locked.read_at = max(timezone.now(), locked.at)
        locked.save(update_fields=["read_at"])
    return locked


def mark_all_read(*, by: User, until: Notice) -> int:
    """All that the reader had before the eyes; what rang since stays unread."""
    unread = Notice.objects.visible_to(by).unread().rung_until(until)
    return unread.update(read_at=Greatest("at", timezone.now()))


def forget_read() -> int:
    """Notices that were read long ago; the acts that they told of stay."""
    kept = timedelta(days=settings.NOTICES_KEPT_DAYS)
    return Notice.objects.read_before(timezone.now() - kept).delete()[0]
