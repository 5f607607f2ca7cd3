"""Persons whom nobody has reached for weeks: tried in several ways, flagged, searched for."""

from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from apps.accounts.models import User
from apps.checkins.codes import Method
from apps.checkins.services import log_checkin
from apps.contacts.codes import ContactOutcome, NotDoneReason
from apps.core.days import SHANGHAI
from apps.demo.clock import on_day
from apps.persons.models import Person
from apps.visits.lost import log_search, set_lost_contact, silences
from apps.visits.models import Means

TRIES: Final = ((7, Method.PHONE), (5, Method.IN_PERSON), (4, Method.PHONE))
LONG: Final = 19


def search_the_silent(worker: User, day: date, *, flag: bool) -> None:
    """One of a worker's persons; without the flag it is only proposed."""
    persons = list(Person.objects.visible_to(worker).order_by("pk"))
    silent = silences([person.pk for person in persons], day)
    person = next((p for p in persons if p.pk in silent and silent[p.pk].days >= LONG), None)
    if person is None:
        return
    for back, method in TRIES:
        _try(person, worker, day - timedelta(days=back), method)
    if flag:
        _flag(person, worker, day)


def _flag(person: Person, worker: User, day: date) -> None:
    with on_day(day - timedelta(days=3)):
        lost = set_lost_contact(person=person, by=worker, reason="三次联系未果，家人也不知去向")
    with on_day(day - timedelta(days=1)):
        log_search(
            lost=lost, by=worker, client_uuid=_uuid(person, "search"),
            on=day - timedelta(days=1), means=Means.VILLAGE,
            words="村干部说上周见过本人，已请其转告与专职工作人员联系",
        )  # fmt: skip


def _try(person: Person, worker: User, on: date, method: Method) -> None:
    with on_day(on, 17):
        log_checkin(
            person=person, by=worker, client_uuid=_uuid(person, str(on)), method=method,
            occurred_at=datetime.combine(on, time(16), SHANGHAI),
            outcome=ContactOutcome.NOT_DONE, reason=NotDoneReason.NOT_FOUND,
            next_on=on + timedelta(days=2), note="未联系上",
        )  # fmt: skip


def _uuid(person: Person, what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"homeward-demo-silence-{person.name}-{person.born_on}-{what}")
