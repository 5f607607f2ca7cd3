"""Open needs as lines of Today: to be referred within some days, then waiting for others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from apps.core.prepared import Among, Prepared
from apps.needs.models import Need, Urgency
from apps.needs.querysets import NeedQuerySet
from apps.schedule.due_lines import state_of
from apps.schedule.waiting_lines import WAITING

# Within so many days a need is to be passed on; a product default, no rule of law.
REFER_WITHIN = {Urgency.NORMAL: 7, Urgency.SOON: 3, Urgency.URGENT: 0}


@dataclass(slots=True)
class NeedHead:
    """Enough of a line to count, sort and page it."""

    need_id: int
    person_id: int
    village_id: int | None
    sort_key: str
    due_on: date
    state: str


def refer_by(said_on: date, urgency: str) -> date:
    return said_on + timedelta(days=REFER_WITHIN[Urgency(urgency)])


def open_needs(needs: NeedQuerySet, day: date) -> Any:
    """All open needs of a scope, in the columns of `need_heads`."""
    return (
        needs.open_on(day)
        .order_by("said_on", "pk")
        .values_list(
            "pk", "person_id", "village_id", "person__sort_key", "said_on", "urgency", "referred_on"
        )
    )


def need_heads(rows: Iterable[Any], day: date) -> list[NeedHead]:
    """One order by date with the duties: what was not passed on in time is overdue as they are."""
    return [
        NeedHead(
            pk,
            person_id,
            village_id,
            sort_key,
            (by := refer_by(said_on, urgency)),
            WAITING if referred_on else state_of(by, None, day),
        )
        for pk, person_id, village_id, sort_key, said_on, urgency, referred_on in rows
    ]


def load_needs(heads: Sequence[NeedHead]) -> dict[int, Need]:
    """The needs behind some heads; one query."""
    ids = [head.need_id for head in heads]
    return {need.pk: need for need in _WHOLE.rows(ids=ids)} if ids else {}


_WHOLE = Prepared(
    lambda: Need.objects.filter(Among("pk")).select_related("person", "town", "village").order_by()
)
