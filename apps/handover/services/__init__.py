"""Acts on whole files: packed, received, accepted or refused, answered by a receipt."""

from apps.handover.services.arriving import accept_arrival, receive_package, reject_arrival
from apps.handover.services.receipts import load_receipt, receipt_of
from apps.handover.services.sending import make_package
