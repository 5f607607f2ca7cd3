"""Who walks through the addresses, and the rows that the addresses name."""

import uuid
from functools import cached_property
from typing import Any

from django.test import Client

from apps.accounts.models import User
from apps.cases.models import Case
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHANG, WENCHENG, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import AssignmentFactory, PersonFactory

# Roles and where they stand to the rows of the world, which lie in 嘉积镇 of 琼海市.
WORKER, MATE, WORKER_ELSEWHERE = "worker", "worker of the town", "worker elsewhere"
TOWN, TOWN_ELSEWHERE = "town supervisor", "town supervisor elsewhere"
COUNTY, COUNTY_ELSEWHERE = "county supervisor", "county supervisor elsewhere"
RECORDS, RECORDS_ELSEWHERE = "records administrator", "records administrator elsewhere"
PROVINCE, SYSTEM, AUDITOR = "province viewer", "system administrator", "auditor"
NOBODY, DISABLED = "signed out", "disabled account"


def _make(visitor: str) -> User | None:
    elsewhere = visitor.endswith("elsewhere")
    match visitor.removesuffix(" elsewhere"):
        case "worker" | "worker of the town":
            return UserFactory(area=area(WANQUAN if elsewhere else JIAJI))
        case "town supervisor":
            return UserFactory(town_supervisor=True, area=area(WENCHENG if elsewhere else JIAJI))
        case "county supervisor":
            return UserFactory(county_supervisor=True, area=area(_county(elsewhere=elsewhere)))
        case "records administrator":
            return UserFactory(records_admin=True, area=area(_county(elsewhere=elsewhere)))
        case "province viewer":
            return UserFactory(province_viewer=True)
        case "system administrator":
            return UserFactory(system_admin=True)
        case "auditor":
            return UserFactory(auditor=True)
        case "disabled account":
            return UserFactory(area=area(JIAJI))
    return None


def _county(*, elsewhere: bool) -> str:
    return WENCHANG if elsewhere else QIONGHAI


EVERYBODY = (
    WORKER, MATE, WORKER_ELSEWHERE, TOWN, TOWN_ELSEWHERE, COUNTY, COUNTY_ELSEWHERE, RECORDS,
    RECORDS_ELSEWHERE, PROVINCE, SYSTEM, AUDITOR, NOBODY, DISABLED,
)  # fmt: skip


class World:
    """Made anew for every line. Add a cached property for a row that your address names."""

    def __init__(self) -> None:
        self.users = {visitor: _make(visitor) for visitor in EVERYBODY}
        self.clients = {visitor: self._client(visitor) for visitor in EVERYBODY}

    def _client(self, visitor: str) -> Client:
        client, user = Client(), self.users[visitor]
        if user is not None:
            client.force_login(user)
        if visitor == DISABLED:
            User.objects.filter(pk=user.pk).update(is_active=False)  # type: ignore[union-attr]
        return client

    @cached_property
    def person(self) -> Person:
        """In 嘉积镇, with an order, in the caseload of the worker."""
        person = PersonFactory()
        AssignmentFactory(person=person, worker=self.users[WORKER])
        return person

    @cached_property
    def case(self) -> Case:
        return CaseFactory(person=self.person)

    @cached_property
    def staff(self) -> User:
        """A colleague of the worker."""
        return self.users[MATE] or UserFactory()


def nowhere(kwargs: dict[str, Any]) -> dict[str, Any]:
    """The same address for a row that does not exist."""
    return {
        key: uuid.uuid4() if isinstance(value, uuid.UUID) else value
        for key, value in kwargs.items()
    }
