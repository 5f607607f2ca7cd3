"""Names and numbers of the format."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

FORMAT: Final = "homeward-file"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
PERSON: Final = "person.json"
READABLE: Final = "index.html"


class Purpose(models.TextChoices):
    COPY = "copy", _("Copy for the person")
    TRANSFER = "transfer", _("Hand-over to another installation")


RECEIPT: Final = "homeward-receipt"


class PackageState(models.TextChoices):
    SENT = "sent", _("Sent, no receipt yet")
    ACCEPTED = "accepted", _("Accepted there")
    REJECTED = "rejected", _("Refused there")


class ArrivalState(models.TextChoices):
    WAITING = "waiting", _("To be decided")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Refused")
