"""Code lists of drug tests (吸毒检测程序规定)."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Sample(models.TextChoices):
    URINE = "urine", _("Urine")
    HAIR = "hair", _("Hair")
    SALIVA = "saliva", _("Saliva")
    BLOOD = "blood", _("Blood")


# What a window of each duty asks for: hair speaks of months and does no window of urine.
SAMPLES_OF = {"test": (Sample.URINE, Sample.SALIVA, Sample.BLOOD), "hair": (Sample.HAIR,)}


def duty_of(sample: str) -> str:
    """The duty whose windows a sample does."""
    return next(duty for duty, samples in SAMPLES_OF.items() if sample in samples)


class TestKind(models.TextChoices):
    """A strip used by a township worker is a screening and no test of the law (arts. 4 and 8)."""

    __test__ = False  # pytest: no class of tests

    SCREENING = "screening", _("Management screening")
    ON_SITE = "on_site", _("On-site test")
    LABORATORY = "laboratory", _("Laboratory test")


class Reason(models.TextChoices):
    REGULAR = "regular", _("Regular, by plan")
    RANDOM = "random", _("Random")
    CAUSE = "cause", _("For cause")
    CAMPAIGN = "campaign", _("Campaign")
    HANDOVER = "handover", _("Hand-over at release")
    REQUEST = "request", _("At the person's own request")
    ELSEWHERE = "elsewhere", _("On behalf of another place")


class TestPlace(models.TextChoices):
    """A kind of place and never a position."""

    OFFICE = "office", _("At the office or station")
    POLICE = "police", _("At the police station")
    HOSPITAL = "hospital", pgettext_lazy("place", "In hospital")
    VILLAGE = "village", _("At the village committee")
    HOME = "home", _("At home")
    OTHER = "other", _("Elsewhere")


class TestOutcome(models.TextChoices):
    TAKEN = "taken", _("Taken")
    NOT_TAKEN = "not_taken", _("Not taken")


class NotTakenReason(models.TextChoices):
    REFUSED = "refused", _("Refused")
    EVADED = "evaded", _("Evaded")
    LEAVE = "leave", _("On approved leave")
    HOSPITAL = "hospital", _("Ill or in hospital")
    DETAINED = "detained", _("Detained")
    NOT_TOLD = "not_told", _("Could not be notified")
    NO_KIT = "no_kit", _("Nothing to test with")
    TOO_SHORT = "too_short", _("Hair too short")
    OTHER = "other", _("Another reason")


# The window asks for nothing more, and nobody has refused anything.
EXCUSING = (NotTakenReason.LEAVE, NotTakenReason.HOSPITAL, NotTakenReason.DETAINED)
# A breach can be recorded, by hand and on its own page; nothing follows from the entry itself.
REFUSING = (NotTakenReason.REFUSED, NotTakenReason.EVADED)


class Medicine(models.TextChoices):
    """Asked before the sample is taken: medicines can make a strip positive."""

    NONE = "none", _("None declared")
    PRESCRIBED = "prescribed", _("Prescribed medicine")
    METHADONE = "methadone", _("Methadone treatment")


class Result(models.TextChoices):
    NEGATIVE = "negative", _("Negative")
    POSITIVE = "positive", _("Positive, to be confirmed")
    INVALID = "invalid", _("Invalid")


class Occupation(models.TextChoices):
    """Whom an occupational screening asks: occupations, never persons."""

    ROAD = "road", _("Road transport")
    BUS = "bus", _("Buses")
    TAXI = "taxi", _("Taxis")
    SCHOOL_BUS = "school_bus", _("School buses")
    DANGEROUS = "dangerous", _("Dangerous goods")
    WATER = "water", _("Shipping")
    RAIL = "rail", _("Railways")
    AIR = "air", _("Aviation")
    OTHER = "other", _("Another occupation")


class Decision(models.TextChoices):
    CONFIRMED = "confirmed", _("Confirmed positive")
    CLEARED = "cleared", _("Not confirmed")


class Source(models.TextChoices):
    """A ledger says little: such a record has no chain, confirms nothing and begins nothing."""

    PAGE = "page", _("Entered")
    LEDGER = "ledger", _("From a ledger")
