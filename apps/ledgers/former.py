"""What rows said before they were put right: a ledger that comes in again still has the old words,
and brings nothing back that somebody has corrected.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

Facts = tuple[Any, ...]


def said_before(
    model: type[Model], rows: Iterable[Model], *names: str
) -> dict[int, set[Facts]]:  # fmt: skip
    """By row: what these columns say and ever said; one query."""
    found: dict[int, set[Facts]] = {row.pk: set() for row in rows}
    events = model.events.rel.related_model.objects.filter(pgh_obj_id__in=list(found))  # type: ignore[attr-defined]
    for pk, *facts in events.order_by().values_list("pgh_obj_id", *names).distinct():
        found[pk].add(tuple(facts))
    return found
