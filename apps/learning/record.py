"""Learning, as other pages see it."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import RecordKind, Tab, register
from apps.learning import timeline
from apps.learning.ledger import LEDGER

register(
    RecordKind(
        name="learning", label=_("Learning"), log={"learning": _("Learning")},
        parts=(Tab(_("Learning"), "learning:person", 57), *timeline.PARTS, LEDGER),
    )
)  # fmt: skip
