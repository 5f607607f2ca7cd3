"""A day, a language, and somebody who records."""

from collections.abc import Iterator

import pytest
import time_machine
from django.utils import translation

from apps.accounts.models import User
from tests.factories.accounts import UserFactory


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-09-05T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def by() -> User:
    made: User = UserFactory()
    return made
