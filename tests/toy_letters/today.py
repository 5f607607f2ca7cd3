"""Letters that wait for an answer, as lines of Today."""

from datetime import date
from typing import Any, Final

from django.db.models import F

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.schedule.due_lines import state_of
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import Line, OtherHead, WaitingRows, shaped, text
from tests.toy_letters.models import Letter


def _rows(scope: Scope) -> Any:
    rows = scope.of(Letter).filter(answered_on=None, received_on__lte=scope.day)
    return shaped(rows, text("letter"), F("received_on"), sorted_as=F("person__sort_key"))


def _head(row: Any, _user: User, day: date) -> OtherHead:
    return OtherHead.of(row, state_of(row.line_on, None, day))


def _explain(_head: OtherHead, _user: User) -> tuple[list[str], str]:
    return ["来信后尽快答复。"], "办公室的规矩"


PARTS: Final = (
    WaitingRows(kinds=("letter",), rows=_rows, head=_head),
    Line(
        kind="letter", title="来信待答复", url_name="toy_letters:answer",
        permission=Permission.NEED_RECORD, act="答复", why=lambda head: f"来信 {head.due_on}",
        explain=_explain,
    ),
)  # fmt: skip
