"""A signed-in browser and a file to look at, for tests of pages."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.days import today
from apps.persons.models import Person
from apps.persons.services import assign_worker
from apps.visits.facts import attach_facts
from tests.factories.cases import CaseFactory


def signed_in(user: User, **options: Any) -> Client:
    """A client with a session of the user; by session, since password hashes take time."""
    client = Client(**options)
    session = client.session
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "apps.accounts.backends.RoleBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return client


def running_case(worker: User | None = None, days: int = 100, **facts: Any) -> Case:
    """An order that came into force so many days ago, looked after by the worker."""
    start = today() - timedelta(days=days)
    dates = {
        "decided_on": start - timedelta(days=9),
        "received_on": start - timedelta(days=5),
        "reported_on": start,
        "agreement_on": start,
    }
    case = CaseFactory(**(dates | facts))
    if worker is not None:
        assign_worker(persons=[case.person], worker=worker, by=worker, on=start)
    return case


def next_due(person: Person, day: date) -> date | None:
    """The day that lists tell of a person: the oldest open window, or what was agreed."""
    attach_facts([person], day)
    return person.facts.next_due
