"""Needs, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import RecordKind, Tab, register
from apps.needs import timeline

register(
    RecordKind(
        name="needs", label=_("Needs"), log={"need": _("Needs")},
        parts=(Tab(_("Needs"), "persons:needs", 50), *timeline.PARTS),
    )
)  # fmt: skip
