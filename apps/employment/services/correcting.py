"""Work and courses are put right: with a reason, and the old values stay in the history."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.audit.acting import acting
from apps.contacts.guards import refuse_after_death
from apps.core.days import today
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.employment.codes import Consent, Examination, Source
from apps.employment.models import Base, Enrolment, Look, Placement
from apps.employment.services.courses import (
    lock_enrolment,
    refuse_after_course,
    refuse_examined_before,
)
from apps.employment.services.placements import (
    lock_placement,
    refuse_beginning,
    refuse_beside_looks,
    refuse_end,
    refuse_no_site,
    refuse_open_beside_looks,
    refuse_twin,
    take_place,
)


@dataclass(frozen=True, slots=True)
class End:
    """The last day, and why."""

    on: date
    reason: str
    words: str = ""


@transaction.atomic
def correct_placement(
    *, placement: Placement, by: User, reason: str, version: int, kind: str, starts_on: date,
    consent_how: str = "", consent_on: date | None = None, base: Base | None = None,
    employer: str = "", place_words: str = "", wage_fen: int | None = None,
    end: End | None = None,
) -> Placement:  # fmt: skip
    """What was written down wrong. An end is put right where there is one; entering it and taking
    it back are acts of their own. The consent that a ledger does not tell of can be added.
    """
    locked = lock_placement(placement)
    _refuse_unless(locked, version, reason)
    refuse_beginning(starts_on, consent_on)
    if starts_on != locked.starts_on:  # where nobody knows the day of a death, what stands stays
        refuse_after_death(locked.person, starts_on, "starts_on")
    _refuse_without_consent(locked, consent_how, consent_on)
    _refuse_end(locked, starts_on, end)
    refuse_twin(locked.person, kind, starts_on, but=locked)
    _refuse_base(locked, kind, base)
    _refuse_looks_outside(locked, starts_on, end.on if end else None)
    locked.kind, locked.starts_on, locked.base = kind, starts_on, base
    locked.consent_how, locked.consent_on = consent_how, consent_on
    locked.employer, locked.place_words = employer.strip(), place_words.strip()
    locked.wage_fen = wage_fen
    if end is not None:
        locked.ended_on, locked.end_reason, locked.end_words = end.on, end.reason, end.words.strip()
    return _stored(locked, by, reason)


@transaction.atomic
def take_back_end(*, placement: Placement, by: User, reason: str, version: int) -> Placement:
    """The work goes on: its end was recorded by mistake."""
    locked = lock_placement(placement)
    _refuse_unless(locked, version, reason)
    if locked.ended_on is None:
        raise Refused(_("This placement has not ended."))
    refuse_open_beside_looks(locked)
    if locked.base is not None:
        take_place(locked.base, locked.kind, locked.person)
    locked.ended_on, locked.end_reason, locked.end_words = None, "", ""
    return _stored(locked, by, reason)


@transaction.atomic
def correct_enrolment(
    *, enrolment: Enrolment, by: User, reason: str, version: int, enrolled_on: date | None = None,
    words: str = "", attended: int | None = None, total: int | None = None, examination: str,
    examined_on: date | None = None, certificate: str = "", certificate_on: date | None = None,
) -> Enrolment:  # fmt: skip
    """Hours, examination and certificate as they were. A wrong course is withdrawn, and the right
    one enrolled in.
    """
    locked = lock_enrolment(enrolment)
    _refuse_unless(locked, version, reason)
    _refuse_hours(attended, total)
    counted_on = _examined(locked, examination, examined_on)
    _refuse_certificate(locked, examination, counted_on, certificate, certificate_on)
    _refuse_enrolled(locked, enrolled_on)
    refuse_examined_before(enrolled_on, examined_on, "enrolled_on")
    locked.enrolled_on, locked.words = enrolled_on, words.strip()
    locked.hours_attended, locked.hours_total = attended, total
    locked.examination, locked.examined_on = examination, examined_on
    locked.counted_on = counted_on
    locked.certificate_number, locked.certificate_on = certificate.strip(), certificate_on
    return _stored(locked, by, reason)


def _refuse_unless(locked: Placement | Enrolment, version: int, reason: str) -> None:
    locked.refuse_correction(version)
    if not is_reason(reason):
        raise Refused(_("Say why the record is corrected."), field="reason")


def _refuse_without_consent(locked: Placement, how: str, on: date | None) -> None:
    """Only a ledger leaves open when the person said so."""
    if how == Consent.LEDGER and locked.source == Source.LEDGER:
        return
    if how not in (Consent.SAID, Consent.SIGNED) or on is None:
        field = "consent_on" if how in (Consent.SAID, Consent.SIGNED) else "consent_how"
        words = _("Nobody works without having said that they want to.")
        raise Refused(words, _("Drug Rehabilitation Regulation, art. 42"), field=field)


def _refuse_end(locked: Placement, starts_on: date, end: End | None) -> None:
    if (end is None) != (locked.ended_on is None):
        raise Refused(_("An end is entered, and taken back, by itself."), field="ended_on")
    if end is None:
        return
    refuse_end(starts_on, end.on, end.reason, end.words, fields=("ended_on", "end_words"))


def _refuse_base(locked: Placement, kind: str, base: Base | None) -> None:
    """Only who works there today takes a place of a base; where somebody worked is put right
    however full it is now.
    """
    if base is None or (base.pk == locked.base_id and kind == locked.kind):
        return
    if locked.ended_on is None:
        take_place(base, kind, locked.person)
    refuse_no_site(kind)


def _refuse_looks_outside(locked: Placement, starts_on: date, ended_on: date | None) -> None:
    """Somebody looked on a day on which the person would not have worked there."""
    looks = Look.objects.standing().filter(placement=locked)
    if looks.filter(day__lt=starts_on).exists():
        raise Refused(_("Somebody looked before this day. Withdraw that look first."),
                      field="starts_on")  # fmt: skip
    if ended_on is not None:
        refuse_beside_looks(locked, ended_on, "ended_on")


def _refuse_enrolled(locked: Enrolment, on: date | None) -> None:
    if on is None:
        return
    if on > today():
        raise Refused(_("The day lies in the future."), field="enrolled_on")
    if on != locked.enrolled_on:
        refuse_after_course(locked.course, on)
        refuse_after_death(locked.person, on, "enrolled_on")


def _refuse_hours(attended: int | None, total: int | None) -> None:
    if (attended is None) != (total is None):
        field = "attended" if attended is None else "total"
        raise Refused(_("Hours attended and hours of the course go together."), field=field)
    if attended is not None and total is not None and attended > total:
        raise Refused(_("Nobody attends more hours than the course has."), field="attended")


def _examined(locked: Enrolment, examination: str, on: date | None) -> date | None:
    """The day on which the examination counts; of a ledger that names none the course's first."""
    if examination == Examination.NOT_YET:
        if on is not None:
            raise Refused(_("An examination that was not taken has no day."), field="examined_on")
        return None
    if on is None:
        if locked.source != Source.LEDGER:
            raise Refused(_("An examination has a day."), field="examined_on")
        return locked.course.first
    if not locked.course.first <= on <= today():
        words = _("Enter a day from the first day of the course to today.")
        raise Refused(words, field="examined_on")
    if on != locked.examined_on:
        refuse_after_death(locked.person, on, "examined_on")
    return on


def _refuse_certificate(
    locked: Enrolment, examination: str, examined: date | None, number: str, on: date | None
) -> None:
    if not number.strip():
        if on is not None:
            raise Refused(_("The number of the certificate is missing."), field="certificate")
        return
    if examination != Examination.PASSED:
        raise Refused(_("A certificate follows a passed examination."), field="certificate")
    if on is None:
        if locked.source != Source.LEDGER:
            raise Refused(_("A certificate has a day."), field="certificate_on")
    elif not (examined or on) <= on <= today():
        raise Refused(_("Enter a day from the examination to today."), field="certificate_on")


def _stored(row: Any, by: User, reason: str) -> Any:
    row.version += 1
    with acting(by, reason.strip()):
        save_or_refuse(row)
    return row
