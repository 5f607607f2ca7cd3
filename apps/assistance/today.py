"""What came of a help is looked at after 30, 90 and 180 days: a line of Today."""

from datetime import date
from typing import Any, Final

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.assistance.models import Assistance
from apps.core.text import day_text
from apps.schedule.due_lines import state_of
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import Line, OtherHead, WaitingRows, shaped, text

LOOK: Final = "help-look"


def _rows(scope: Scope) -> Any:
    rows = scope.of(Assistance).to_be_looked_at(scope.day)
    return shaped(rows, text(LOOK), F("asked_on"), sorted_as=F("person__sort_key"))


def _head(row: Any, _user: User, day: date) -> OtherHead:
    return OtherHead.of(row, state_of(row.line_on, None, day))


PARTS: Final = (
    WaitingRows(kinds=(LOOK,), rows=_rows, head=_head),
    Line(
        kind=LOOK, title=_("What help has changed"), url_name="assistance:look",
        permission=Permission.NEED_RECORD, act=_("Look at it"), with_person=True,
        why=lambda head: _("Delivered a while ago; ask since %(day)s what it changed")
        % {"day": day_text(head.due_on)},
        explain=lambda _head, _user: (
            [str(_("30, 90 and 180 days after the first delivery somebody asks what it changed."))],
            str(_("Rule of the office")),
        ),
    ),
)  # fmt: skip
