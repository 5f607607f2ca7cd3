"""Acts of follow-up rounds."""

from apps.followups.services.attempts import (
    record_attempt,
    said_before,
    withdraw_attempt,
)
from apps.followups.services.rounds import close_round, open_round
from apps.followups.services.targets import (
    add_person,
    fill_from_orders,
    fill_from_released,
    note_second_call,
    remove_target,
)

__all__ = [
    "add_person", "close_round", "fill_from_orders", "fill_from_released", "note_second_call",
    "open_round", "record_attempt", "remove_target", "said_before", "withdraw_attempt",
]  # fmt: skip
