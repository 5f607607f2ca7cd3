"""Expect, receive, open the file, call off. Nobody is lost between release and report."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.areas.models import Area, place_of
from apps.audit.acting import acting
from apps.cases.services import open_case
from apps.core.days import today
from apps.core.differing import same_or_differs
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import full_day, sentences
from apps.intake.models import Release
from apps.intake.notices import tell_called_off, tell_expected, tell_received
from apps.persons import identity
from apps.persons.codes import DocumentKind, LifeStatus
from apps.persons.models import Person
from apps.persons.names import tidy
from apps.persons.services import (
    assign_worker,
    change_person,
    find_by_document,
    move_person,
    open_person,
)
from apps.persons.services.moving import ensure_inside, stands_in


def _office(given: dict[str, Any]) -> str:
    return f"office:{given['by'].area_id}"


@transaction.atomic
@once(Release, target=_office)
def expect_release(
    *, by: User, client_uuid: UUID, area: Area, name: str, document_number: str = "", **facts: Any
) -> Release:
    """An institution has given notice. The same form sent twice is one row."""
    release = Release(
        client_uuid=client_uuid, name=tidy(name), recorded_by=by, **facts,
        **place_of(ensure_inside(by, area)),
    )  # fmt: skip
    if not release.name:
        raise Refused(_("Enter the name."), field="name")
    if release.noticed_on is not None and release.noticed_on > today():
        raise Refused(_("The day lies in the future."), field="noticed_on")
    if document_number:
        try:
            number = identity.check_resident(document_number).number
        except ValidationError as error:
            raise Refused(sentences(*error.messages), field="document_number") from error
        release.document_number, release.document_index = number, identity.document_index(number)
    _store(release, by)
    tell_expected(release, by)
    return release


@transaction.atomic
def receive_person(*, release: Release, by: User, on: date, reception: str) -> Release:
    """The person came, by themselves or with somebody; the same tap again is the same answer."""
    locked = _lock(release)
    if (locked.received_on, locked.reception) == (on, reception):
        return locked
    if locked.received_on is not None:
        raise Refused(
            _("The reception of %(day)s is on file.") % {"day": full_day(locked.received_on)}
        )
    if on > today():
        raise Refused(_("The day lies in the future."), field="on")
    locked.received_on, locked.reception, locked.received_by = on, reception, by
    tell_received(locked, by)
    return _store(locked, by)


@transaction.atomic
def call_off(*, release: Release, by: User, reason: str) -> Release:
    """The person does not come here: another unit, a longer term, a mistake of the notice."""
    locked = _lock(release, open_only=False)
    if locked.called_off_on is not None:
        same_or_differs(locked, _("Called off already."), called_off_reason=reason)
        return locked
    if locked.file_id is not None:
        raise Refused(_("The file is open already; transfer or close the order instead."))
    if not is_reason(reason):
        raise Refused(_("Say why the person does not come here."), field="reason")
    locked.called_off_on, locked.called_off_reason = today(), reason.strip()
    tell_called_off(locked, by)
    return _store(locked, by, locked.called_off_reason)


@transaction.atomic
def open_file(
    *, release: Release, by: User, person: Person | None = None, decision_on: date | None = None
) -> Release:
    """Person and order, through the services that open every file; never a second file.

    `person`: the file that was found by the duplicate check. `decision_on`: the day on which the
    person received the decision; the days to report are counted from it.
    """
    locked = _lock(release)
    if locked.file_id is not None:
        return locked  # the same tap again
    if locked.received_on is None:
        raise Refused(_("Record first how and when the person was received."))
    known = find_by_document(locked.document_number) if locked.document_number else None
    if known is not None and person != known:
        if not Person.objects.visible_to(by).filter(pk=known.pk).exists():
            raise Refused(_("Another unit keeps a file of this number: ask for a transfer."))
        person = known
    locked.file = _come_here(person, locked, by) if person else _new_file(locked, by)
    if locked.measure:
        locked.case = open_case(
            by=by, person=locked.file, measure=locked.measure, term_months=locked.term_months,
            decision_number=locked.decision_number, decided_on=locked.decided_on,
            received_on=decision_on,
        )  # fmt: skip
    elif not locked.file.life_status:
        locked.file = change_person(
            person=locked.file,
            by=by,
            life_status=LifeStatus.FOLLOW_UP,
            life_status_since=locked.received_on,
        )
    return _store(locked, by)


def _come_here(person: Person, release: Release, by: User) -> Person:
    """The unit that received the person is responsible from now on, with the file of before."""
    unit = release.village or release.town or release.county
    if stands_in(person, unit):
        return person
    return move_person(person=person, area=unit, by=by, reason=str(release))


def _new_file(release: Release, by: User) -> Person:
    """A worker who opens a file looks after the person until a supervisor says otherwise."""
    number = release.document_number
    document = {"document_kind": DocumentKind.RESIDENT, "document_number": number} if number else {}
    if not number:
        document = {"document_kind": DocumentKind.NONE}
    unit = release.village or release.town or release.county
    person = open_person(by=by, area=unit, name=release.name, **document)  # type: ignore[arg-type]
    if by.role == Role.WORKER:
        assign_worker(persons=[person], worker=by, by=by, on=today())
    return person


def _lock(release: Release, *, open_only: bool = True) -> Release:
    held = Release.objects.select_for_update(of=("self",)).select_related(
        "county", "town", "village"
    )
    locked: Release = held.get(pk=release.pk)
    if open_only and locked.called_off_on is not None:
        raise Refused(
            _("Called off on %(day)s: %(why)s")
            % {"day": full_day(locked.called_off_on), "why": locked.called_off_reason}
        )
    return locked


def _store(release: Release, by: User, reason: str = "") -> Release:
    with acting(by, reason):
        save_or_refuse(release)
    return release
