"""Acts of maintenance treatment."""

from apps.treatment.services.attendance import correct_attendance, record_attendance
from apps.treatment.services.clinics import change_clinic, open_clinic
from apps.treatment.services.correcting import correct_treatment, take_back_end
from apps.treatment.services.treatments import begin_treatment, end_treatment
from apps.treatment.services.withdrawing import withdraw_entry

__all__ = [
    "begin_treatment", "change_clinic", "correct_attendance", "correct_treatment", "end_treatment",
    "open_clinic", "record_attendance", "take_back_end", "withdraw_entry",
]  # fmt: skip
