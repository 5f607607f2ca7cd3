"""What the stream of a person tells of who looks after the person."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _, gettext_lazy

from apps.core.text import full_day
from apps.core.timeline import (
    PERSON,
    Chip,
    Event,
    Happening,
    Happenings,
    Line,
    Told,
    day_of,
    joined,
)
from apps.persons.models import Assignment, Merge


def _assignment(row: Assignment) -> Iterator[Event]:
    words = _("until %(day)s") % {"day": full_day(row.ends_on)} if row.ends_on else ""
    title = _("%(kind)s: %(who)s") % {"kind": row.get_kind_display(), "who": row.worker}
    yield Event(row.starts_on, "assignment", "user-check", title, words, at=row.recorded_at)


def _merge(row: Happening) -> Iterator[Line]:
    yield "d1", _("Another file was merged into this one"), joined([row.said, row.no]), None
    yield "d2", _("The merge was undone"), "", None


PARTS: Final = (
    Chip("merge", gettext_lazy("Merged files"), 140),
    Happenings(
        src="merge", model=Merge, rank=116, chip="merge", icon="file-text", tell=_merge,
        no="merged_by__name", said="reason", days=(day_of("merged_at"), day_of("undone_at")),
        moments=("merged_at", "undone_at"),
    ),
    Chip("assignment", gettext_lazy("Assignment"), 110),
    Told(
        model=Assignment, rank=210, tell=_assignment,
        rows=lambda _user, _day: (
            Assignment.objects.filter(person_id=PERSON).select_related("worker")
            .order_by("-starts_on", "-pk")
        ),
    ),
)  # fmt: skip
