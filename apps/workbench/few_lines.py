"""What is seldom, as lines of Today: absences, reports to the police, and what subjects bring.

Rows of many tables in one query, for most scopes have none of any.
"""

from datetime import date
from functools import cache
from typing import Any, Final

from django.db.models import F, Q

from apps.accounts.models import User
from apps.cases.models import Leave, PoliceReport
from apps.core.records import every
from apps.schedule.lines import state_of
from apps.schedule.scope import Scope
from apps.schedule.waiting import SHAPE, WAITING, WaitingRows, shaped, text
from apps.workbench.step_lines import REPLY, RETURN, StepHead


def few_heads_on(scope: Scope) -> list[Any]:
    """Of the user's scope, or of one unit in it; one query."""
    rows = scope.ask("few", _few)
    return [_sources()[row.line_kind].head(row, scope.user, scope.day) for row in rows]


@cache
def _sources() -> dict[str, WaitingRows]:
    return {kind: source for source in every(WaitingRows) for kind in source.kinds}


def _few(scope: Scope) -> Any:
    first, *others = (source.rows(scope) for source in every(WaitingRows))
    found = first.union(*others, all=True)
    return found.order_by("line_on", "public_id").values_list(*SHAPE, named=True)


def _away(scope: Scope) -> Any:
    """Whoever is away is awaited on the last day announced."""
    rows = (
        scope.of(Leave)
        .filter(returned_on=None, withdrawn_at=None, case__closed_on=None)
        .filter(Q(case__duties_end_on=None) | Q(case__duties_end_on__gte=scope.day))
        .filter(starts_on__lte=scope.day)
    )
    return shaped(rows, text(RETURN), F("until_on"))


def _sent(scope: Scope) -> Any:
    """What the police have waits for them."""
    rows = scope.of(PoliceReport).unanswered().filter(case__closed_on=None)
    return shaped(rows, text(REPLY), F("reported_on"))


def _head(row: Any, _user: User, day: date) -> StepHead:
    state = WAITING if row.line_kind == REPLY else state_of(row.line_on, None, day)
    return StepHead(
        row.line_kind, row.public_id, row.person_pk, row.village_pk, row.sorted_as, row.line_on,
        state, row.line_on,
    )  # fmt: skip


PARTS: Final = (
    WaitingRows(kinds=(RETURN,), rows=_away, head=_head),
    WaitingRows(kinds=(REPLY,), rows=_sent, head=_head),
)
