"""Who was drawn and has neither been tested nor excused, as lines of Today."""

from datetime import date
from typing import Any, Final

from django.db.models import CharField, Exists, F, OuterRef
from django.db.models.functions import Cast
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.cases.models import Case
from apps.core.text import day_text
from apps.draws.models import Drawn
from apps.schedule.due_lines import TODAY, state_of
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import Line, OtherHead, WaitingRows, shaped, text

DRAWN: Final = "drawn"


def _rows(scope: Scope) -> Any:
    """From the day of the draw on, and while a duty runs: before it nobody is warned, and of
    somebody whose order has ended or rests nothing is asked.
    """
    runs = Case.objects.asked_on(scope.day).filter(person_id=OuterRef("person_id"))
    rows = scope.of(Drawn).unanswered_on(scope.day).filter(Exists(runs), day__lte=scope.day)
    return shaped(
        rows, text(DRAWN), F("until"), sorted_as=F("person__sort_key"),
        line_words=Cast("day", CharField()),
    )  # fmt: skip


def _head(row: Any, _user: User, day: date) -> OtherHead:
    """Something for today on each day of the draw."""
    return OtherHead.of(row, TODAY if row.line_on >= day else state_of(row.line_on, None, day))


def _why(head: OtherHead) -> str:
    facts = {"day": day_text(date.fromisoformat(head.words)), "until": day_text(head.due_on)}
    return _("Random test drawn for %(day)s; a test until %(until)s answers it") % facts


def _explain(_head: OtherHead, _user: User) -> tuple[list[str], str]:
    counted = _(
        "Chance has drawn the person; nothing is suspected. A test on one of the days of the draw "
        "answers it, and so does a reason why none is taken."
    )
    basis = _("Drug Rehabilitation Regulation, art. 19: tests; that chance chooses is the office's")
    return [counted], basis


PARTS: Final = (
    WaitingRows(kinds=(DRAWN,), rows=_rows, head=_head),
    Line(
        kind=DRAWN, title=gettext_lazy("Random test"), url_name="draws:drawn", why=_why,
        permission=Permission.CHECKIN_LOG, act=gettext_lazy("Record the test"),
        explain=_explain, with_person=True,
    ),
)  # fmt: skip
