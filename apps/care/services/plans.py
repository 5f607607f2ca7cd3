"""A plan, its steps and its reviews."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.care.codes import Doer, StepEnd
from apps.care.models import CarePlan, CareReview, CareStep
from apps.care.rules import LONGEST_REVIEW_DAYS
from apps.cases.models import TeamMember
from apps.contacts.guards import lock_cases, refuse_after_death
from apps.core.days import today
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import day_text
from apps.needs.models import Need
from apps.persons.models import Person


@transaction.atomic
@once(CarePlan, target="person", page="care:plan")
def open_plan(
    *, person: Person, by: User, client_uuid: UUID, day: date, goals: str, review_on: date,
    matters: str = "",
) -> CarePlan:  # fmt: skip
    """With the person, in their own words (条例 arts. 18, 39). One is open at a time."""
    lock_cases(person)
    if person.is_dead_by(today()):
        raise Refused(_("This person has died."))
    if CarePlan.objects.open().filter(person=person).exists():
        raise Refused(_("A care plan of this person is open already."))
    if not goals.strip():
        raise Refused(_("Say the goals in words."), field="goals")
    _refuse_future(day)
    _refuse_beside_another(person, day)
    refuse_review(day, review_on, "review_on")
    row = CarePlan(
        person=person, client_uuid=client_uuid, day=day, goals=goals.strip(),
        matters=matters.strip(), review_on=review_on, **_recorded(person, by),
    )  # fmt: skip
    return _stored(row, by)


@transaction.atomic
@once(CareStep, target="plan")
def add_step(
    *, plan: CarePlan, by: User, client_uuid: UUID, task: str, doer: str, by_day: date,
    member: TeamMember | None = None, doer_words: str = "", need: Need | None = None,
) -> CareStep:  # fmt: skip
    """Who does what by when."""
    locked = lock_plan(plan)
    _refuse_step(locked, task, by_day, need)
    member, doer_words = _doer(locked, doer, member, doer_words)
    row = CareStep(
        plan=locked, person=locked.person, client_uuid=client_uuid, task=task.strip(), doer=doer,
        member=member, doer_words=doer_words, by_day=by_day, need=need,
        **_recorded(locked.person, by),
    )  # fmt: skip
    return _stored(row, by)


@transaction.atomic
def end_step(*, step: CareStep, by: User, ended: str, on: date, words: str = "") -> CareStep:
    """Done, could not be done, or no longer wanted: nothing follows from either. Said anew it takes
    the place of what was said.
    """
    plan = lock_plan(step.plan)
    locked: CareStep = CareStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if locked.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn already."))
    if ended != StepEnd.DONE and not is_reason(words):
        raise Refused(_("Say why, in words."), field="words")
    if on < plan.day:
        raise Refused(_("This day lies before the plan."), field="on")
    _refuse_future(on, "on")
    locked.ended, locked.ended_on, locked.ended_words = ended, on, words.strip()
    locked.version += 1
    return _stored(locked, by)


@transaction.atomic
def correct_step(
    *, step: CareStep, by: User, reason: str, version: int, task: str, doer: str, by_day: date,
    member: TeamMember | None = None, doer_words: str = "", need: Need | None = None,
) -> CareStep:  # fmt: skip
    """What was written down wrong of it, also after its plan was closed; how it ended is said anew
    by itself. Whoever was to do it may have left the team since.
    """
    plan = lock_plan(step.plan, closed_too=True)
    locked: CareStep = CareStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    locked.refuse_correction(version)
    if not is_reason(reason):
        raise Refused(_("Say why the record is corrected."), field="reason")
    _refuse_step(plan, task, by_day, need)
    same = doer == Doer.MEMBER and member is not None and member.pk == locked.member_id
    if not same:
        member, doer_words = _doer(plan, doer, member, doer_words)
    locked.task, locked.doer, locked.by_day = task.strip(), doer, by_day
    locked.member, locked.need = member, need
    locked.doer_words = "" if same else doer_words
    locked.version += 1
    return _stored(locked, by, reason.strip())


@transaction.atomic
@once(CareReview, target="plan")
def record_review(
    *, plan: CarePlan, by: User, client_uuid: UUID, day: date, took_part: str, next_on: date,
    said: str = "", changed: str = "",
) -> CareReview:  # fmt: skip
    """Person and carers have looked at the plan; the next review is on a later day."""
    locked = lock_plan(plan)
    if day < locked.day:
        raise Refused(_("This day lies before the plan."), field="day")
    _refuse_future(day)
    refuse_after_death(locked.person, day, "day")
    if not took_part.strip():
        raise Refused(_("Say who took part."), field="took_part")
    refuse_review(day, next_on, "next_on")
    if CareReview.objects.standing().filter(plan=locked, day=day).exists():
        raise Refused(_("A review of this day is on record."), field="day")
    row = CareReview(
        plan=locked, person=locked.person, client_uuid=client_uuid, day=day,
        took_part=took_part.strip(), said=said.strip(), changed=changed.strip(), next_on=next_on,
        **_recorded(locked.person, by),
    )  # fmt: skip
    return _stored(row, by)


@transaction.atomic
def close_plan(*, plan: CarePlan, by: User, on: date, reason: str) -> CarePlan:
    """Reached, no longer wanted, or another takes its place: with the reason in words. Steps that
    are left stay as they are, and ask nobody any more.
    """
    locked = lock_plan(plan)
    if not is_reason(reason):
        raise Refused(_("Say why it is closed."), field="reason")
    _refuse_future(on, "on")
    _refuse_before_its_parts(locked, on)
    locked.closed_on, locked.closed_by, locked.close_reason = on, by, reason.strip()
    return _stored(locked, by)


@transaction.atomic
def reopen_plan(*, plan: CarePlan, by: User, reason: str, version: int) -> CarePlan:
    """It was closed by mistake, and goes on: steps, reviews and Today as before. The day and reason
    of the closing stay in the history.
    """
    locked = lock_plan(plan, closed_too=True)
    locked.refuse_correction(version)
    if locked.closed_on is None:
        raise Refused(_("This plan has not been closed."))
    if not is_reason(reason):
        raise Refused(_("Say why the record is corrected."), field="reason")
    if locked.person.is_dead_by(today()):
        raise Refused(_("This person has died."))
    rows = CarePlan.objects.standing().filter(person=locked.person).exclude(pk=locked.pk)
    if rows.filter(Q(closed_on=None) | Q(closed_on__gt=locked.day)).exists():
        raise Refused(_("Another care plan of this person follows this one."))
    locked.closed_on, locked.closed_by, locked.close_reason = None, None, ""
    locked.version += 1
    return _stored(locked, by, reason.strip())


def lock_plan(plan: CarePlan, *, closed_too: bool = False) -> CarePlan:
    """The plan as it is now, while it is open; to put something right also when it is closed."""
    lock_cases(plan.person)
    rows = CarePlan.objects.select_for_update(of=("self",)).select_related("person")
    locked: CarePlan = rows.get(pk=plan.pk)
    if locked.withdrawn_at is not None:
        raise Refused(_("This plan was withdrawn; nothing is entered any more."))
    if locked.closed_on is not None and not closed_too:
        raise Refused(_("This plan is closed; nothing is entered any more."))
    return locked


def _refuse_beside_another(person: Person, day: date) -> None:
    """One plan stands on a day, also of days that are over; where one closes another begins."""
    last = CarePlan.objects.standing().filter(person=person, closed_on__gt=day)
    if (found := last.order_by("-closed_on").first()) is not None:
        words = _("Another care plan stood until %(day)s; this one begins on that day or later.")
        raise Refused(words % {"day": day_text(found.closed_on)}, field="day")


def _refuse_before_its_parts(plan: CarePlan, on: date) -> None:
    """A step of which somebody changed their mind may be noted later; what was done was of the
    plan.
    """
    last = CareReview.objects.standing().filter(plan=plan).order_by("-day").first()
    if on < max(plan.day, last.day if last else plan.day):
        raise Refused(_("The end lies before the plan or its last review."), field="on")
    done = CareStep.objects.standing().filter(plan=plan, ended=StepEnd.DONE, ended_on__gt=on)
    if (step := done.order_by("-ended_on").first()) is not None:
        words = _("A step of the plan was done on %(day)s: it closes on that day or later.")
        raise Refused(words % {"day": day_text(step.ended_on)}, field="on")


def refuse_review(day: date, next_on: date, field: str) -> None:
    """The next review lies ahead, and not beyond a year."""
    if next_on <= day:
        raise Refused(_("The next review comes after this day."), field=field)
    if next_on > day + timedelta(days=LONGEST_REVIEW_DAYS):
        raise Refused(_("A review is held within a year."), field=field)


def _refuse_step(plan: CarePlan, task: str, by_day: date, need: Need | None) -> None:
    if not task.strip():
        raise Refused(_("Say what is done."), field="task")
    if by_day < plan.day:
        raise Refused(_("This day lies before the plan."), field="by_day")
    if need is not None and need.person_id != plan.person_id:
        raise Refused(_("This need is another person's."), field="need")


def _doer(
    plan: CarePlan, doer: str, member: TeamMember | None, words: str
) -> tuple[TeamMember | None, str]:
    """What is stored of who does it."""
    if doer == Doer.MEMBER:
        if member is None or member.person_id != plan.person_id:
            raise Refused(_("Choose who of the team does it."), field="member")
        if not TeamMember.objects.filter(pk=member.pk).there_on(today()).exists():
            raise Refused(_("This member has left the team."), field="member")
        return member, ""
    if doer == Doer.OTHER:
        if not words.strip():
            raise Refused(_("Say in words who does it."), field="doer_words")
        return None, words.strip()
    return None, ""


def _refuse_future(day: date, field: str = "day") -> None:
    if day > today():
        raise Refused(_("The day lies in the future."), field=field)


def _recorded(person: Person, by: User) -> dict[str, Any]:
    return {"recorded_at": timezone.now(), "recorded_by": by, **place_ids(person)}


def _stored(row: Any, by: User, reason: str = "") -> Any:
    with acting(by, reason):
        save_or_refuse(row)
    return row
