"""Acts on cases. Each one that moves duties tells the listeners of changes.py."""

from apps.cases.services.absences import (
    record_return,
    report_leave,
    resume_case,
    suspend_case,
    withdraw_leave,
)
from apps.cases.services.assigning import assign_open_cases
from apps.cases.services.orders import (
    close_case,
    correct_case,
    open_case,
    record_plan,
    record_report,
    sign_agreement,
)
from apps.cases.services.tiers import set_tier

__all__ = [
    "assign_open_cases",
    "close_case",
    "correct_case",
    "open_case",
    "record_plan",
    "record_report",
    "record_return",
    "report_leave",
    "resume_case",
    "set_tier",
    "sign_agreement",
    "suspend_case",
    "withdraw_leave",
]
