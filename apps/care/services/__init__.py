"""Acts of care plans and care lists."""

from apps.care.services.lists import (
    add_person,
    close_list,
    fill_list,
    open_list,
)
from apps.care.services.plans import (
    add_step,
    close_plan,
    correct_step,
    end_step,
    open_plan,
    record_review,
    reopen_plan,
)
from apps.care.services.withdrawing import may_take_off, withdraw_entry

__all__ = [
    "add_person", "add_step", "close_list", "close_plan", "correct_step", "end_step", "fill_list",
    "may_take_off", "open_list", "open_plan", "record_review", "reopen_plan", "withdraw_entry",
]  # fmt: skip
