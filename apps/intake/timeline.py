"""What the stream of a person tells of the release."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from apps.core.timeline import Happening, Happenings, Line, joined
from apps.intake.codes import ReleaseSource
from apps.intake.models import Release


def _release(row: Happening) -> Iterator[Line]:
    words = joined([ReleaseSource(row.what).label, row.no])
    yield "d1", _("Released from an institution"), words, None
    yield "d2", _("Received after the release"), words, None


PARTS: Final = (
    Happenings(
        src="release", model=Release, rank=108, chip="transfer", icon="door-exit",
        url_name="intake:release", tell=_release, what="source", no="institution",
        days=("expected_on", "received_on"), person="file",
        moments=("recorded_at",),
    ),
)  # fmt: skip
