"""Today is 2024-06-03; refusals are matched by their English words."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import translation

from apps.accounts.models import User
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import AssignmentFactory

CLOCK = "2024-06-03T10:00:00+08:00"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(CLOCK, tick=False) as moment:
        yield moment


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def worker(db: None) -> User:
    user: User = UserFactory(area=area(JIAJI))
    return user


@pytest.fixture
def boss(db: None) -> User:
    user: User = UserFactory(town_supervisor=True, area=area(JIAJI))
    return user


@pytest.fixture
def person(worker: User) -> Person:
    found: Person = CaseFactory().person
    AssignmentFactory(person=found, worker=worker)
    return found
