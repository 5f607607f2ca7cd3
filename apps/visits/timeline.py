"""What the stream of a person tells of visits, interviews and lost contact."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from apps.core.text import full_day
from apps.core.timeline import PERSON, Chip, Event, Happening, Happenings, Line, Told, joined
from apps.visits.contact import quiet_since
from apps.visits.models import LostContact, Meeting

# As of check-ins: the tab shows them all.
SHOWN: Final = 60


def _meeting(row: Meeting) -> Iterator[Event]:
    kind = str(row.get_kind_display())
    said = [row.state_words, row.difficulty_words, row.note, str(row.recorded_by)]
    if row.is_late_entry:
        said.append(_("entered later"))
    if row.withdrawn_at is not None:
        tag = ("na", _("Withdrawn"))
    elif row.is_done:
        tag = ("done", _("Done"))
    else:
        tag = ("na", str(row.get_reason_display()))
    title = kind if row.is_done else _("Tried: %(how)s") % {"how": kind}
    url = reverse("visits:detail", args=[row.public_id])
    yield Event(row.day, "meeting", "home", title, joined(said), tag, url, row.occurred_at)


def _search(row: Happening) -> Iterator[Line]:
    words = _("no contact since %(day)s") % {"day": full_day(row.d3)}
    yield "d1", _("Lost contact"), words, None
    yield "d2", _("Found again"), "", ("done", _("Found"))


def newest(user: Any, _day: date) -> Any:
    rows = Meeting.objects.visible_to(user).filter(person_id=PERSON, undone=False)
    return rows.select_related("recorded_by").order_by("-occurred_at", "-pk")[:SHOWN]


PARTS: Final = (
    Chip("meeting", gettext_lazy("Visits and interviews"), 20),
    Told(model=Meeting, rank=20, rows=newest, tell=_meeting),
    Happenings(
        src="lost", model=LostContact, rank=102, days=(quiet_since,), standing=True, in_band=True
    ),
    Happenings(
        src="search", model=LostContact, rank=104, chip="life", icon="user-off",
        url_name="visits:lost-detail", tell=_search, days=("set_on", "found_on", quiet_since),
        moments=("set_at",),
    ),
)  # fmt: skip
