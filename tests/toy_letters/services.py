"""Acts on letters."""

from datetime import date
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.core.saving import save_or_refuse
from apps.persons.models import Person
from apps.schedule.outcomes import settle
from tests.toy_letters.models import Letter


@transaction.atomic
def record_letter(*, person: Person, by: User, received_on: date, **facts: Any) -> Letter:
    """A letter has come."""
    place = place_ids(person)
    row = Letter(person=person, received_on=received_on, recorded_by=by, **facts, **place)
    with acting(by):
        save_or_refuse(row)
    settle([person.pk], kind="letter", since=received_on)
    return row


@transaction.atomic
def answer_letter(*, letter: Letter, by: User, on: date) -> Letter:
    locked: Letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    locked.answered_on = on
    with acting(by):
        save_or_refuse(locked)
    return locked
