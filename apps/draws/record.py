"""Random draws, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import RecordKind, register
from apps.draws import timeline, today

register(
    RecordKind(
        name="draws", label=_("Random draws"),
        log={
            "draw": _("Random draw"), "drawn": _("Drawn for a random test"),
            "excuse": _("Excused from random tests"),
        },
        parts=(*timeline.PARTS, *today.PARTS),
    )
)  # fmt: skip
