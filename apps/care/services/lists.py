"""A care list: opened, filled, closed by the unit that runs it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.unit_rows import refuse_not_run
from apps.areas.models import Area, Level, place_ids
from apps.audit.acting import acting
from apps.care.codes import Whom
from apps.care.models import CareList, CareListEntry
from apps.care.querysets import led_on
from apps.care.rules import LONGEST_LIST_DAYS
from apps.cases.models import Case
from apps.contacts.guards import case_on, lock_cases
from apps.core.days import today
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import day_text
from apps.needs.models import Need
from apps.persons.models import Person


@transaction.atomic
@once(CareList, target="area", page="care:list")
def open_list(
    *, area: Area, by: User, client_uuid: UUID, title: str, ground: str, first: date, last: date
) -> CareList:
    """In a city, a county or below; nobody stands on it at first."""
    if area.level == Level.PROVINCE:
        raise Refused(_("A list is kept in a city, a county or below."), field="area")
    if (last - first).days > LONGEST_LIST_DAYS:
        raise Refused(_("A list lasts a year at most."), field="last")
    if not is_reason(ground):
        raise Refused(_("Say in words why there is this list."), field="ground")
    row = CareList(
        area=area.today, client_uuid=client_uuid, title=title.strip(), ground=ground.strip(),
        first=first, last=last, recorded_by=by,
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def fill_list(
    *, found: CareList, by: User, whom: str, reason: str, place: Area | None = None
) -> int:  # fmt: skip
    """Everybody of the unit, or of a part of it, with an order in force today who is meant by
    `whom`, as far as the caller sees them. Whoever stands on it, or was taken off it, is left.
    How many were added.
    """
    locked = _lock_under_way(found)
    if not is_reason(reason):
        raise Refused(_("Say the reason in words."), field="reason")
    day = today()
    cases = Case.objects.visible_to(by).in_area(locked.area.today).in_force_on(day)
    cases = cases.living_on(day).filter(_meant(whom, day), person__merged_into=None)
    if place is not None:
        cases = cases.in_area(place)
    there = CareListEntry.objects.filter(list=locked, person_id=OuterRef("person_id"))
    missing = cases.filter(~Exists(there)).select_related("person").order_by("person_id", "pk")
    persons = {case.person_id: case.person for case in missing}
    rows = [_row(locked, person, by, reason) for person in persons.values()]
    with acting(by):
        CareListEntry.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


@transaction.atomic
@once(CareListEntry, target="person", page="care:list")
def add_person(
    *, found: CareList, person: Person, by: User, client_uuid: UUID, reason: str
) -> CareListEntry:
    """By name, with the reason in words: somebody of the unit with an order in force."""
    cases = lock_cases(person)
    locked = _lock_under_way(found)
    if person.is_dead_by(today()):
        raise Refused(_("This person has died."), field="who")
    if case_on(cases, today()) is None:
        raise Refused(_("This person has no order in force: help goes on without a list."),
                      field="who")  # fmt: skip
    if not Case.objects.filter(person=person).in_area(locked.area.today).exists():
        raise Refused(_("This person is not of the unit of the list."), field="who")
    same = Q(number=person.public_id) | Q(person=person)
    if CareListEntry.objects.standing().filter(same, list=locked).exists():
        raise Refused(_("This person stands on the list already."), field="who")
    if not is_reason(reason):
        raise Refused(_("Say the reason in words."), field="reason")
    row = _row(locked, person, by, reason, client_uuid=client_uuid)
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def close_list(*, found: CareList, by: User) -> CareList:
    """Nobody is put on it any more; plans go on as they are. Whoever sees the list from below does
    not run it.
    """
    locked = _lock_open(found)
    refuse_not_run(locked, by)
    locked.closed_at, locked.closed_by = timezone.now(), by
    with acting(by):
        save_or_refuse(locked)
    return locked


def lock_list(found: CareList) -> CareList:
    """The list, while nobody closes it and nobody else draws it up."""
    locked: CareList = CareList.objects.select_for_update(of=("self",)).get(pk=found.pk)
    return locked


def _lock_under_way(found: CareList) -> CareList:
    """Nobody is put on a list whose last day is over."""
    locked = _lock_open(found)
    if locked.is_over:
        words = _("This list ended on %(day)s; nobody is put on it any more.")
        raise Refused(words % {"day": day_text(locked.last)})
    return locked


def _lock_open(found: CareList) -> CareList:
    locked = lock_list(found)
    if locked.closed_at is not None:
        raise Refused(_("This list is closed; nothing is entered any more."))
    return locked


def _meant(whom: str, day: date) -> Q:
    if whom == Whom.NEED:
        return Q(Exists(Need.objects.filter(person_id=OuterRef("person_id")).open_on(day)))
    return ~Q(led_on(day)) if whom == Whom.NO_LEAD else Q()


def _row(
    found: CareList, person: Person, by: User, reason: str, **facts: Any
) -> CareListEntry:  # fmt: skip
    return CareListEntry(
        list=found, person=person, number=person.public_id, day=today(), reason=reason.strip(),
        recorded_at=timezone.now(), recorded_by=by, **facts, **place_ids(person),
    )  # fmt: skip
