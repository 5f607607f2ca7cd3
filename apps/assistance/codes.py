"""Code lists of assistance, and what may come after what."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Kind(models.TextChoices):
    LIVING = "living", _("Minimum living allowance")
    EXTREME = "extreme", _("Extreme-poverty support")
    RELIEF = "relief", _("Temporary relief")
    MEDICAL = "medical", _("Medical aid")
    EMPLOYMENT = "employment", _("Employment help")
    TRAINING = "training", _("Vocational training")
    UNEMPLOYED = "unemployed", _("Unemployment insurance")
    INSURANCE = "insurance", _("Social insurance")
    SCHOOLING = "schooling", _("Schooling of children")
    HOUSING = "housing", _("Housing")
    DISABILITY = "disability", _("Disability card or allowance")
    COUNSELLING = "counselling", _("Counselling")
    LEGAL = "legal", _("Legal aid")
    TREATMENT = "treatment", _("Referral to treatment")
    PSYCHIATRIC = "psychiatric", _("Psychiatric referral")
    HIV = "hiv", _("HIV referral")
    HEPATITIS = "hepatitis", _("Hepatitis referral")
    PAPERS = "papers", _("Papers and registration")
    CHARITY = "charity", _("Goods or donations")
    FAMILY = "family", _("Family repair")


# Without the permission they stand nowhere; in figures and exports they are medical aid.
SEALED_KINDS: Final = (Kind.PSYCHIATRIC, Kind.HIV, Kind.HEPATITIS)
OPEN_KINDS: Final = [(one.value, one.label) for one in Kind if one not in SEALED_KINDS]


def told_kind(kind: str, *, restricted: bool) -> str:
    """As which kind it stands in figures and in what leaves."""
    return Kind.MEDICAL if restricted else kind


class Rhythm(models.TextChoices):
    ONCE = "once", _("One-off")
    MONTHLY = "monthly", _("Monthly")


class Recipient(models.TextChoices):
    PERSON = "person", _("The person")
    HOUSEHOLD = "household", _("The household")


class Beneficiary(models.TextChoices):
    PERSON = "person", _("The person")
    MEMBER = "member", _("A member of the household")


class StepKind(models.TextChoices):
    FOUND = "found", pgettext_lazy("step of help", "Found")
    REFERRED = "referred", _("Referred")
    APPLIED = "applied", _("Applied")
    APPROVED = "approved", pgettext_lazy("step of help", "Approved")
    REFUSED = "refused", _("Not approved")
    ENDED = "ended", pgettext_lazy("step of help", "Ended")


class State(models.TextChoices):
    FOUND = "found", _("Found, not yet begun")
    REFERRED = "referred", _("Referred")
    APPLIED = "applied", _("Applied")
    APPROVED = "approved", pgettext_lazy("step of help", "Approved")
    DELIVERED = "delivered", _("Delivered")
    REFUSED = "refused", _("Not approved")
    ENDED = "ended", pgettext_lazy("step of help", "Ended")
    MISTAKE = "mistake", _("Recorded by mistake")


# What may come next, the usual first. What was received is no step: it is a row of the ledger.
NEXT: Final[dict[str, tuple[StepKind, ...]]] = {
    State.FOUND: (StepKind.APPLIED, StepKind.REFERRED, StepKind.APPROVED, StepKind.ENDED),
    State.REFERRED: (StepKind.APPLIED, StepKind.APPROVED, StepKind.REFUSED, StepKind.ENDED),
    State.APPLIED: (StepKind.APPROVED, StepKind.REFUSED, StepKind.ENDED),
    State.APPROVED: (StepKind.ENDED,),
    State.DELIVERED: (StepKind.ENDED,),
    State.REFUSED: (),
    State.ENDED: (),
    State.MISTAKE: (),
}
# While one of these stands something can be received; of what no office decides about, sooner.
RECEIVING: Final = (State.APPROVED, State.DELIVERED)
RECEIVING_FREELY: Final = (State.FOUND, State.REFERRED, State.APPLIED, *RECEIVING)
RUNNING: Final = (State.FOUND, State.REFERRED, State.APPLIED, *RECEIVING)


class EndWhy(models.TextChoices):
    DONE = "done", _("Done")
    NO_LONGER = "no_longer", _("Conditions no longer met")
    DECLINED = "declined", _("The person declines")
    MOVED = "moved", _("Moved away")
    DIED = "died", pgettext_lazy("why help ended", "Died")
    OTHER = "other", pgettext_lazy("why help ended", "Another reason")


# After these nobody asks the person what it changed.
LEFT: Final = (EndWhy.DECLINED, EndWhy.MOVED, EndWhy.DIED)


class How(models.TextChoices):
    BANK = "bank", _("Bank transfer")
    CASH = "cash", _("Cash")
    GOODS = "goods", pgettext_lazy("how help is given", "Goods")
    SERVICE = "service", _("Service or referral, no money")
    UNKNOWN = "unknown", _("Not known from the ledger")


# On a page somebody says how.
HOW_ASKED: Final = [(one.value, one.label) for one in How if one != How.UNKNOWN]


class Receipt(models.TextChoices):
    SIGNED = "signed", _("Signature of the person")
    SCAN = "scan", _("Scan or number of a receipt")
    NONE = "none", _("None yet")


# What somebody has once it is there.
RECEIPTS: Final = [(one.value, one.label) for one in Receipt if one != Receipt.NONE]


class Source(models.TextChoices):
    PAGE = "page", _("Entered")
    LEDGER = "ledger", _("From a ledger")


# Days after the first delivery on which somebody looks at what has become of it.
LOOKS: Final = (30, 90, 180)
LOOK_CHOICES: Final = [(after, str(after)) for after in LOOKS]


class Changed(models.TextChoices):
    BETTER = "better", _("Better than before")
    SAME = "same", _("As before")
    WORSE = "worse", _("Worse than before")
    NOT_SEEN = "not_seen", _("Person not reached")
