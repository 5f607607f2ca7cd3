"""Acts of work and training."""

from apps.employment.services.bases import change_base, open_base
from apps.employment.services.correcting import (
    End,
    correct_enrolment,
    correct_placement,
    take_back_end,
)
from apps.employment.services.courses import (
    change_course,
    enrol,
    open_course,
    record_certificate,
    record_examination,
    record_hours,
)
from apps.employment.services.placements import end_placement, note_look, open_placement
from apps.employment.services.withdrawing import withdraw_entry

__all__ = [
    "End", "change_base", "change_course", "correct_enrolment", "correct_placement",
    "end_placement", "enrol", "note_look", "open_base", "open_course", "open_placement",
    "record_certificate", "record_examination", "record_hours", "take_back_end", "withdraw_entry",
]  # fmt: skip
