"""Code lists of campaigns: on what ground somebody stands on a list, and what came of a sample."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.text import labelled
from apps.drugtests.chain import UnfitWhy, unfit_whys
from apps.drugtests.codes import NotTakenReason, Result, Sample, TestKind


class Ground(models.TextChoices):
    DUTY = "duty", _("Running duty")
    LAW = "law", _("Legal ground")
    CONSENT = "consent", _("Written consent")


class Asks(models.TextChoices):
    """Whom a campaign asks. Of an occupation it has counts, and never a list."""

    PERSONS = "persons", _("Persons of a list")
    OCCUPATION = "occupation", _("An occupation: counts only")


class Stands(models.TextChoices):
    """Where a row of a list stands; it follows from the records."""

    TAKEN = "taken", _("Taken")
    NOT_TAKEN = "not_taken", _("Could not be taken")
    EXCUSED = "excused", _("Excused")
    LEFT = "left", _("Not taken yet")
    NO_SLOT = "no_slot", _("Without a slot")
    NO_DUTY = "no_duty", _("Not asked now: no duty runs")


class Answer(models.TextChoices):
    """What became of a file number that was pasted. Who is not the reader's and who is not there
    have the same words.
    """

    ADDED = "added", _("Added")
    THERE = "there", _("On the list already")
    NO_DUTY = "no_duty", _("No running duty in the unit")
    UNKNOWN = "unknown", _("Nobody of yours has this number")


# In one slot of one room: nobody waits in a crowd.
MOST_AT_ONCE: Final = 3

# Of somebody without a duty: in words, by name, one by one.
OTHER_GROUNDS: Final = (Ground.LAW, Ground.CONSENT)

PENDING: Final = "pending"
UNFIT: Final = "unfit:"
NOT: Final = "not:"
RESULTS: Final = [(PENDING, _("Not known yet")), *Result.choices]
UNFITS: Final = [(f"{UNFIT}{why.value}", why.label) for why in UnfitWhy]


def outcomes_of(kind: str, sample: str) -> list[tuple[str, object]]:
    """What a row of the grid can say; the result of a laboratory comes with its step. Last, why
    nothing could be taken.
    """
    results = RESULTS[:1] if kind == TestKind.LABORATORY else RESULTS
    unfits = [(f"{UNFIT}{why.value}", why.label) for why in unfit_whys(sample)]
    nots = [
        (f"{NOT}{why.value}", labelled(Stands.NOT_TAKEN.label, why.label))
        for why in NotTakenReason
        if why != NotTakenReason.TOO_SHORT or sample == Sample.HAIR
    ]
    return [*results, *unfits, *nots]


def is_not_taken(outcome: object) -> bool:
    return str(outcome or "").startswith(NOT)


def outcome_words(outcome: str) -> str:
    """As somebody sees it who entered another one."""
    if is_not_taken(outcome):
        return str(NotTakenReason(outcome.removeprefix(NOT)).label)
    return str(dict([*RESULTS, *UNFITS]).get(outcome, outcome))
