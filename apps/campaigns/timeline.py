"""What the stream of a person tells of campaigns; under the chip of the drug tests."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from apps.campaigns.codes import Ground
from apps.campaigns.models import CampaignTarget
from apps.core.days import SHANGHAI
from apps.core.text import day_text
from apps.core.timeline import Happening, Happenings, Line, day_of, joined


def clock_words(moment: datetime) -> str:
    """ "08:00", in Shanghai."""
    return f"{moment.astimezone(SHANGHAI):%H:%M}"


def _target(row: Happening) -> Iterator[Line]:
    """On the first day of the campaign, when a date was told, and on that day, which asks nothing
    when the order is over by then; the sample has its own line.
    """
    tag = ("na", _("Excused")) if row.gone else None
    title = _("On the list of a test campaign: %(title)s") % {"title": row.word}
    call = _("second call %(day)s") % {"day": day_text(row.d2)} if row.d2 else ""
    yield "d1", title, joined([Ground(row.what).label, call]), tag
    if row.d3 is None or row.m3 is None:
        return
    time = clock_words(row.m3)
    told = _("Told of the date: %(date)s") % {"date": f"{day_text(row.d3)} {time}"}
    yield "d4", told, row.no, None
    if row.d5 is not None and row.d5 < row.d3:
        tag = tag or ("na", _("No duty runs any more"))
    yield "d3", _("Date of a test campaign"), joined([time, row.no]), tag


PARTS: Final = (
    Happenings(
        src="campaign_target", model=CampaignTarget, rank=118, chip="test", icon="checklist",
        tell=_target, url_name="campaigns:target", what="ground", word="campaign__title",
        no="slot__site__name",
        days=(
            "campaign__first", "second_call_on", day_of("slot__begins"), day_of("told_at"),
            "case__duties_end_on",
        ),
        moments=("", "", "slot__begins", "told_at"), gone="excused_at",
    ),
)  # fmt: skip
