"""What the stream of a person tells of learning: what, where and when, without the points."""

from collections.abc import Iterator
from typing import Final

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from apps.core.timeline import Happening, Happenings, Line
from apps.learning.codes import Origin
from apps.learning.models import LearningRecord


def _tell(row: Happening) -> Iterator[Line]:
    tag = ("na", _("Withdrawn")) if row.gone else None
    where = row.word or str(Origin.OWN.label)
    yield "d1", _("Learning: %(title)s") % {"title": row.no}, where, tag


PARTS: Final = (
    Happenings(
        src="learning", model=LearningRecord, rank=40, chip="need", icon="school", tell=_tell,
        word="platform", no="title", days=(Coalesce(F("last"), F("first")),), gone="withdrawn_at",
    ),
)  # fmt: skip
