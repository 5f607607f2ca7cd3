"""Campaigns, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.campaigns import dates, timeline, today
from apps.core.records import RecordKind, register

register(
    RecordKind(
        name="campaigns", label=_("Test campaigns"),
        log={
            "campaign": _("List of a test campaign"), "campaigns:grid": _("Batch entry of samples"),
            "campaigns:results": _("Results of a test campaign"),
            "campaigns:day": _("Sample day"), "campaigns:campaign-day": _("Sample day"),
        },
        parts=(*timeline.PARTS, *dates.PARTS, *today.PARTS),
    )
)  # fmt: skip
