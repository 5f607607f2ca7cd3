"""A treatment begins at the person's wish, and ends with a day and a reason."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.contacts.guards import lock_cases, refuse_after_death
from apps.core.days import today
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import day_text
from apps.persons.codes import LifeStatus
from apps.persons.models import Person
from apps.treatment.codes import EndReason, Medicine
from apps.treatment.models import Attendance, Clinic, Treatment
from apps.treatment.rules import days_in
from apps.treatment.services.clinics import lock_open_clinic


@transaction.atomic
@once(Treatment, target="person", page="treatment:treatment")
def begin_treatment(
    *, person: Person, by: User, client_uuid: UUID, clinic: Clinic, medicine: str, since: date,
    basis: str, consent_on: date, medicine_words: str = "",
) -> Treatment:  # fmt: skip
    """At one clinic at a time, and never without the person's own wish (91号: treatment is applied
    for by the person).
    """
    refuse_days(person, since, consent_on)
    refuse_after_death(person, since, "since")
    refuse_words(medicine, medicine_words)
    lock_cases(person)
    refuse_second(person, since, None, field="since")
    row = Treatment(
        person=person, client_uuid=client_uuid, clinic=lock_open_clinic(clinic, since, None),
        medicine=medicine, medicine_words=medicine_words.strip(), since=since, basis=basis,
        consent_on=consent_on, recorded_at=timezone.now(), recorded_by=by, **place_ids(person),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def end_treatment(
    *, treatment: Treatment, by: User, on: date, reason: str, words: str = ""
) -> Treatment:
    """Its last day, and why. Nothing follows from it for the person; at another clinic a new one
    begins.
    """
    locked = lock_treatment(treatment)
    if locked.ended_on is not None:
        raise Refused(_("This treatment has ended already."))
    if not locked.since <= on <= today():
        raise Refused(_("Enter a day from the beginning of the treatment to today."), field="on")
    if reason == EndReason.OTHER and not is_reason(words):
        raise Refused(_("Say the reason in words."), field="words")
    locked.ended_on, locked.end_reason, locked.end_words = on, reason, words.strip()
    refuse_months_outside(locked, "on")
    locked.version += 1
    with acting(by):
        save_or_refuse(locked)
    return locked


def lock_treatment(treatment: Treatment) -> Treatment:
    """As it is now, if nobody has taken it back."""
    lock_cases(treatment.person)
    rows: Any = Treatment.objects.select_for_update(of=("self",))
    locked: Treatment = rows.select_related("person", "clinic").get(pk=treatment.pk)
    if locked.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn already."))
    return locked


def refuse_days(person: Person, since: date, consent_on: date) -> None:
    if since > today():
        raise Refused(_("The day lies in the future."), field="since")
    if consent_on > since:
        raise Refused(_("The consent comes before the treatment."), field="consent_on")
    if person.born_on is not None and consent_on < person.born_on:
        field = "since" if since < person.born_on else "consent_on"
        raise Refused(_("This day lies before the person's birth."), field=field)


def refuse_words(medicine: str, words: str) -> None:
    if (medicine == Medicine.OTHER) != bool(words.strip()):
        raise Refused(
            _("Another medicine is said in words, and only that."), field="medicine_words"
        )


def refuse_second(
    person: Person, since: date, ended_on: date | None, *, field: str,
    but: Treatment | None = None,
) -> None:  # fmt: skip
    """The database says so, too, whoever comes first. `but`: the one that is put right."""
    rows = Treatment.objects.touching(since, ended_on).filter(person=person)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    other: Any = rows.select_related("clinic").order_by("since").first()
    if other is not None and ended_on != since:
        words = _("The person is in treatment at %(clinic)s since %(day)s. End that first, or "
                  "withdraw it.")  # fmt: skip
        raise Refused(
            words % {"clinic": other.clinic.name, "day": day_text(other.since)}, field=field
        )


def lasted_until(person: Person, since: date, ended_on: date | None) -> date | None:
    """The last day of the treatment, where there is one: nobody is treated after their death, and
    the day of it is one on which somebody may have come. Where nobody knows that day, `since`.
    """
    if person.life_status != LifeStatus.DECEASED:
        return ended_on
    return min(ended_on or date.max, person.life_status_since or ended_on or since)


def refuse_months_outside(treatment: Treatment, field: str) -> None:
    """Attendance that could not have been on the days that the treatment has now."""
    for row in Attendance.objects.standing().filter(treatment=treatment).order_by("month"):
        if row.expected > days_in(row.month, treatment.since, treatment.ended_on):
            words = _("Attendance of %(month)s is on record with more days than that. Correct or "
                      "withdraw it first.")  # fmt: skip
            raise Refused(words % {"month": f"{row.month:%Y-%m}"}, field=field)
