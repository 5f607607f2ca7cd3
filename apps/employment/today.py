"""Placements that nobody has looked after since day 30, 90 or 180, for some weeks."""

from datetime import date
from typing import Any, Final

from django.db.models import CharField, F
from django.db.models.functions import Cast
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.text import day_text
from apps.employment.models import Placement
from apps.schedule.due_lines import state_of
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import Line, OtherHead, WaitingRows, shaped, text

LOOK: Final = "placement-look"


def _rows(scope: Scope) -> Any:
    rows = scope.of(Placement).to_be_looked_at(scope.day)
    begun = Cast("starts_on", CharField())
    return shaped(rows, text(LOOK), F("look_on"), sorted_as=F("person__sort_key"), line_words=begun)


def _head(row: Any, _user: User, day: date) -> OtherHead:
    return OtherHead.of(row, state_of(row.line_on, None, day))


def _why(head: OtherHead) -> str:
    return _("Somebody looks since %(day)s whether the work lasts") % {"day": day_text(head.due_on)}


def _explain(head: OtherHead, _user: User) -> tuple[list[str], str]:
    starts_on = date.fromisoformat(head.words)
    n = (head.due_on - starts_on).days
    words = [
        _("30, 90 and 180 days after the first day of work somebody looks whether the person is "
          "still there. A later look stands for an earlier one."),
        _("It is the office's task and no duty of the person."),
    ]  # fmt: skip
    said = ngettext(
        "First day of work: %(day)s; %(n)s day after it is %(due)s.",
        "First day of work: %(day)s; %(n)s days after it is %(due)s.", n,
    )  # fmt: skip
    words.append(said % {"day": day_text(starts_on), "n": n, "due": day_text(head.due_on)})
    return words, _("Drug Rehabilitation Regulation, art. 18")


PARTS: Final = (
    WaitingRows(kinds=(LOOK,), rows=_rows, head=_head),
    Line(
        kind=LOOK, title=gettext_lazy("Look after a placement"), url_name="employment:placement",
        permission=Permission.NEED_RECORD, act=gettext_lazy("Note a look"), with_person=True,
        why=_why, explain=_explain,
    ),
)  # fmt: skip
