"""Code lists of assessments and help flags."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Standing(models.TextChoices):
    """What an assessment is worth: only one that is in force set a risk level."""

    WAITING = "waiting", _("Waits for the supervisor")
    IN_FORCE = "in_force", _("Decided")
    REJECTED = "rejected", _("Not approved")


class Origin(models.TextChoices):
    PAGE = "page", _("Assessed here")
    LEDGER = "ledger", _("Brought in from a ledger")


class ToldHow(models.TextChoices):
    TALK = "talk", _("In an interview")
    PAPER = "paper", _("On paper, signed")
    PHONE = "phone", _("By phone")


class EventKind(models.TextChoices):
    """After these somebody looks again, whatever the day of the last assessment (law.md, 3)."""

    POSITIVE = "positive", _("Confirmed positive test")
    RELEASED = "released", _("Came from an institution")
    JOB_LOST = "job_lost", _("Lost the job")
    BEREAVED = "bereaved", _("Lost somebody close")
    CRISIS = "crisis", _("Crisis or signs of self-harm")
    BREACH = "breach", _("Serious breach confirmed")
    BETTER = "better", _("Things have become better")
    OBJECTION = "objection", _("The person objects to the risk level")


class FlagKind(models.TextChoices):
    """Help, not danger: apart from the risk level."""

    ILL = "ill", _("Ill or disabled")
    POOR = "poor", _("Poor")
    NURSING = "nursing", _("Pregnant or nursing")
    MINOR = "minor", _("Minor")
    OLD = "old", pgettext_lazy("flag", "Old")
    ALONE = "alone", _("Lives alone")
    APART = "apart", _("Lives elsewhere than registered")
    METHADONE = "methadone", _("Methadone treatment")
    SELF_HARM = "self_harm", _("Danger of self-harm")
    CARER = "carer", _("Cares for children or the sick")


class SealedKind(models.TextChoices):
    """精神卫生法 art. 4, 艾滋病防治条例 art. 39: a permission of their own, in no list."""

    MENTAL = "mental", _("Mental illness")
    HIV = "hiv", _("HIV")
