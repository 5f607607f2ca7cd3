"""Code lists that every contact with a person shares."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactOutcome(models.TextChoices):
    DONE = "done", _("Done")
    NOT_DONE = "not_done", _("Could not be done")


class NotDoneReason(models.TextChoices):
    NOT_FOUND = "not_found", _("Not found")
    AWAY = "away", _("Away")
    HOSPITAL = "hospital", _("In hospital")
    DETAINED = "detained", _("Detained")
    MOVED = "moved", _("Moved")
    REFUSED = "refused", _("Refused")
