"""What was learned is written down, and taken back where it was a mistake."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.unit_rows import refuse_not_run
from apps.areas.models import Area, Level, place_ids
from apps.audit.acting import acting
from apps.contacts.guards import lock_cases, refuse_after_death
from apps.contacts.withdrawing import take_back
from apps.core.days import today
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.learning.codes import Origin
from apps.learning.models import LearningRecord, UnitScore
from apps.persons.models import Person


@transaction.atomic
@once(LearningRecord, target="person", page="learning:record")
def record_learning(
    *, person: Person, by: User, client_uuid: UUID, title: str, origin: str, first: date,
    platform: str = "", last: date | None = None, points: Decimal | None = None,
    hours: Decimal | None = None, words: str = "",
) -> LearningRecord:  # fmt: skip
    """Points as they were written. Nothing is counted from them, and nothing follows."""
    refuse_impossible(person, origin, platform, first, last)
    lock_cases(person)
    row = LearningRecord(
        person=person, client_uuid=client_uuid, title=title.strip(), origin=origin,
        platform=platform.strip(), first=first, last=last, points=points, hours=hours,
        words=words.strip(), recorded_at=timezone.now(), recorded_by=by, **place_ids(person),
    )  # fmt: skip
    _refuse_twin(row)
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
@once(UnitScore, target="area")
def record_unit_score(
    *, area: Area, by: User, client_uuid: UUID, title: str, origin: str, first: date,
    points: Decimal, platform: str = "", last: date | None = None, words: str = "",
) -> UnitScore:  # fmt: skip
    """Of a city, a county or a unit below, as the platform reports it."""
    if area.level == Level.PROVINCE:
        raise Refused(_("A score is of a city, a county or a unit below."), field="area")
    _refuse(origin, platform, first, last)
    row = UnitScore(
        area=area.today, client_uuid=client_uuid, title=title.strip(), origin=origin,
        platform=platform.strip(), first=first, last=last, points=points, words=words.strip(),
        recorded_by=by,
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def correct_learning(
    *, record: LearningRecord, by: User, reason: str, version: int, title: str, origin: str,
    first: date, platform: str = "", last: date | None = None, points: Decimal | None = None,
    hours: Decimal | None = None, words: str = "",
) -> LearningRecord:  # fmt: skip
    """What was written down wrong; the old values stay in the history, with the reason."""
    locked = _lock(record)
    locked.refuse_correction(version)
    if not is_reason(reason):
        raise Refused(_("Say why the record is corrected."), field="reason")
    refuse_impossible(locked.person, origin, platform, first, last)
    locked.title, locked.origin, locked.platform = title.strip(), origin, platform.strip()
    locked.first, locked.last, locked.points, locked.hours = first, last, points, hours
    locked.words = words.strip()
    _refuse_twin(locked)
    locked.version += 1
    with acting(by, reason.strip()):
        save_or_refuse(locked)
    return locked


@transaction.atomic
def withdraw_learning(*, record: LearningRecord, by: User, reason: str) -> LearningRecord:
    """It stays with the reason."""
    locked = _lock(record)
    _refuse_taking_back(locked, reason)
    take_back(locked, by, reason.strip(), timezone.now())
    return locked


@transaction.atomic
def withdraw_unit_score(*, score: UnitScore, by: User, reason: str) -> UnitScore:
    """The same of the score of a unit."""
    locked: UnitScore = UnitScore.objects.select_for_update(of=("self",)).get(pk=score.pk)
    refuse_not_run(locked, by)
    _refuse_taking_back(locked, reason)
    locked.withdrawn_at, locked.withdrawn_by = timezone.now(), by
    locked.withdrawn_reason = reason.strip()
    with acting(by, reason.strip()):
        save_or_refuse(locked)
    return locked


def _lock(record: LearningRecord) -> LearningRecord:
    lock_cases(record.person)
    rows: Any = LearningRecord.objects.select_for_update(of=("self",))
    locked: LearningRecord = rows.select_related("person").get(pk=record.pk)
    return locked


def refuse_impossible(
    person: Person, origin: str, platform: str, first: date, last: date | None
) -> None:
    """What nobody has learned: days to come, or outside the person's life."""
    _refuse(origin, platform, first, last)
    if person.born_on is not None and first < person.born_on:
        raise Refused(_("This day lies before the person's birth."), field="first")
    refuse_after_death(person, first, "first")
    if last is not None:
        refuse_after_death(person, last, "last")


def _refuse_twin(row: LearningRecord) -> None:
    twin = LearningRecord.objects.standing().filter(
        person_id=row.person_id, title=row.title, platform=row.platform, first=row.first,
        last=row.last,
    )  # fmt: skip
    if twin.exclude(pk=row.pk).exists():
        raise Refused(_("This course of these days is on record already."), field="title")


def _refuse(origin: str, platform: str, first: date, last: date | None) -> None:
    if (origin == Origin.PLATFORM) != bool(platform.strip()):
        words = _("Another platform has a name; a course of the office none.")
        raise Refused(words, field="platform")
    if first > today():
        raise Refused(_("The day lies in the future."), field="first")
    if last is not None and last < first:
        raise Refused(_("The end lies before the beginning."), field="last")
    if last is not None and last > today():
        raise Refused(_("The day lies in the future."), field="last")


def _refuse_taking_back(row: LearningRecord | UnitScore, reason: str) -> None:
    if row.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn already."))
    if not is_reason(reason):
        raise Refused(_("Say why it is withdrawn."), field="reason")
