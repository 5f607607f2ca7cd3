"""What the stream of a person tells of drug tests."""

from collections.abc import Iterator
from typing import Final

from django.db.models.functions import Concat
from django.utils.translation import gettext as _, gettext_lazy

from apps.core.timeline import Chip, Happening, Happenings, Line, joined
from apps.drugtests.codes import NotTakenReason, Result, Sample
from apps.drugtests.models import DrugTest

MARKS: Final = {Result.NEGATIVE: "done", Result.POSITIVE: "inf", Result.INVALID: "na"}


def _test(row: Happening) -> Iterator[Line]:
    """Whether it was taken, and as what it stands: a positive is to be confirmed."""
    title = _("Drug test: %(sample)s") % {"sample": str(Sample(row.what).label).lower()}
    if row.gone:
        tag = ("na", _("Withdrawn"))
    elif row.word in NotTakenReason.values:
        tag = ("na", str(NotTakenReason(row.word).label))
    elif row.word:
        tag = (MARKS[Result(row.word)], str(Result(row.word).label))
    else:
        tag = ("done", _("Taken"))
    yield "d1", title, joined([row.said, row.no]), tag


PARTS: Final = (
    Chip("test", gettext_lazy("Drug tests"), 30),
    Happenings(
        src="test", model=DrugTest, rank=113, chip="test", icon="droplet-check",
        url_name="drugtests:detail", tell=_test, what="sample",
        word=Concat("reason_not", "result"), said="note", moments=("occurred_at",),
        no="recorded_by__name", days=("day",), gone="withdrawn_at",
    ),
)  # fmt: skip
