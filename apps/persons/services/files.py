"""Open a person's file, and change what it says."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.fields import full_name
from apps.areas.models import Area, ScopedModel, place_of
from apps.audit.acting import acting
from apps.core.days import today
from apps.core.refusals import Refused
from apps.core.saving import insert_or_refuse, refuse_shape, save_or_refuse
from apps.core.text import MASKS, sentences
from apps.persons import identity, names
from apps.persons.codes import DocumentKind, LifeStatus
from apps.persons.models import Person
from apps.persons.services.moving import ensure_inside, move_person


class PersonFacts(TypedDict, total=False):
    """What a file says besides name and unit; a fact that is left out is not known."""

    document_kind: str
    document_number: str
    sex: str
    born_on: date | None
    ethnicity: str
    education: str
    marital: str
    household: str
    employment: str
    on_allowance: bool | None
    substance: str
    registration_area: Area | None
    residence_area: Area | None
    registration_address: str
    residence_address: str
    phone: str
    call_note: str
    life_status: str
    life_status_since: date | None


class ChangedMeanwhile(Refused):
    """Somebody saved the file after the editor opened it; both values are told, nothing is lost.

    `differences`: label, what is stored now, what was entered. The form that is sent once more
    knows the other's version.
    """

    conflict = True

    def __init__(self, stored: Any, differences: list[tuple[str, str, str]]) -> None:
        super().__init__(_("Somebody else saved this file meanwhile. Both values stand below."))
        self.differences = differences
        self.renew = {"version": str(stored.version), "file": str(stored.public_id)}


@transaction.atomic
def open_person(
    *,
    by: User,
    area: Area,
    name: str,
    brought_in_on: date | None = None,
    **facts: Unpack[PersonFacts],
) -> Person:
    """A new file in the unit `area` (village, town or county) that is responsible from now on."""
    person = new_person(by=by, area=area, name=name, brought_in_on=brought_in_on, **facts)
    with acting(by):
        save_or_refuse(person)
    return person


def new_person(
    *,
    by: User,
    area: Area,
    name: str,
    brought_in_on: date | None = None,
    **facts: Unpack[PersonFacts],
) -> Person:
    """The same, with all that is asked of it, and not stored yet."""
    unit = ensure_inside(by, area)
    person = Person(created_by=by, brought_in_on=brought_in_on, name=name, **place_of(unit))
    set_facts(person, {"name": name, **facts})
    return person


@transaction.atomic
def open_persons(*, persons: Sequence[Person], by: User) -> None:
    """Store what `new_person` made, by the hundred; a number that is on file refuses them all."""
    for person in persons:
        refuse_shape(person)
    with acting(by):
        insert_or_refuse(persons)


@transaction.atomic
def change_person(
    *,
    person: Person,
    by: User,
    reason: str = "",
    version: int | None = None,
    area: Area | None = None,
    **changes: Any,
) -> Person:
    """Change facts of a file; with a `version` that is not the stored one, nothing is changed.

    With another `area` the whole file belongs to that unit: see `move_person`.
    """
    locked: Person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if version is not None and version != locked.version:
        if not (found := differences(locked, changes) + other_unit(locked, area)):
            return locked  # the same tap again: it says what is stored
        raise ChangedMeanwhile(locked, found)
    if area is not None:
        locked = move_person(person=locked, area=area, by=by, reason=reason)
    set_facts(locked, changes)
    locked.version += 1
    with acting(by, reason):
        save_or_refuse(locked)
        if "name" in changes:
            locked.cases.exclude(sort_key=locked.sort_key).update(sort_key=locked.sort_key)
    return locked


@transaction.atomic
def mark_life_status(
    *, person: Person, by: User, status: str, since: date | None = None, reason: str = ""
) -> Person:
    """Follow-up without an order, three years abstinent, deceased, abroad, or none of them."""
    if since is not None and since > today():
        raise Refused(_("The day lies in the future."))
    if status and person.cases.open_on(today()).exists():
        raise Refused(_("The person has an open order: close it first, then set the status."))
    return change_person(
        person=person,
        by=by,
        reason=reason,
        life_status=status,
        life_status_since=since if status else None,
    )


def differences(stored: Any, entered: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Label, stored and entered value of each field that is not equal."""
    found = []
    for name, value in entered.items():
        field = stored._meta.get_field(name)
        if getattr(stored, name) != value:
            found.append(
                (str(field.verbose_name), _shown(stored, name), _shown_value(field, value))
            )
    return found


def other_unit(
    stored: ScopedModel, area: Area | None, label: str = ""
) -> list[tuple[str, str, str]]:
    """The same of the unit, where the stored one is not the one that was entered."""
    here = stored.village or stored.town or stored.county
    if area is None or (area.merged_into or area) == here:
        return []
    return [(label or _("Responsible unit"), full_name(here), full_name(area))]


def _shown(stored: Any, name: str) -> str:
    return _shown_value(stored._meta.get_field(name), getattr(stored, name))


def _shown_value(field: Any, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if hide := MASKS.get(field.name):
        return hide(str(value))
    return str(dict(field.flatchoices).get(value, value))


def set_facts(person: Person, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(person, name, value)
    person.name = names.tidy(person.name)
    if not person.name:
        raise Refused(_("A file needs a name."))
    person.name_pinyin, person.name_initials, person.sort_key = names.read(person.name)
    try:
        if not facts.keys().isdisjoint({"document_kind", "document_number", "sex", "born_on"}):
            _set_document(person)
        if "phone" in facts:
            person.phone = identity.check_phone(person.phone) if person.phone else ""
            person.phone_index = identity.phone_index(person.phone) if person.phone else None
    except ValidationError as error:
        raise Refused(sentences(*error.messages)) from error
    if person.life_status == LifeStatus.NONE:
        person.life_status_since = None


def _set_document(person: Person) -> None:
    """Normal form and indexes of the number; sex and birth from it, or refused when they differ."""
    kind, number = person.document_kind, person.document_number
    if kind == DocumentKind.NONE or not number:
        if number or kind != DocumentKind.NONE:
            raise Refused(_("Enter kind and number of the document, or choose “not known”."))
        person.document_index = person.document_last4_index = None
        return
    if kind == DocumentKind.RESIDENT:
        resident = identity.check_resident(number)
        number = resident.number
        _agree(person, "sex", resident.sex, _("The sex contradicts the number's 17th digit."))
        _agree(person, "born_on", resident.born_on, _("The date of birth contradicts the number."))
    else:
        number = identity.check_other_document(number)
    person.document_number = number
    person.document_index = identity.document_index(number)
    person.document_last4_index = identity.last4_index(number)


def _agree(person: Person, field: str, derived: object, words: str) -> None:
    if getattr(person, field) not in (None, "", derived):
        raise Refused(words)
    setattr(person, field, derived)
