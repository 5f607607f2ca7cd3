"""Code lists of random draws."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Absence(models.TextChoices):
    """Why the records themselves excuse somebody on the day."""

    LEAVE = "leave", _("On approved leave")
    HELD = "held", _("Detained, the order rests")


class ExcuseReason(models.TextChoices):
    """Why somebody excuses by hand, before a draw or after it."""

    ILL = "ill", _("Ill or in hospital")
    FAMILY = "family", _("Birth, death or illness in the family")
    WORK = "work", _("Work or an exam that cannot be left")
    NOT_TOLD = "not_told", _("Could not be notified")
    NO_KIT = "no_kit", _("Nothing to test with")
    RECORDED = "recorded", _("What happened is recorded elsewhere")
    OTHER = "other", _("Another reason")


# As they stand in the stored draw.
WHY_EXCUSED = dict([*Absence.choices, *ExcuseReason.choices])
