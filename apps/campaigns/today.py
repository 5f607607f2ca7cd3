"""Who was given a slot, or is asked once more on a day without slots, as lines of Today until the
day is over: told before, and expected on it.

The office's task. Nobody owes the day: with it the line goes, whether somebody came or not.
"""

from datetime import date, datetime
from typing import Any, Final

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.campaigns.models import CampaignTarget
from apps.campaigns.timeline import clock_words
from apps.core.text import day_text
from apps.core.timeline import day_of
from apps.schedule.due_lines import state_of
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import Line, OtherHead, WaitingRows, shaped, text

SLOT: Final = "campaign-slot"


def _rows(scope: Scope) -> Any:
    """The site stands where the place of a person without a file would, and how it was told where
    the name would: the line has both from its person.
    """
    rows = scope.of(CampaignTarget).awaited_from(scope.day)
    return shaped(
        rows, text(SLOT), Coalesce(day_of("slot__begins"), F("second_call_on")),
        sorted_as=F("person__sort_key"), line_name=F("told_how"),
        line_words=Coalesce(Cast("slot__begins", CharField()), Value("")),
        line_place=Coalesce(F("slot__site__name"), Value("")),
    )  # fmt: skip


def _head(row: Any, _user: User, day: date) -> OtherHead:
    return OtherHead.of(row, state_of(row.line_on, None, day))


def _why(head: OtherHead) -> str:
    if not head.words:
        return _("To be asked once more on %(day)s; no slot is given.") % {
            "day": day_text(head.due_on)
        }
    told = _("told") if head.name else _("not told yet")
    when = clock_words(datetime.fromisoformat(head.words))
    return f"{day_text(head.due_on)} {when} · {head.place} · {told}"


def _explain(_head: OtherHead, _user: User) -> tuple[list[str], str]:
    words = [
        _(
            "A test campaign has given the person this day, time and place. Tell them to the "
            "person alone; whoever cannot come gets another slot, or is excused."
        ),
        _("It is the office's task and no duty of the person; after the day the line is gone."),
    ]
    return words, _("Rules on drug testing procedure")


PARTS: Final = (
    WaitingRows(kinds=(SLOT,), rows=_rows, head=_head),
    Line(
        kind=SLOT, title=gettext_lazy("Sample of a campaign"), url_name="campaigns:target",
        permission=Permission.CHECKIN_LOG, act=pgettext_lazy("button", "Open"), with_person=True,
        why=_why, explain=_explain,
    ),
)  # fmt: skip
