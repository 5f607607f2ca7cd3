"""People whom the office may contact, because the person agreed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.core.days import today
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import sentences
from apps.persons import identity
from apps.persons.models import Contact, Person


@transaction.atomic
def add_contact(
    *,
    person: Person,
    by: User,
    name: str,
    relation: str,
    agreed_on: date | None,
    phone: str = "",
    note: str = "",
) -> Contact:
    """Refused without the day on which the person agreed. The same tap again is one contact."""
    if agreed_on is None:
        raise Refused(_("Nobody is contacted unless the person agreed: enter the day."))
    if agreed_on > today():
        raise Refused(_("The day lies in the future."))
    try:
        number = identity.check_phone(phone) if phone else ""
    except ValidationError as error:
        raise Refused(sentences(*error.messages)) from error
    Person.objects.select_for_update(of=("self",)).only("pk").get(pk=person.pk)
    contact = Contact(
        person=person,
        name=name.strip(),
        relation=relation,
        agreed_on=agreed_on,
        phone=number,
        note=note,
        recorded_by=by,
        **place_ids(person),
    )
    if not contact.name:
        raise Refused(_("A contact needs a name."))
    if known := _same(contact):
        return known
    with acting(by):
        save_or_refuse(contact)
    return contact


@transaction.atomic
def withdraw_contact_agreement(
    *, contact: Contact, by: User, on: date, reason: str = ""
) -> Contact:
    """The person no longer agrees from the day on; the contact is no longer offered."""
    locked: Contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if locked.withdrawn_on == on:
        return locked  # the same tap again
    if locked.withdrawn_on is not None:
        raise Refused(_("The agreement is withdrawn already."))
    if on > today():
        raise Refused(_("The day lies in the future."))
    locked.withdrawn_on = on
    with acting(by, reason):
        save_or_refuse(locked)
    return locked


def _same(contact: Contact) -> Contact | None:
    """The contact that says the same already; names and phones are encrypted, so they are read."""
    running = Contact.objects.filter(
        person=contact.person,
        relation=contact.relation,
        agreed_on=contact.agreed_on,
        withdrawn_on=None,
    )
    told = (contact.name, contact.phone, contact.note)
    rows = running.order_by("pk")
    return next((row for row in rows if (row.name, row.phone, row.note) == told), None)
