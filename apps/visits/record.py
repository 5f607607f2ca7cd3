"""Visits and talks, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import RecordKind, Tab, register
from apps.visits import timeline

register(
    RecordKind(
        name="visits", label=_("Visits and talks"),
        log={
            "visits:lost": _("Lost contact"), "lost-contact": _("Lost contact"),
            "talk": _("Talks"), "visit": _("Visits"),
        },
        parts=(Tab(_("Visits and talks"), "persons:visits", 30), *timeline.PARTS),
    )
)  # fmt: skip
