"""Needs, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import RecordKind, Tab, register
from apps.needs import timeline
from apps.needs.figures import MET_LIST, NEEDS_LIST

register(
    RecordKind(
        name="needs",
        label=_("Needs"),
        log={"need": _("Needs")},
        parts=(Tab(_("Needs"), "persons:needs", 50), NEEDS_LIST, MET_LIST, *timeline.PARTS),
    )
)
