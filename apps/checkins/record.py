"""Check-ins, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.checkins import timeline
from apps.core.records import RecordKind, Tab, register

register(
    RecordKind(
        name="checkins", label=_("Check-ins"),
        log={
            "checkins:round": _("Round"), "checkins:round-print": _("Printed round"),
            "check-in": _("Check-ins"),
        },
        parts=(Tab(_("Check-ins"), "persons:checkins", 20), *timeline.PARTS),
    )
)  # fmt: skip
