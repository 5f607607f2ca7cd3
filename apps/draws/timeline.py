"""What the stream of a person tells of random draws; under the chip of the drug tests."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from apps.core.text import day_text
from apps.core.timeline import Happening, Happenings, Line
from apps.draws.codes import ExcuseReason
from apps.draws.models import Drawn, Excuse


def _drawn(row: Happening) -> Iterator[Line]:
    until = _("a test until %(day)s answers it") % {"day": day_text(row.d2)} if row.d2 else ""
    yield "d1", _("Drawn for a random test"), until, None


def _excused(row: Happening) -> Iterator[Line]:
    reason = str(ExcuseReason(row.what).label)
    title = _("Excused from random tests: %(reason)s") % {"reason": reason}
    tag = ("na", _("Withdrawn")) if row.gone else None
    until = _("until %(day)s") % {"day": day_text(row.d2)} if row.d2 else ""
    yield "d1", title, " · ".join(part for part in (until, row.said, row.no) if part), tag


PARTS: Final = (
    Happenings(
        src="drawn", model=Drawn, rank=116, chip="test", icon="list-details", tell=_drawn,
        url_name="draws:drawn", days=("day", "until"),
    ),
    Happenings(
        src="draw_excuse", model=Excuse, rank=117, chip="test", icon="user-check", tell=_excused,
        url_name="draws:excuse-withdraw", what="reason", days=("first", "last"), said="words",
        gone="withdrawn_at", no="recorded_by__name",
    ),
)  # fmt: skip
