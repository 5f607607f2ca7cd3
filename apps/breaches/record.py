"""Breaches, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.breaches import timeline
from apps.core.records import RecordKind, Tab, register

register(
    RecordKind(
        name="breaches",
        label=_("Breaches"),
        log={"breach": _("Breaches")},
        parts=(Tab(_("Breaches"), "breaches:person", 80), *timeline.PARTS),
    )
)
