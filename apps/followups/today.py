"""Whom somebody wanted to try again today, in a round that is open; and who was released and is to
be looked in on before the round ends.
"""

from datetime import date
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.text import day_text
from apps.followups.codes import Ground, Reached
from apps.followups.models import FollowUpAttempt, FollowUpTarget
from apps.followups.querysets import tries
from apps.followups.rules import MONTHS_BETWEEN, REMINDED_BEFORE, SILENT
from apps.law.dates import add_months, latest_abstinent_start
from apps.schedule.due_lines import state_of
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import Line, OtherHead, WaitingRows, shaped, text

CALL: Final = "followup-call"
YEARLY: Final = "followup-released"


def _asked(scope: Scope) -> Any:
    """Of rounds that are open, to whom nobody has spoken, and who may still be asked."""
    wants_none = FollowUpAttempt.objects.standing().filter(
        person=OuterRef("person_id"), outcome=Reached.DECLINED, day__gte=OuterRef("round__first")
    )
    over = Q(ground=Ground.RELEASED, case__duties_end_on__lt=latest_abstinent_start(scope.day))
    rows = scope.of(FollowUpTarget).exclude(over).exclude(person__life_status__in=SILENT)
    return rows.filter(
        ~Exists(wants_none), ~Exists(tries().exclude(outcome=Reached.NOT_REACHED)),
        withdrawn_at=None, round__closed_at=None, round__last__gte=scope.day,
    )  # fmt: skip


def _rows(scope: Scope) -> Any:
    """Second calls of today and of earlier days after which nobody has spoken to the person: of
    two files that became one the last one.
    """
    since = tries(day__gte=OuterRef("second_call_on"))
    later = Q(second_call_on__gt=OuterRef("second_call_on"))
    later |= Q(second_call_on=OuterRef("second_call_on"), pk__lt=OuterRef("pk"))
    same = FollowUpTarget.objects.standing().filter(
        later, person=OuterRef("person_id"), round=OuterRef("round_id"),
        second_call_on__lte=scope.day,
    )  # fmt: skip
    rows = _asked(scope).filter(~Exists(since), ~Exists(same), second_call_on__lte=scope.day)
    return shaped(rows, text(CALL), F("second_call_on"), sorted_as=F("person__sort_key"))


def _released(scope: Scope) -> Any:
    """Once a year, after the order has ended: whom nobody has tried in a round whose end is near,
    or reached in any other within the year.
    """
    reached = FollowUpAttempt.objects.standing().filter(
        person=OuterRef("person_id"), outcome=Reached.REACHED,
        day__gt=add_months(scope.day, -MONTHS_BETWEEN),
    )  # fmt: skip
    rows = _asked(scope).to_be_reached(scope.day).filter(
        ~Exists(tries()), ~Exists(reached), ground=Ground.RELEASED, second_call_on=None,
        round__first__lte=scope.day, round__last__lte=scope.day + REMINDED_BEFORE,
    )  # fmt: skip
    return shaped(rows, text(YEARLY), F("round__last"), sorted_as=F("person__sort_key"))


def _head(row: Any, _user: User, day: date) -> OtherHead:
    return OtherHead.of(row, state_of(row.line_on, None, day))


def _why(head: OtherHead) -> str:
    return _("Not reached yet; to be tried again on %(day)s") % {"day": day_text(head.due_on)}


def _explain(_head: OtherHead, _user: User) -> tuple[list[str], str]:
    words = _("Somebody of the follow-up round was not reached and noted this day for another try.")
    return [words], _("Drug Rehabilitation Regulation, art. 7")


def _why_yearly(head: OtherHead) -> str:
    return _("Nobody has looked in yet; the round ends on %(day)s") % {"day": day_text(head.due_on)}


def _explain_yearly(_head: OtherHead, _user: User) -> tuple[list[str], str]:
    words = [
        _("The person's order has ended. For three years the office looks in once a year and asks "
          "how it goes."),
        _("It is the office's task. The person owes nothing, and may say that they want none."),
    ]  # fmt: skip
    return words, _("Drug Rehabilitation Regulation, art. 7")


PARTS: Final = (
    WaitingRows(kinds=(CALL,), rows=_rows, head=_head),
    WaitingRows(kinds=(YEARLY,), rows=_released, head=_head),
    Line(
        kind=CALL, title=gettext_lazy("Follow-up, second call"), url_name="followups:target",
        permission=Permission.CHECKIN_LOG, act=gettext_lazy("Note a try"), with_person=True,
        why=_why, explain=_explain,
    ),
    Line(
        kind=YEARLY, title=gettext_lazy("Look in after release"), url_name="followups:target",
        permission=Permission.CHECKIN_LOG, act=gettext_lazy("Note a try"), with_person=True,
        why=_why_yearly, explain=_explain_yearly,
    ),
)  # fmt: skip
