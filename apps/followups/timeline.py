"""What the stream of a person tells of follow-ups: every try, and what was said."""

from collections.abc import Iterator
from typing import Final

from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from apps.core.timeline import Happening, Happenings, Line, joined
from apps.followups.codes import Life, Mind, Reached, Way, Work
from apps.followups.models import FollowUpAttempt

# One column for all that was told, in this order.
CODES: Final = (Way, Life, Work, Mind)


def _attempt(row: Happening) -> Iterator[Line]:
    title = _("Follow-up: %(outcome)s") % {"outcome": Reached(row.what).label}
    told = zip(CODES, row.word.split("|"), strict=True)
    words = [str(codes(code).label) for codes, code in told if code]
    gone = ("na", _("Withdrawn")) if row.gone else None
    yield "d1", title, joined([*words, row.said]), gone


PARTS: Final = (
    Happenings(
        src="followup", model=FollowUpAttempt, rank=119, chip="visit", icon="phone", tell=_attempt,
        what="outcome", days=("day",), moments=("occurred_at",), gone="withdrawn_at", said="words",
        word=Concat(F("way"), Value("|"), F("life"), Value("|"), F("work"), Value("|"), F("mind")),
    ),
)  # fmt: skip
