from dataclasses import dataclass

import pytest

from apps.accounts.models import User
from apps.core.days import today
from apps.core.fields import uuid7
from apps.handover.models import Package
from apps.handover.services.sending import make_package
from apps.persons.models import Person
from apps.transfers.models import Transfer
from apps.transfers.services import ask_transfer, hand_over
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHENG, area
from tests.factories.pages import running_case

REASON = "迁往另一系统管辖的乡镇"


@dataclass
class Sent:
    """A package on its way, and who has to do with it."""

    boss: User
    person: Person
    transfer: Transfer
    package: Package
    phrase: str

    @property
    def content(self) -> bytes:
        return bytes(self.package.content)


def sent_file(person: Person, case: object, by: User) -> Sent:
    transfer = ask_transfer(
        case=case, by=by, client_uuid=uuid7(), area=area(WENCHENG), on=today(),
        reason="迁居文昌，就近执行",
    )  # fmt: skip
    hand_over(transfer=transfer, by=by)
    made = make_package(transfer=transfer, by=by, reason=REASON)
    return Sent(by, person, transfer, made.package, made.phrase)


@pytest.fixture
def sent(db: None) -> Sent:
    boss = UserFactory(town_supervisor=True)
    case = running_case(UserFactory(), days=100)
    return sent_file(case.person, case, boss)


@pytest.fixture
def receiver(db: None) -> User:
    found: User = UserFactory(town_supervisor=True, area=area(WENCHENG))
    return found
