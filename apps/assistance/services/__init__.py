"""Acts on help and its ledger."""

from apps.assistance.services.asking import ask_for_same_help
from apps.assistance.services.helping import (
    next_steps,
    record_help,
    take_back_step,
    take_step,
)
from apps.assistance.services.ledger import (
    close_month,
    record_payment,
    record_receipt,
    reverse_payment,
    set_budget,
)
from apps.assistance.services.looking import look_at, withdraw_look

__all__ = [
    "ask_for_same_help", "close_month", "look_at", "next_steps", "record_help", "record_payment",
    "record_receipt", "reverse_payment", "set_budget", "take_back_step", "take_step",
    "withdraw_look",
]  # fmt: skip
