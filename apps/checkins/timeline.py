"""What the stream of a person tells of check-ins."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _, gettext_lazy

from apps.checkins.codes import Method
from apps.checkins.models import CheckIn
from apps.contacts.codes import NotDoneReason
from apps.core.timeline import PERSON, Chip, Event, Told, joined

# Who signs in daily has a thousand: the tab shows them all, page by page.
SHOWN: Final = 60


def _checkin(row: CheckIn) -> Iterator[Event]:
    # Not get_method_display(): it translates every choice of the list to find one of them.
    done, method = row.outcome == "done", str(Method(row.method).label)
    words = row.note or row.state_words
    said = [words, _("mood %(n)s of 5") % {"n": row.mood} if row.mood else "", str(row.recorded_by)]
    if row.is_late_entry:
        said.append(_("entered later"))
    if row.withdrawn_at is not None:
        tag = ("na", _("Withdrawn"))
    elif done:
        tag = ("done", _("Done"))
    else:
        tag = ("na", str(NotDoneReason(row.reason).label))
    title = method if done else _("Tried: %(how)s") % {"how": method}
    yield Event(row.day, "checkin", "map-pin-check", title, joined(said), tag, at=row.occurred_at)


def newest(user: Any, _day: date) -> Any:
    """One more than is shown, so that the page knows of older ones."""
    rows = CheckIn.objects.visible_to(user).filter(person_id=PERSON, undone=False)
    return rows.select_related("recorded_by").order_by("-occurred_at", "-pk")[: SHOWN + 1]


PARTS: Final = (
    Chip("checkin", gettext_lazy("Check-ins"), 10),
    Told(model=CheckIn, rank=10, rows=newest, tell=_checkin, shown=SHOWN),
)
