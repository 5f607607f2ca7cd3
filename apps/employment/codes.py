"""Code lists of work and training."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Kind(models.TextChoices):
    COMPANY = "company", _("In a company")
    PUBLIC = "public", _("Public-welfare job")
    SITE = "site", _("Rehabilitation workshop or farm")
    OWN = "own", _("Farming, fishing or own business")
    CASUAL = "casual", _("Casual work")


class Consent(models.TextChoices):
    """How the person said that they want the work. No work without it: Regulation, art. 42."""

    SAID = "said", _("Said so to somebody")
    SIGNED = "signed", _("Signed")
    LEDGER = "ledger", _("The ledger says: of their own will")


class Wish(models.TextChoices):
    YES = "yes", _("Yes, of their own will")
    NO = "no", _("No")


class EndReason(models.TextChoices):
    OWN_WISH = "own_wish", _("The person left")
    OTHER_WORK = "other_work", _("Other work found")
    CONTRACT = "contract", _("The contract was over")
    DISMISSED = "dismissed", _("Dismissed")
    CLOSED = "closed", _("No more work there")
    HEALTH = "health", _("Health")
    MOVED = "moved", _("Moved away")
    OTHER = "other", _("Another reason, in words")
    UNKNOWN = "unknown", _("Not known")


class Still(models.TextChoices):
    YES = "yes", _("Still there")
    NO = "no", _("Not there any more")
    UNKNOWN = "unknown", _("Not known")


class Examination(models.TextChoices):
    NOT_YET = "not_yet", _("Not yet")
    TAKEN = "taken", _("Taken, result not known")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Not passed")


class Source(models.TextChoices):
    PAGE = "page", pgettext_lazy("where a row comes from", "Entered here")
    LEDGER = "ledger", _("From a ledger")
