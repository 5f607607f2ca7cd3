"""Follow-ups, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import Contacts, RecordKind, register
from apps.followups import figures, timeline, today
from apps.followups.ledger import LEDGER
from apps.followups.models import FollowUpAttempt

register(
    RecordKind(
        name="followups", label=_("Follow-up rounds"),
        log={"followup": _("Follow-ups")},
        parts=(
            *timeline.PARTS, *today.PARTS, *figures.LISTS, LEDGER,
            Contacts(FollowUpAttempt.objects.spoken_to),
        ),
    )
)  # fmt: skip
