"""What the stream of a person tells of campaigns; under the chip of the drug tests."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from apps.campaigns.codes import Ground
from apps.campaigns.models import CampaignTarget
from apps.core.text import day_text
from apps.core.timeline import Happening, Happenings, Line


def _target(row: Happening) -> Iterator[Line]:
    """On the first day of the campaign; the sample has its own line."""
    title = _("On the list of a test campaign: %(title)s") % {"title": row.word}
    call = _("second call %(day)s") % {"day": day_text(row.d2)} if row.d2 else ""
    words = " · ".join(part for part in (str(Ground(row.what).label), call) if part)
    yield "d1", title, words, ("na", _("Excused")) if row.gone else None


PARTS: Final = (
    Happenings(
        src="campaign_target", model=CampaignTarget, rank=118, chip="test", icon="checklist",
        tell=_target, url_name="campaigns:target", what="ground", word="campaign__title",
        days=("campaign__first", "second_call_on"), gone="excused_at",
    ),
)  # fmt: skip
