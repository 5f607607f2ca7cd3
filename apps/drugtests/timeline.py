"""What the stream of a person tells of drug tests."""

from collections.abc import Iterator
from typing import Final

from django.db.models.functions import Concat
from django.utils.translation import gettext as _, gettext_lazy

from apps.core.timeline import Chip, Happening, Happenings, Line, day_of, joined
from apps.drugtests.chain import Answer, StepKind, UnfitWhy
from apps.drugtests.codes import NotTakenReason, Result, Sample
from apps.drugtests.models import DrugTest, Step

MARKS: Final = {Result.NEGATIVE: "done", Result.POSITIVE: "inf", Result.INVALID: "na"}

SAID: Final = {one.value: one.label for one in (*Answer, *UnfitWhy)}


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


def _step(row: Happening) -> Iterator[Line]:
    """What happened to the sample, and what came of it."""
    title = str(StepKind(row.what).label)
    if row.gone:
        tag = ("na", _("Withdrawn"))
    elif row.word in Result.values:
        tag = (MARKS[Result(row.word)], str(Result(row.word).label))
    else:
        tag = ("inf", str(SAID[row.word])) if row.word else ("done", _("Done"))
    yield "d1", title, joined([row.said, row.no]), tag


PARTS: Final = (
    Chip("test", gettext_lazy("Drug tests"), 30),
    Happenings(
        src="sample", model=Step, rank=114, chip="test", icon="shield-lock",
        url_name="drugtests:detail", ref="dossier__test__public_id", tell=_step, what="kind",
        word=Concat("result", "answer", "unfit_why"), moments=("at",),
        no="by_name", days=(day_of("at"),), gone="withdrawn_at",
    ),
    Happenings(
        src="test", model=DrugTest, rank=113, chip="test", icon="droplet-check",
        url_name="drugtests:detail", tell=_test, what="sample",
        word=Concat("reason_not", "result"), said="note", moments=("occurred_at",),
        no="recorded_by__name", days=("day",), gone="withdrawn_at",
    ),
)  # fmt: skip
