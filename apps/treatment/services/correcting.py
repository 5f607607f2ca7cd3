"""A treatment is put right: with a reason, and the old values stay in the history."""

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
from apps.treatment.codes import EndReason
from apps.treatment.models import Clinic, Treatment
from apps.treatment.services.clinics import lock_open_clinic
from apps.treatment.services.treatments import (
    lasted_until,
    lock_treatment,
    refuse_days,
    refuse_months_outside,
    refuse_second,
    refuse_words,
)


@transaction.atomic
def correct_treatment(
    *, treatment: Treatment, by: User, reason: str, version: int, clinic: Clinic, medicine: str,
    since: date, basis: str, consent_on: date, medicine_words: str = "",
    ended_on: date | None = None, end_reason: str = "", end_words: str = "",
) -> Treatment:  # fmt: skip
    """What was written down wrong. An end is put right where there is one; entering it and taking
    it back are acts of their own.
    """
    locked = _lock_as_seen(treatment, version, reason)
    refuse_days(locked.person, since, consent_on)
    if since != locked.since:  # where nobody knows the day of a death, what stands stays
        refuse_after_death(locked.person, since, "since")
    refuse_words(medicine, medicine_words)
    _refuse_end(locked, since, ended_on, end_reason, end_words)
    refuse_second(locked.person, since, ended_on, but=locked, field="since")
    lasted = lasted_until(locked.person, since, ended_on)
    locked.clinic = lock_open_clinic(clinic, since, lasted)
    locked.medicine, locked.medicine_words = medicine, medicine_words.strip()
    locked.since, locked.basis, locked.consent_on = since, basis, consent_on
    locked.ended_on, locked.end_reason, locked.end_words = ended_on, end_reason, end_words.strip()
    refuse_months_outside(locked, "ended_on" if ended_on else "since")
    return _stored(locked, by, reason)


@transaction.atomic
def take_back_end(*, treatment: Treatment, by: User, reason: str, version: int) -> Treatment:
    """The treatment goes on: its end was recorded by mistake."""
    locked = _lock_as_seen(treatment, version, reason)
    if locked.ended_on is None:
        raise Refused(_("This treatment has not ended."))
    refuse_second(locked.person, locked.since, None, but=locked, field="reason")
    lock_open_clinic(locked.clinic, locked.since, lasted_until(locked.person, locked.since, None))
    locked.ended_on, locked.end_reason, locked.end_words = None, "", ""
    return _stored(locked, by, reason)


def _lock_as_seen(treatment: Treatment, version: int, reason: str) -> Treatment:
    locked = lock_treatment(treatment)
    locked.refuse_correction(version)
    if not is_reason(reason):
        raise Refused(_("Say why the record is corrected."), field="reason")
    return locked


def _refuse_end(
    locked: Treatment, since: date, ended_on: date | None, reason: str, words: str
) -> None:
    if (ended_on is None) != (locked.ended_on is None):
        raise Refused(_("An end is entered, and taken back, by itself."), field="ended_on")
    if ended_on is None:
        return
    if not since <= ended_on <= today():
        words_of_it = _("Enter a day from the beginning of the treatment to today.")
        raise Refused(words_of_it, field="ended_on")
    if reason == EndReason.OTHER and not is_reason(words):
        raise Refused(_("Say the reason in words."), field="end_words")


def _stored(row: Any, by: User, reason: str) -> Any:
    row.version += 1
    with acting(by, reason.strip()):
        save_or_refuse(row)
    return row
