"""What the stream of a person tells of work and training."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from apps.core.timeline import PERSON, Event, Tag, Told, joined
from apps.employment.codes import Examination
from apps.employment.models import Enrolment, Look, Placement


def _tag(row: Any) -> Tag | None:
    return ("na", _("Withdrawn")) if row.withdrawn_at else None


def _placement(row: Placement) -> Iterator[Event]:
    title = _("Work begins: %(kind)s") % {"kind": row.get_kind_display()}
    yield Event(row.starts_on, "need", "briefcase", title, row.where, _tag(row))
    if row.ended_on:
        title = _("Work ends: %(kind)s") % {"kind": row.get_kind_display()}
        words = joined([str(row.get_end_reason_display()), row.end_words])
        yield Event(row.ended_on, "need", "briefcase", title, words, _tag(row))


def _look(row: Look) -> Iterator[Event]:
    title = _("Look after a placement: %(still)s") % {"still": row.get_still_display()}
    yield Event(row.day, "need", "briefcase", title, row.words, _tag(row))


def _enrolment(row: Enrolment) -> Iterator[Event]:
    course = row.course.title
    if row.enrolled_on:
        title = _("Enrolled: %(course)s") % {"course": course}
        yield Event(row.enrolled_on, "need", "school", title, row.course.provider, _tag(row))
    if row.counted_on and row.examination != Examination.NOT_YET:
        title = _("Examination of %(course)s: %(result)s") % {
            "course": course, "result": row.get_examination_display(),
        }  # fmt: skip
        yield Event(row.counted_on, "need", "school", title, row.certificate_number, _tag(row))


PARTS: Final = (
    Told(
        model=Placement, rank=36, seldom=True, tell=_placement,
        rows=lambda user, _day: (
            Placement.objects.visible_to(user).filter(person_id=PERSON).select_related("base")
            .order_by("-starts_on", "-pk")
        ),
    ),
    Told(
        model=Look, rank=37, seldom=True, tell=_look,
        rows=lambda user, _day: (
            Look.objects.visible_to(user).filter(person_id=PERSON).order_by("-day", "-pk")
        ),
    ),
    Told(
        model=Enrolment, rank=38, seldom=True, tell=_enrolment,
        rows=lambda user, _day: (
            Enrolment.objects.visible_to(user).filter(person_id=PERSON).select_related("course")
            .order_by("-recorded_at", "-pk")
        ),
    ),
)  # fmt: skip
