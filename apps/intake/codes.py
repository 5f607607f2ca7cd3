"""Code lists of releases."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReleaseSource(models.TextChoices):
    ISOLATION = "isolation", _("Compulsory isolation centre")
    PRISON = "prison", _("Prison")
    DETENTION = "detention", _("Detention house")
    PROVINCE = "province", _("Another province")


class Reception(models.TextChoices):
    SELF = "self", _("Came by themselves")
    FAMILY = "family", _("Fetched by the family")
    TOWN = "town", _("Fetched by the town")
    POLICE = "police", _("Handed over by the police station")


class ReleaseState(models.TextChoices):
    """Follows from the dates and the file: never stored."""

    EXPECTED = "expected", _("Expected")
    OVERDUE = "overdue", _("Nobody has come")
    TO_OPEN = "to_open", _("Received, no file yet")
    TO_REPORT = "to_report", _("File open, not reported yet")
    DONE = "done", _("Reported")
    NO_ORDER = "no_order", _("File open, without an order")
    OFF = "off", _("Does not come here")
