"""Refusals are matched by their English words; today is 2024-06-03."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import translation

from apps.accounts.models import User
from apps.cases.models import Case
from tests.factories.accounts import UserFactory
from tests.factories.persons import PersonFactory
from tests.factories.schedule import case_of


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def worker(db: None) -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def case(worker: User) -> Case:
    """A man, reported on 2024-03-01."""
    return case_of(worker, person=PersonFactory(sex="1"))
