"""Transfers, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import RecordKind, Tab, register
from apps.transfers import timeline

register(
    RecordKind(
        name="transfers", label=_("Transfers"), log={"transfer": _("Transfers")},
        parts=(Tab(_("Transfers"), "transfers:person", 90), *timeline.PARTS),
    )
)  # fmt: skip
