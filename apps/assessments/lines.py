"""Assessments to make as lines of Today: the persons of the list, each with the day it is due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import OuterRef, Subquery

from apps.assessments.due import SOON_DAYS, to_assess
from apps.cases.models import Case
from apps.schedule.due_lines import TODAY, state_of
from apps.schedule.waiting_lines import WAITING

# Within so many days after the order came here somebody looks; a default of the product.
FIRST_WITHIN: Final = timedelta(days=30)


@dataclass(slots=True)
class AssessHead:
    """Enough of a line to count, sort and page it. `reason` is a state of `due.conditions`."""

    public_id: Any
    person_id: int
    village_id: int | None
    sort_key: str
    due_on: date
    state: str
    reason: str
    valid_until: date | None


def persons_to_assess(persons: Any, day: date, ends: Mapping[int, date] | None = None) -> Any:
    """Everybody of a scope who is to be assessed, in the columns of `assess_heads`."""
    running = Case.objects.filter(person_id=OuterRef("pk")).in_force_on(day).order_by("-pk")
    return (
        to_assess(persons, day, ends)
        .annotate(
            began_on=Subquery(running.values("in_force_from")[:1]),
            here_since=Subquery(running.values("brought_in_on")[:1]),
        )
        .order_by("pk")
        .values_list(
            "public_id", "pk", "village_id", "sort_key", "valid_until", "waits", "began_on",
            "here_since", named=True,
        )
    )  # fmt: skip


def assess_heads(rows: Iterable[Any], day: date) -> list[AssessHead]:
    """One line a person."""
    return [_head(row, day) for row in rows]


def _head(row: Any, day: date) -> AssessHead:
    reason, due_on = _due(row, day)
    state = state_of(due_on, None, day)
    if row.waits:
        reason, due_on, state = "waiting", day, WAITING
    elif reason == "event":
        state = TODAY
    return AssessHead(
        row.public_id, row.pk, row.village_id, row.sort_key, due_on, state, reason, row.valid_until
    )


def _due(row: Any, day: date) -> tuple[str, date]:
    """Why, and the last day for it: of a first look some days after the order came here."""
    if row.valid_until is None:
        return "never", max(row.began_on, row.here_since or row.began_on) + FIRST_WITHIN
    if row.valid_until < day:
        return "ended", row.valid_until
    if row.valid_until <= day + timedelta(days=SOON_DAYS):
        return "soon", row.valid_until
    return "event", day
