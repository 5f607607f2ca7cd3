"""Code lists of counselling and family guidance."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PERSON = "person", _("Counselling of the person")
    FAMILY = "family", _("Family guidance")
    BOTH = "both", _("Counselling with the family")


class Counsellor(models.TextChoices):
    RECORDER = "recorder", _("Who recorded it")
    OTHER = "other", _("Somebody else, by name or body")


class FamilyTold(models.TextChoices):
    """What the family learned of the person. There is no third answer: Personal Information
    Protection Law, art. 29.
    """

    NOTHING = "nothing", _("Nothing about the person")
    AGREED = "agreed", _("What the person agreed to")


class Ground(models.TextChoices):
    """Help is offered while an order is in force; afterwards it is for whoever asks."""

    ORDER = "order", _("During an order")
    ASKED = "asked", _("Asked for by the person")


class Theme(models.TextChoices):
    """Kept encrypted with the notes: no column holds one."""

    SLEEP = "sleep", _("Sleep")
    MOOD = "mood", _("Mood")
    FAMILY = "family", _("Life in the family")
    WORK = "work", _("Work and living")
    MONEY = "money", _("Money worries")
    ABSTINENCE = "abstinence", _("Staying abstinent")
    OTHER = "other", _("Something else")
