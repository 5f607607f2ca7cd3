"""What the stream of a person tells of care: plans, steps that ended, reviews."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from apps.care.codes import StepEnd
from apps.care.models import CarePlan, CareReview, CareStep
from apps.core.timeline import Happening, Happenings, Line


def _gone(row: Happening) -> tuple[str, str] | None:
    return ("na", _("Withdrawn")) if row.gone else None


def _plan(row: Happening) -> Iterator[Line]:
    yield "d1", _("Care plan begins"), row.said, _gone(row)
    yield "d2", _("Care plan closed"), "", _gone(row)


def _step(row: Happening) -> Iterator[Line]:
    if row.what:
        title = _("Step of the care plan: %(end)s") % {"end": StepEnd(row.what).label}
        yield "d1", title, row.said, _gone(row)


def _review(row: Happening) -> Iterator[Line]:
    yield "d1", _("Review of the care plan"), row.said, _gone(row)


PARTS: Final = (
    Happenings(
        src="care_plan", model=CarePlan, rank=121, chip="need", icon="heart-handshake", tell=_plan,
        days=("day", "closed_on"), gone="withdrawn_at", said="goals",
    ),
    Happenings(
        src="care_step", model=CareStep, rank=122, chip="need", icon="heart-handshake", tell=_step,
        what="ended", days=("ended_on",), gone="withdrawn_at", said="task",
    ),
    Happenings(
        src="care_review", model=CareReview, rank=123, chip="need", icon="heart-handshake",
        tell=_review, days=("day",), gone="withdrawn_at", said="said",
    ),
)  # fmt: skip
