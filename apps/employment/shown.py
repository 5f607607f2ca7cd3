"""How a placement stands, in words."""

from django.utils.translation import gettext as _

from apps.employment.models import Placement


def state_of(row: Placement) -> tuple[str, str]:
    """Kind of tag and words."""
    if row.withdrawn_at:
        return "na", _("Withdrawn")
    return ("na", _("Work has ended")) if row.ended_on else ("done", _("Works there"))
