from dataclasses import dataclass

import pytest

from apps.accounts.models import User
from apps.cases.models import Case
from tests.factories.accounts import UserFactory
from tests.factories.pages import running_case


@dataclass
class Office:
    """A worker with a running order, and two supervisors of the town."""

    worker: User
    officer: User
    case: Case


@pytest.fixture
def office(db: None) -> Office:
    worker = UserFactory()
    return Office(worker, UserFactory(town_supervisor=True), running_case(worker, days=300))
