"""A record is taken back: it stays, and counts no more."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from apps.accounts.models import User
from apps.audit.acting import acting
from apps.contacts.recorded import RecordedAct
from apps.core.saving import save_or_refuse
from apps.notices.services import ring_withdrawn
from apps.persons.models import Merge


def take_back(row: RecordedAct, by: User, reason: str, at: datetime) -> None:
    """Part of undoing and withdrawing. Whoever had recorded it hears of it; outcomes follow from
    whoever asks.
    """
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, by, reason
    row.version += 1
    with acting(by, reason):
        save_or_refuse(row)
    ring_withdrawn(row=row, made_by_id=row.recorded_by_id, by=by)


def give_back(model: type[Any], of: str, merge: Merge) -> None:
    """A merge is undone: what was taken back of the file that goes, for it was taken back of the
    other one and both were one person, stands again. Whoever said no said it under the kept file.
    `of`: the column of what both rows belong to, a list or a round.
    """
    came = merge.rows.filter(model=model._meta.label, column="person").values("row")
    along = model.objects.filter(
        person=merge.person_id, withdrawn_at=OuterRef("withdrawn_at"), **{of: OuterRef(of)}
    )
    rows = model.objects.filter(
        Exists(along), pk__in=came, person=merge.merged_id, withdrawn_at__gte=merge.merged_at
    )
    by: Any = merge.undone_by
    with acting(by, merge.undo_reason):
        for row in rows.select_for_update(of=("self",)).order_by("pk"):
            row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = None, None, ""
            save_or_refuse(row)
