"""Whose order ended and who may still be looked in on: for lists of rounds and for a figure."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from apps.cases.models import Case
from apps.followups.codes import Reached
from apps.followups.models import FollowUpAttempt
from apps.followups.rules import ELSEWHERE, SILENT
from apps.law.dates import latest_abstinent_start


def released(cases: Any, day: date, *, known_on: date | None = None) -> Any:
    """Of these orders the last one of each person, where it ended in the three years before the
    day. Nobody with an order in force or awaited, who lives no longer at home, or who has said
    that they want no follow-up: they owe nothing any more (Regulation, art. 7).
    `known_on`: what had come by then, for a figure as at that day: an order, a death or a word of
    later changes nothing of it.
    """
    own = Case.objects.filter(person_id=OuterRef("person_id"))
    silent = Q(person__life_status__in=SILENT)
    if known_on:
        own = own.filter(_begun_by(known_on))
        since = Q(person__life_status_since=None) | Q(person__life_status_since__lte=known_on)
        silent &= since
    later = own.filter(duties_end_on__gt=OuterRef("duties_end_on"))
    wants_none = FollowUpAttempt.objects.standing().filter(
        person_id=OuterRef("person_id"), outcome=Reached.DECLINED
    )
    if known_on:
        wants_none = wants_none.filter(day__lte=known_on)
    return cases.filter(
        ~Exists(own.in_force_on(day)), ~Exists(own.filter(duties_end_on=None)), ~Exists(later),
        ~Q(closure_reason__in=ELSEWHERE), ~Exists(wants_none), ~silent,
        person__merged_into=None, duties_end_on__lt=day,
        duties_end_on__gte=latest_abstinent_start(day),
    )  # fmt: skip


def _begun_by(day: date) -> Q:
    """In force by the day, or decided and awaited; where no day is on record, at all times."""
    awaited = Q(in_force_from=None) & (Q(decided_on=None) | Q(decided_on__lte=day))
    return Q(in_force_from__lte=day) | awaited
