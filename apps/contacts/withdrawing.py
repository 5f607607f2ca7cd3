"""A record is taken back: it stays, and counts no more."""

from datetime import datetime

from apps.accounts.models import User
from apps.audit.acting import acting
from apps.contacts.recorded import RecordedAct
from apps.core.saving import save_or_refuse
from apps.notices.services import ring_withdrawn


def take_back(row: RecordedAct, by: User, reason: str, at: datetime) -> None:
    """Part of undoing and withdrawing. Whoever had recorded it hears of it; outcomes follow from
    whoever asks.
    """
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, by, reason
    row.version += 1
    with acting(by, reason):
        save_or_refuse(row)
    ring_withdrawn(row=row, made_by_id=row.recorded_by_id, by=by)
