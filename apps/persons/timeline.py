"""What the stream of a person tells of who looks after the person."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.text import full_day
from apps.core.timeline import PERSON, Chip, Event, Told
from apps.persons.models import Assignment


def _assignment(row: Assignment) -> Iterator[Event]:
    words = _("until %(day)s") % {"day": full_day(row.ends_on)} if row.ends_on else ""
    title = _("%(kind)s: %(who)s") % {"kind": row.get_kind_display(), "who": row.worker}
    yield Event(row.starts_on, "assignment", "user-check", title, words, at=row.recorded_at)


PARTS: Final = (
    Chip("assignment", gettext_lazy("Assignment"), 110),
    Told(
        model=Assignment, rank=210, tell=_assignment,
        rows=lambda _user, _day: (
            Assignment.objects.filter(person_id=PERSON).select_related("worker")
            .order_by("-starts_on", "-pk")
        ),
    ),
)  # fmt: skip
