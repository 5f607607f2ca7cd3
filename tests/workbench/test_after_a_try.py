"""After a try with a day that was agreed: every surface says when to act next, and the same day."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.cases.models import Case
from apps.workbench.today import page_of
from tests.factories import schedule as office
from tests.factories.accounts import UserFactory
from tests.factories.pages import next_due
from tests.factories.schedule import looked_at, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_checkins")]
NOW = date(2024, 6, 3)
AGREED = NOW + timedelta(days=7)
EN = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with (
        time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment,
        translation.override("en"),
    ):
        yield moment


@pytest.fixture
def worker(client: Client) -> User:
    user: User = UserFactory()
    client.force_login(user)
    return user


def late(worker: User) -> Case:
    case = looked_at(office.case_of(worker))
    seen(case, date(2024, 5, 1))
    return case


def page(client: Client, name: str, *args: Any, query: str = "") -> str:
    url = reverse(name, args=args) + query
    return client.get(url, secure=True, headers=EN).content.decode()


def test_late_without_a_try(client: Client, worker: User) -> None:
    case = late(worker)
    assert "11 days late" in page(client, "workbench:person", case.person.public_id)
    assert "11 days late" in page(client, "persons:list")
    assert next_due(case.person, NOW) == date(2024, 5, 23)


def test_after_a_try_every_surface_says_the_agreed_day(client: Client, worker: User) -> None:
    case, other = late(worker), late(worker)
    seen(case, NOW, outcome="not_done", reason="hospital", next_on=AGREED)
    seen(other, NOW, outcome="not_done", reason="hospital", next_on=NOW + timedelta(days=3))
    file = page(client, "workbench:person", case.person.public_id)
    assert "days late" not in file
    assert "Next Check-in 10 Jun 2024" in file
    assert "again on 10 Jun" in file
    listed = page(client, "persons:list", query="?sort=next_due")
    assert "days late" not in listed
    assert listed.index(other.person.name) < listed.index(case.person.name)
    assert next_due(case.person, NOW) == AGREED
    assert page_of(worker, NOW, tab="all", by="due", number=1).counts["hidden"] == 2


def test_on_the_agreed_day_it_is_late_again(client: Client, worker: User, clock: Any) -> None:
    case = late(worker)
    seen(case, NOW, outcome="not_done", reason="hospital", next_on=AGREED)
    clock.shift(timedelta(days=7))
    client.force_login(worker)
    assert "days late" in page(client, "workbench:person", case.person.public_id)
    assert next_due(case.person, AGREED) == date(2024, 5, 23)
