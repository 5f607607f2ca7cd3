"""Acts of campaigns."""

from apps.campaigns.services.campaigns import close_campaign, open_campaign
from apps.campaigns.services.counts import correct_counts, record_counts
from apps.campaigns.services.samples import Entered, enter_sample, outcome_of
from apps.campaigns.services.sites import add_site, add_slots, call_off_slots
from apps.campaigns.services.slots import (
    Assigned,
    give_slots,
    move_target,
    note_second_call,
    tell_target,
)
from apps.campaigns.services.targets import (
    add_person,
    excuse_target,
    fill_from_draw,
    fill_from_numbers,
    fill_from_orders,
)

__all__ = [
    "Assigned", "Entered", "add_person", "add_site", "add_slots", "call_off_slots",
    "close_campaign", "correct_counts", "enter_sample", "excuse_target", "fill_from_draw",
    "fill_from_numbers", "fill_from_orders", "give_slots", "move_target", "note_second_call",
    "open_campaign", "outcome_of", "record_counts", "tell_target",
]  # fmt: skip
