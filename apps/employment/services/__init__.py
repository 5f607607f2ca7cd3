"""Acts of work and training."""

from apps.employment.services.bases import change_base, open_base
from apps.employment.services.courses import (
    enrol,
    open_course,
    record_certificate,
    record_examination,
    record_hours,
)
from apps.employment.services.placements import end_placement, note_look, open_placement
from apps.employment.services.withdrawing import withdraw_entry

__all__ = [
    "change_base", "end_placement", "enrol", "note_look", "open_base", "open_course",
    "open_placement", "record_certificate", "record_examination", "record_hours", "withdraw_entry",
]  # fmt: skip
