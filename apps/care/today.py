"""Reviews whose day has come, and steps that are past their day: the office's, never a breach.

They ask while the person has an order in force: afterwards a plan goes on for whoever wants it, and
nobody is reminded of anybody.
"""

from datetime import date
from typing import Any, Final

from django.db.models import F
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.care.models import CarePlan, CareStep
from apps.cases.asked import still_asked
from apps.core.text import day_text
from apps.schedule.due_lines import state_of
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import Line, OtherHead, WaitingRows, shaped, text

REVIEW: Final = "care-review"
STEP: Final = "care-step"


def _reviews(scope: Scope) -> Any:
    plans = scope.of(CarePlan).open().with_next_review().filter(next_review__lte=scope.day)
    rows = plans.filter(still_asked(scope.day))
    return shaped(rows, text(REVIEW), F("next_review"), sorted_as=F("person__sort_key"))


def _steps(scope: Scope) -> Any:
    """From its day on."""
    running = scope.of(CareStep).running().filter(by_day__lte=scope.day)
    rows = running.filter(still_asked(scope.day))
    return shaped(rows, text(STEP), F("by_day"), sorted_as=F("person__sort_key"))


def _head(row: Any, _user: User, day: date) -> OtherHead:
    return OtherHead.of(row, state_of(row.line_on, None, day))


def _why_review(head: OtherHead) -> str:
    return _("Person and carers look at the plan; the day is %(day)s") % {
        "day": day_text(head.due_on)
    }


def _why_step(head: OtherHead) -> str:
    return _("The plan says by %(day)s; nobody has noted how it ended") % {
        "day": day_text(head.due_on)
    }


def _explain_review(_head: OtherHead, _user: User) -> tuple[list[str], str]:
    words = [
        _("The care plan, or its last review, names this day for the next look at it."),
        _("It is the office's task and no duty of the person."),
    ]
    return words, _("Drug Rehabilitation Regulation, arts. 18 and 39")


def _explain_step(_head: OtherHead, _user: User) -> tuple[list[str], str]:
    words = [
        _("The care plan says by when this step is done. Note that it was, or why not."),
        _("Nothing follows for the person, whoever was to do it."),
    ]
    return words, _("Drug Rehabilitation Regulation, arts. 18 and 39")


PARTS: Final = (
    WaitingRows(kinds=(REVIEW,), rows=_reviews, head=_head),
    WaitingRows(kinds=(STEP,), rows=_steps, head=_head),
    Line(
        kind=REVIEW, title=gettext_lazy("Review of the care plan"), url_name="care:review",
        permission=Permission.NEED_RECORD, act=gettext_lazy("Record the review"),
        with_person=True, why=_why_review, explain=_explain_review,
    ),
    Line(
        kind=STEP, title=gettext_lazy("Step of the care plan"), url_name="care:end-step",
        permission=Permission.NEED_RECORD, act=gettext_lazy("Note how it ended"),
        why=_why_step, explain=_explain_step,
    ),
)  # fmt: skip
