"""Assessments to make as lines of Today: the persons of the list, each with the day it is due."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.assessments.due import SOON_DAYS, to_assess
from apps.cases.models import Case
from apps.core.text import day_text
from apps.persons.models import Person
from apps.schedule.due_lines import TODAY, state_of
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import WAITING, Line, OtherHead, WaitingHeads

ASSESS: Final = "assess"
# Within so many days after the order came here somebody looks; a default of the product.
FIRST_WITHIN: Final = timedelta(days=30)


def to_assess_on(scope: Scope) -> list[OtherHead]:
    """Assessments that the user is to make, of the own scope or of one unit in it; one query."""
    rows = scope.ask("assess", lambda asked: persons_to_assess(asked.of(Person), asked.day))
    return assess_heads(rows, scope.day)


def persons_to_assess(persons: Any, day: date, ends: Mapping[int, date] | None = None) -> Any:
    """Everybody of a scope who is to be assessed, in the columns of `assess_heads`."""
    running = Case.objects.filter(person_id=OuterRef("pk")).in_force_on(day).order_by("-pk")
    return (
        to_assess(persons, day, ends)
        .annotate(
            began_on=Subquery(running.values("in_force_from")[:1]),
            here_since=Subquery(running.values("brought_in_on")[:1]),
        )
        .order_by("pk")
        .values_list(
            "public_id", "pk", "village_id", "sort_key", "valid_until", "waits", "began_on",
            "here_since", named=True,
        )
    )  # fmt: skip


def assess_heads(rows: Iterable[Any], day: date) -> list[OtherHead]:
    """One line a person. `reason` is a state of `due.conditions`."""
    return [_head(row, day) for row in rows]


def _head(row: Any, day: date) -> OtherHead:
    reason, due_on = _due(row, day)
    state = state_of(due_on, None, day)
    if row.waits:
        reason, due_on, state = "waiting", day, WAITING
    elif reason == "event":
        state = TODAY
    return OtherHead(
        ASSESS, row.public_id, row.pk, row.village_id, row.sort_key, due_on, state, reason,
        day_text(row.valid_until) if row.valid_until else "",
    )  # fmt: skip


def _due(row: Any, day: date) -> tuple[str, date]:
    """Why, and the last day for it: of a first look some days after the order came here."""
    if row.valid_until is None:
        return "never", max(row.began_on, row.here_since or row.began_on) + FIRST_WITHIN
    if row.valid_until < day:
        return "ended", row.valid_until
    if row.valid_until <= day + timedelta(days=SOON_DAYS):
        return "soon", row.valid_until
    return "event", day


def _assess_words(head: OtherHead) -> str:
    return {
        "never": _("Never assessed since the order came here"),
        "ended": _("The last assessment ended on %(day)s"),
        "soon": _("The assessment ends on %(day)s"),
        "event": _("Something has happened since the last assessment"),
        "waiting": _("Assessed; waits for the supervisor"),
    }[head.reason] % {"day": head.words}


def _explain(head: OtherHead, _user: User) -> tuple[list[str], str]:
    counted = {
        "never": _("Within %(n)s days after the order came here somebody looks.")
        % {"n": FIRST_WITHIN.days},
        "event": _("An event stands in the file that no assessment has answered."),
        "waiting": _("The proposed risk level holds once a supervisor has decided."),
    }
    ended = _("Each risk level speaks for the months that the table of assessments names.")
    basis = _("No article fixes how often: the table of assessments of the office does")
    return [counted.get(head.reason, ended)], basis


PARTS: Final = (
    WaitingHeads(heads=to_assess_on),
    # One that waits for the supervisor is not made once more.
    Line(
        kind=ASSESS, title=gettext_lazy("Assessment"), url_name="assessments:create",
        permission=Permission.RISK_LEVEL_DECIDE, waiting_permission=Permission.APPROVE,
        act=gettext_lazy("Assess"), why=_assess_words, explain=_explain,
    ),
)  # fmt: skip
