"""Campaigns, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.campaigns import timeline
from apps.core.records import RecordKind, register

register(
    RecordKind(
        name="campaigns", label=_("Test campaigns"),
        log={
            "campaign": _("List of a test campaign"), "campaigns:grid": _("Batch entry of samples"),
        },
        parts=timeline.PARTS,
    )
)  # fmt: skip
