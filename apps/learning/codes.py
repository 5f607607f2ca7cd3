"""Code lists of learning records."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Where somebody learned, and whose number it is."""

    PLATFORM = "platform", _("Another platform")
    OWN = "own", _("A course of the office")
