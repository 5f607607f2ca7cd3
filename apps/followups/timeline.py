"""What the stream of a person tells of follow-ups: every try, and what was said."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from apps.core.timeline import PERSON, Event, Told, joined
from apps.followups.codes import Reached
from apps.followups.models import FollowUpAttempt


def _attempt(row: FollowUpAttempt) -> Iterator[Event]:
    title = _("Follow-up: %(outcome)s") % {"outcome": row.get_outcome_display()}
    way = str(row.get_way_display()) if row.way else ""
    tag = ("na", _("Withdrawn")) if row.withdrawn_at else None
    icon = "phone-off" if row.outcome == Reached.NOT_REACHED else "phone"
    yield Event(row.day, "visit", icon, title, joined([way, row.said, row.words]), tag,
                at=row.occurred_at)  # fmt: skip


PARTS: Final = (
    Told(
        model=FollowUpAttempt, rank=35, tell=_attempt,
        rows=lambda user, _day: (
            FollowUpAttempt.objects.visible_to(user).filter(person_id=PERSON)
            .order_by("-occurred_at", "-pk")
        ),
    ),
)  # fmt: skip
