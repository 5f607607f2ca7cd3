"""An office with a worker, somebody to supervise, and one person with an order."""

from dataclasses import dataclass, field

import pytest

from apps.accounts.models import User
from apps.cases.models import Case
from apps.notices.models import Notice
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.pages import running_case


@dataclass
class Office:
    worker: User = field(default_factory=UserFactory)
    mate: User = field(default_factory=UserFactory)
    boss: User = field(default_factory=lambda: UserFactory(town_supervisor=True))
    case: Case = field(init=False)

    def __post_init__(self) -> None:
        self.case = running_case(self.worker)

    @property
    def person(self) -> Person:
        return self.case.person


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def told(user: User) -> list[str]:
    """The kinds that the user was told, in their order."""
    return list(Notice.objects.filter(reader=user).order_by("pk").values_list("kind", flat=True))
