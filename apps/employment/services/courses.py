"""A course is opened, somebody is enrolled, attends, is examined and gets a certificate."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Min, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.unit_rows import refuse_not_run, refuse_outside
from apps.areas.models import Area, Level, place_ids
from apps.audit.acting import acting
from apps.contacts.guards import lock_cases, refuse_after_death
from apps.core.days import today
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import day_text
from apps.employment.codes import Examination, Source
from apps.employment.models import Course, Enrolment
from apps.persons.models import Person


@transaction.atomic
@once(Course, target="area", page="employment:course")
def open_course(
    *, area: Area, by: User, client_uuid: UUID, title: str, first: date, last: date | None = None,
    provider: str = "", places: int | None = None,
) -> Course:  # fmt: skip
    if area.level == Level.PROVINCE:
        raise Refused(_("A course is held in a city, a county or below."), field="area")
    refuse_outside(area, by)
    row = Course(
        area=area.today, client_uuid=client_uuid, title=title.strip(), first=first, last=last,
        provider=provider.strip(), places=places, source=Source.PAGE, recorded_by=by,
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def change_course(
    *, course: Course, by: User, reason: str, title: str, first: date, last: date | None = None,
    provider: str = "", places: int | None = None,
) -> Course:  # fmt: skip
    """What was written down wrong of it, by who runs it. What persons did in it stays within its
    days; an examination of which a ledger knows no day counts on the first one.
    """
    locked: Course = Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    refuse_not_run(locked, by)
    if not is_reason(reason):
        raise Refused(_("Say why the record is corrected."), field="reason")
    _refuse_days(locked, first, last)
    _refuse_places(locked, places)
    undated = Enrolment.objects.filter(course=locked, examined_on=None, counted_on__isnull=False)
    with acting(by, reason.strip()):
        undated.exclude(counted_on=first).update(counted_on=first)
        locked.title, locked.first, locked.last = title.strip(), first, last
        locked.provider, locked.places = provider.strip(), places
        save_or_refuse(locked)
    return locked


def _refuse_days(course: Course, first: date, last: date | None) -> None:
    """Somebody was examined before the first day, or came after the last one."""
    rows = Enrolment.objects.standing().filter(course=course)
    done = Coalesce("examined_on", "certificate_on")
    found = rows.aggregate(done=Min(done), came=Max("enrolled_on"))
    if found["done"] is not None and first > found["done"]:
        words = _("An examination or a certificate of %(day)s is on record: the course began by "
                  "then.")  # fmt: skip
        raise Refused(words % {"day": day_text(found["done"])}, field="first")
    if first > today() and rows.examined().exists():
        raise Refused(_("The day lies in the future."), field="first")
    if last is not None and found["came"] is not None and last < found["came"]:
        words = _("Somebody was enrolled on %(day)s: the course did not end before that day.")
        raise Refused(words % {"day": day_text(found["came"])}, field="last")


def _refuse_places(course: Course, places: int | None) -> None:
    """Never fewer than are taken, unless it has more already."""
    taken = Enrolment.objects.taking_places().filter(course=course).persons()
    if places is None or places >= taken or places == course.places:
        return
    words = _("Persons enrolled in the course: %(n)s. Withdraw their places first.")
    raise Refused(words % {"n": taken}, field="places")


@transaction.atomic
@once(Enrolment, target="person", page="employment:enrolment")
def enrol(
    *,
    person: Person,
    by: User,
    client_uuid: UUID,
    course: Course,
    enrolled_on: date,
    words: str = "",
) -> Enrolment:
    """Nobody twice in one course, and never more than it has places."""
    if enrolled_on > today():
        raise Refused(_("The day lies in the future."), field="enrolled_on")
    refuse_after_death(person, enrolled_on, "enrolled_on")
    lock_cases(person)
    locked: Course = Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    refuse_after_course(locked, enrolled_on)
    # Also by way of a file that became theirs.
    same = Q(number=person.public_id) | Q(person=person)
    if Enrolment.objects.standing().filter(same, course=locked).exists():
        raise Refused(_("This person is enrolled in the course already."), field="course")
    taken = Enrolment.objects.taking_places().filter(course=locked).persons()
    if locked.places is not None and taken >= locked.places:
        words = _("All places of this course are taken: %(n)s.") % {"n": locked.places}
        raise Refused(words, field="course")
    row = Enrolment(
        course=locked, person=person, number=person.public_id, client_uuid=client_uuid,
        enrolled_on=enrolled_on, words=words.strip(), examination=Examination.NOT_YET,
        source=Source.PAGE,
        recorded_at=timezone.now(), recorded_by=by, **place_ids(person),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def record_hours(*, enrolment: Enrolment, by: User, attended: int, total: int) -> Enrolment:
    """How many of the hours of the course the person was there; fewer than before, of either, is a
    correction.
    """
    locked = lock_enrolment(enrolment)
    if locked.hours_attended is not None and attended < locked.hours_attended:
        words = _("%(hours)s hours are on record. Fewer are entered by correcting the record.")
        raise Refused(words % {"hours": locked.hours}, field="attended")
    if attended > total:
        raise Refused(_("Nobody attends more hours than the course has."), field="attended")
    if locked.hours_total is not None and total < locked.hours_total:
        words = _("%(hours)s hours are on record. Fewer are entered by correcting the record.")
        raise Refused(words % {"hours": locked.hours}, field="total")
    locked.hours_attended, locked.hours_total = attended, total
    return _stored(locked, by)


@transaction.atomic
def record_examination(*, enrolment: Enrolment, by: User, result: str, on: date) -> Enrolment:
    """What came of it. Who did not pass may sit it again on a later day, and of a ledger that does
    not say whether it was passed the result comes later; any other result is a correction.
    """
    locked = lock_enrolment(enrolment)
    if result == Examination.NOT_YET:
        raise Refused(_("Say what came of the examination."), field="result")
    if (locked.examination, locked.examined_on) == (result, on):
        return locked  # the same tap again
    if not _may_be_examined(locked, on):
        raise Refused(_("The examination is on record. Put it right by correcting the record."),
                      field="result")  # fmt: skip
    if not locked.course.first <= on <= today():
        raise Refused(_("Enter a day from the first day of the course to today."), field="on")
    refuse_examined_before(locked.enrolled_on, on, "on")
    refuse_after_death(locked.person, on, "on")
    locked.examination, locked.examined_on, locked.counted_on = result, on, on
    return _stored(locked, by)


@transaction.atomic
def record_certificate(*, enrolment: Enrolment, by: User, number: str, on: date) -> Enrolment:
    """After a passed examination, and never before it."""
    locked = lock_enrolment(enrolment)
    if locked.examination != Examination.PASSED:
        raise Refused(_("A certificate follows a passed examination."))
    if (locked.certificate_number, locked.certificate_on) == (number.strip(), on):
        return locked  # the same tap again
    if locked.certificate_number:
        raise Refused(_("The certificate is on record. Put it right by correcting the record."),
                      field="number")  # fmt: skip
    if not (locked.counted_on or on) <= on <= today():
        raise Refused(_("Enter a day from the examination to today."), field="on")
    locked.certificate_number, locked.certificate_on = number.strip(), on
    return _stored(locked, by)


def _may_be_examined(row: Enrolment, on: date) -> bool:
    again = row.examined_on is not None and row.examined_on < on
    open_still = row.examination in (Examination.NOT_YET, Examination.TAKEN)
    return open_still or (row.examination == Examination.FAILED and again)


def refuse_after_course(course: Course, enrolled_on: date) -> None:
    if course.last is not None and enrolled_on > course.last:
        words = _("This course ended on %(day)s.") % {"day": day_text(course.last)}
        raise Refused(words, field="enrolled_on")


def refuse_examined_before(enrolled_on: date | None, on: date | None, field: str) -> None:
    """Nobody is examined in a course before they came to it; the database says so, too."""
    if enrolled_on is not None and on is not None and on < enrolled_on:
        words = _("The person was enrolled on %(day)s: the examination is on that day or later.")
        raise Refused(words % {"day": day_text(enrolled_on)}, field=field)


def lock_enrolment(enrolment: Enrolment) -> Enrolment:
    """As it is now, if nobody has taken it back."""
    lock_cases(enrolment.person)
    rows: Any = Enrolment.objects.select_for_update(of=("self",)).select_related("person", "course")
    locked: Enrolment = rows.get(pk=enrolment.pk)
    if locked.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn already."))
    return locked


def _stored(row: Enrolment, by: User) -> Enrolment:
    row.version += 1
    with acting(by):
        save_or_refuse(row)
    return row
