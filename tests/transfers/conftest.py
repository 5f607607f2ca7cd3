from dataclasses import dataclass

import pytest

from apps.accounts.models import User
from apps.cases.models import Case
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHANG, WENCHENG, area
from tests.factories.pages import running_case


@dataclass
class Offices:
    """A worker and a supervisor who send, and those of the county next door who receive."""

    worker: User
    boss: User
    case: Case
    receiver: User
    new_worker: User
    new_county: User


@pytest.fixture
def offices(db: None) -> Offices:
    worker = UserFactory()
    return Offices(
        worker, UserFactory(town_supervisor=True), running_case(worker, days=100),
        UserFactory(town_supervisor=True, area=area(WENCHENG)), UserFactory(area=area(WENCHENG)),
        UserFactory(county_supervisor=True, area=area(WENCHANG)),
    )  # fmt: skip
