"""Code lists of follow-up rounds."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Ground(models.TextChoices):
    """Why somebody stands on the list: the round's, and no duty of theirs."""

    ORDER = "order", _("An order is in force")
    RELEASED = "released", _("An order ended in the last years")
    NAMED = "named", _("By name, with the reason in words")
    LEDGER = "ledger", _("Stands in the ledger")


class RoundSource(models.TextChoices):
    PAGE = "page", _("Opened here")
    LEDGER = "ledger", _("From a ledger")


class Way(models.TextChoices):
    IN_PERSON = "in_person", pgettext_lazy("way of a follow-up", "In person")
    PHONE = "phone", pgettext_lazy("way of a follow-up", "By phone")


class Reached(models.TextChoices):
    REACHED = "reached", _("Reached")
    NOT_REACHED = "not_reached", _("Not reached")
    DECLINED = "declined", _("Reached, and wants no follow-up")


class Life(models.TextChoices):
    STEADY = "steady", _("Goes well")
    FAIR = "fair", _("Goes so-so")
    HARD = "hard", _("Hard times")


class Work(models.TextChoices):
    """The three words of the ledgers; the file of the person knows more kinds of work."""

    EMPLOYED = "employed", _("Has work")
    CASUAL = "casual", _("Casual work")
    NONE = "none", _("Without work")


class Mind(models.TextChoices):
    STEADY = "steady", _("Steady")
    UNSETTLED = "unsettled", _("Unsettled")
    DISTRESS = "distress", _("In distress: needs somebody now")
