"""Code lists of transfers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TransferState(models.TextChoices):
    ASKED = "asked", _("Asked for")
    HANDED_OVER = "handed_over", _("Handed over, to be accepted")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("Taken back")


# Until one of these the sending unit alone is responsible.
OPEN = (TransferState.ASKED, TransferState.HANDED_OVER)
