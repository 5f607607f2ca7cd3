"""Code lists of cases."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Measure(models.TextChoices):
    SQJD = "SQJD", _("Community detoxification")
    SQKF = "SQKF", _("Community rehabilitation")


class RiskLevel(models.TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class LevelSource(models.TextChoices):
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

    DECIDED = "decided", _("Yet to report")
    OVERDUE = "overdue", _("Not reported in time")
    REPORTED = "reported", _("Reported, no agreement yet")
    ACTIVE = "active", _("In force")
    ON_LEAVE = "on_leave", _("On leave")
    SUSPENDED = "suspended", _("Suspended")
    TRANSFERRING = "transferring", _("Being transferred")
    POLICE = "police", _("Reported to the police")
    EXPIRED = "expired", _("Term ended")
    RELEASED = "released", _("Released")
    AFTERCARE = "aftercare", _("Released, voluntary support")
    ABSTINENT = "clean", _("Three years abstinent")
    TERMINATED = "terminated", _("Terminated")
    UNKNOWN = "unknown", _("Dates missing")


# What a span of days makes of an order that runs; the first that covers the day is shown.
SPAN_STATES = (CaseState.SUSPENDED, CaseState.TRANSFERRING, CaseState.POLICE, CaseState.ON_LEAVE)


class StepKind(models.TextChoices):
    """Facts of a step beside its day."""

    LATE_REPORT = "late_report", _("Reported late")
    AGREED_HELP = "agreed_help", _("Help agreed upon")
    END_SET = "end_set", _("End set by an authority")
    RELEASE = "release", _("Notice of release")
    CONTROL_ENDED = "control_ended", _("End of control proposed to the police")


class Ground(models.TextChoices):
    """条例 art. 21: what the full-time worker reports to the police."""

    OVERDUE = "overdue", _("Not reported in time, no valid reason found")
    SERIOUS = "serious", _("Serious breach of the agreement, confirmed")
    USE = "use", _("New use, confirmed by a test")


class Reply(models.TextChoices):
    NOT_ESTABLISHED = "not_established", _("Not established")
    WARNED = "warned", _("Established, the order goes on")
    ISOLATION = "isolation", _("Compulsory isolation decided")
