"""Acts on transfers: asked for, handed over, accepted or refused, arrived, agreed anew."""

from apps.transfers.services.arriving import accept_transfer, record_arrival, sign_new_agreement
from apps.transfers.services.sending import ask_transfer, cancel_transfer, hand_over
