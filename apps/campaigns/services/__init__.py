"""Acts of campaigns."""

from apps.campaigns.services.campaigns import close_campaign, open_campaign
from apps.campaigns.services.samples import Entered, enter_sample, outcome_of
from apps.campaigns.services.targets import (
    add_person,
    excuse_target,
    fill_from_draw,
    fill_from_orders,
    note_second_call,
)

__all__ = [
    "Entered", "add_person", "close_campaign", "enter_sample", "excuse_target", "fill_from_draw",
    "fill_from_orders", "note_second_call", "open_campaign", "outcome_of",
]  # fmt: skip
