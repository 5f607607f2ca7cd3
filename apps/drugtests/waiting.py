"""What of a sample waits, in words, and the step that comes next: as rows of lists say it.

Asked of steps that were read before: a list asks the database for all of its rows at once.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _, ngettext

from apps.core.days import local_day
from apps.core.text import day_text
from apps.drugtests.chain import (
    ANSWERS,
    OBJECTIONS,
    StepKind,
    Waiting,
    is_disputed,
    is_unfinished,
    misses_laboratory,
)
from apps.drugtests.deadlines import answer_due, objected_late
from apps.drugtests.dossier_page import ASIDE
from apps.drugtests.dossiers import why_not_now
from apps.drugtests.following import recorded_of
from apps.drugtests.models import DrugTest, Step
from apps.drugtests.models.dossier import standing
from apps.law.parameters import Rulebook

# Nothing of a sample is pressing before: the last days on which its end can be prepared.
SOON: Final = 30


@dataclass(frozen=True)
class Waits:
    """Kind of tag and words, and the step that comes next, if one may be now."""

    kind: str
    words: str
    following: StepKind | None = None


def steps_of(dossiers: Iterable[Any]) -> dict[Any, dict[str, Step]]:
    """Standing steps of each dossier, by its number; one query for all."""
    ids = [dossier.pk for dossier in dossiers]
    found: dict[Any, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(dossier__in=ids, withdrawn_at=None).order_by("at", "pk"):
        found[step.dossier_id].append(step)
    return {pk: standing(found[pk]) for pk in ids}


def of_storage(test: DrugTest, keep_until: date, had: Any, day: date) -> Waits:
    """Whether a stored sample can go, and if not why."""
    dead = test.person.is_dead_by(day)
    if is_disputed(had) and not dead:
        return Waits("inf", _("In dispute: kept on"), _usual(test, had))
    misses = misses_laboratory(test, had, recorded_of(test, had))
    if (misses or is_unfinished(had)) and not dead:
        return Waits("inf", _("Not finished: kept on"), _usual(test, had))
    left = (keep_until - day).days
    if left < 0:
        return Waits("late", _("To be destroyed"), StepKind.DESTROYED)
    words = ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
    return Waits("soon" if left <= SOON else "na", words)


def of_way(test: DrugTest, waits_for: str, until: date, had: Any, day: date) -> Waits:
    """What comes next of a sample that goes to a laboratory, and by when."""
    words = {
        Waiting.SEAL: _("To be sealed and stored"),
        Waiting.SEND: _("To be sent by %(day)s"),
        Waiting.AWAIT: _("Awaited by %(day)s"),
    }[Waiting(waits_for)]
    late = until < day
    return Waits("late" if late else "soon", words % {"day": day_text(until)}, _usual(test, had))


def of_storage_days(keep_until: date, day: date) -> Waits:
    """For a list that leaves the house: how long, and nothing of why it is kept on."""
    left = (keep_until - day).days
    if left < 0:
        return Waits("late", _("Date is over"))
    return Waits("na", ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left})


def of_objection(test: DrugTest, had: Any, book: Rulebook, day: date) -> Waits:
    """How far an objection is: to be answered, being carried out, or settled."""
    for objection, answer in zip(OBJECTIONS, ANSWERS, strict=True):
        if objection in had and answer not in had:
            due = answer_due(had, book)
            words = _("To be answered by %(day)s") % {"day": day_text(due)}
            if objected_late(had, book):
                words = _("Objected after the days; to be answered by %(day)s") % {
                    "day": day_text(due)
                }
            return Waits("late" if due and due < day else "soon", words, StepKind(answer))
    if is_disputed(had):
        return Waits("inf", _("Granted: being carried out"), _usual(test, had))
    return Waits("done", _("Settled"))


def objected_on(had: Any) -> date:
    """The day of the latest objection."""
    return local_day(max(had[kind].at for kind in OBJECTIONS if kind in had))


def _usual(test: DrugTest, had: Any) -> StepKind | None:
    """The next step of the usual way; none where it only waits."""
    possible = (kind for kind in StepKind if not why_not_now(kind, test, had))
    return next((kind for kind in possible if kind not in ASIDE), None)
