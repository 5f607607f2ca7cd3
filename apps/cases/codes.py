"""Code lists of cases."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Measure(models.TextChoices):
    SQJD = "SQJD", _("Community detoxification")
    SQKF = "SQKF", _("Community rehabilitation")


class Tier(models.TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class TierSource(models.TextChoices):
    LEDGER = "ledger", _("From the ledger, not assessed")
    ASSESSED = "assessed", _("Assessed")


class SuspensionReason(models.TextChoices):
    """条例24 ¶2: held in lawful detention or under arrest."""

    DETAINED = "detained", _("Detained")
    ARRESTED = "arrested", _("Arrested")


class ClosureReason(models.TextChoices):
    RELEASED = "released", _("Released after the term")
    IMPRISONED = "imprisoned", _("Imprisoned")
    CORRECTIVE = "corrective", _("Compulsory correctional education")
    ISOLATION = "isolation", _("Compulsory isolation ordered")
    DECEASED = "deceased", _("Deceased")
    REVOKED = "revoked", _("Decision revoked or changed")
    OTHER = "other", _("Other")


class CaseState(models.TextChoices):
    """Derived on a day from the dated records; never stored."""

    DECIDED = "decided", _("Awaiting report")
    OVERDUE = "overdue", _("Not reported in time")
    REPORTED = "reported", _("Reported, no agreement yet")
    ACTIVE = "active", _("In force")
    ON_LEAVE = "on_leave", _("On leave")
    SUSPENDED = "suspended", _("Suspended")
    EXPIRED = "expired", _("Term ended")
    CLOSED = "closed", _("Closed")
    UNKNOWN = "unknown", _("Dates missing")
