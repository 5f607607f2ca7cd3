"""What the stream of a person tells of a treatment: that it begins, and that it ends.

Months of attendance are not told there: they are no events of a life.
"""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from apps.core.timeline import Happening, Happenings, Line
from apps.treatment.codes import EndReason, Medicine
from apps.treatment.models import Treatment


def _tell(row: Happening) -> Iterator[Line]:
    tag = ("na", _("Withdrawn")) if row.gone else None
    medicine = row.said or str(Medicine(row.what).label)
    yield "d1", _("Maintenance treatment begins: %(what)s") % {"what": medicine}, row.no, tag
    if row.d2:
        why = str(EndReason(row.word).label)
        yield "d2", _("Maintenance treatment ends: %(what)s") % {"what": medicine}, why, tag


PARTS: Final = (
    Happenings(
        src="treatment", model=Treatment, rank=39, chip="need", icon="home-heart", tell=_tell,
        what="medicine", word="end_reason", no="clinic__name", days=("since", "ended_on"),
        gone="withdrawn_at", said="medicine_words",
    ),
)  # fmt: skip
