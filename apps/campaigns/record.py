"""Campaigns, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.campaigns import dates, sample_lines, timeline, today
from apps.campaigns.services.steps import OF_MANY
from apps.core.records import RecordKind, register

register(
    RecordKind(
        name="campaigns", label=_("Test campaigns"),
        log={
            "campaign": _("List of a test campaign"), "campaigns:grid": _("Batch entry of samples"),
            "campaigns:results": _("Results of a test campaign"),
            **{
                f"campaigns:samples-{kind}": _("Steps of samples of a campaign")
                for kind in OF_MANY
            },
            "campaigns:day": _("Sample day"), "campaigns:campaign-day": _("Sample day"),
        },
        parts=(*timeline.PARTS, *dates.PARTS, *today.PARTS, *sample_lines.PARTS),
    )
)  # fmt: skip
