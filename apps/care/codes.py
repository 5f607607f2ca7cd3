"""Code lists of care plans."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Doer(models.TextChoices):
    """Who does a step of a plan. An office is asked as much as the person."""

    PERSON = "person", pgettext_lazy("who does a step", "The person")
    MEMBER = "member", pgettext_lazy("who does a step", "Somebody of the team")
    OTHER = "other", pgettext_lazy("who does a step", "An office or somebody else")


class StepEnd(models.TextChoices):
    DONE = "done", pgettext_lazy("of a step", "Done")
    NOT_DONE = "not_done", pgettext_lazy("of a step", "Could not be done")
    DROPPED = "dropped", pgettext_lazy("of a step", "No longer wanted")


class Whom(models.TextChoices):
    """Who comes onto a care list when it is filled."""

    NEED = "need", _("Who has an open need")
    NO_LEAD = "no_lead", _("Who has no carer by name")
    ALL = "all", _("Everybody with an order in force")
