"""Expected releases, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import RecordKind, register
from apps.intake import timeline, today

register(
    RecordKind(
        name="intake",
        label=_("Expected releases"),
        log={"release": _("Expected releases")},
        parts=(*timeline.PARTS, *today.PARTS),
    )
)
