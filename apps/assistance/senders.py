"""Under which name an office writes to others."""

from apps.accounts.models import User
from apps.areas.models import Area
from apps.areas.units import over
from apps.assistance.models import LetterSender


def sender_of(office: Area) -> LetterSender | None:
    """Of the office, else of a unit that became it, else of the nearest unit above it."""
    rows = LetterSender.objects.filter(over(office)).select_related("area")
    found = sorted(rows.order_by("pk"), key=lambda row: (len(row.area.code), row.area.active))
    return found[-1] if found else None


def signs(user: User) -> str:
    """On a sheet of help, which goes to other offices: neither the account, whose name may tell
    what the office does, nor the office itself. The access log keeps who it was.
    """
    sender = sender_of(user.area.today) if user.area else None
    return sender.name if sender else ""
