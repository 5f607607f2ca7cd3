"""How a treatment stands, in words."""

from django.utils.translation import gettext as _

from apps.core.days import today
from apps.treatment.models import Treatment


def state_of(row: Treatment) -> tuple[str, str]:
    """Kind of tag and words."""
    if row.withdrawn_at:
        return "na", _("Withdrawn")
    if row.ended_on is None and row.person.is_dead_by(today()):
        return "na", _("The person has died")
    return ("na", _("Treatment has ended")) if row.ended_on else ("done", _("In treatment"))
