"""The tick over expected releases, and the two days between which they are looked for."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.core.days import today
from apps.intake.models import Release
from apps.intake.services import open_file, receive_person
from tests.factories.accounts import UserFactory
from tests.factories.pages import signed_in
from tests.intake.test_intake import expected

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def worker() -> User:
    user: User = UserFactory()
    return user


def listed(user: User, **query: str) -> list[Any]:
    client = signed_in(user, headers={"accept-language": "en"})
    rows = client.get(reverse("intake:list"), query, secure=True).context["page"].rows
    return [row.record if hasattr(row, "record") else row for row in rows]


@pytest.mark.parametrize(("ago", "late"), [(-1, False), (0, False), (1, True)])
def test_the_tick_keeps_those_whose_day_has_passed(worker: User, ago: int, *, late: bool) -> None:
    release = expected(worker, expected_on=today() - ago * DAY)
    for query in ({}, {"overdue": ""}, {"overdue": "false"}):
        assert listed(worker, **query) == [release]
    assert listed(worker, overdue="on") == ([release] if late else [])


def test_who_was_received_yesterday_and_has_no_file_is_late_and_with_one_no_more(
    worker: User,
) -> None:
    release = receive_person(release=expected(worker), by=worker, on=today(), reception="family")
    assert listed(worker, overdue="on") == []
    Release.objects.update(received_on=today() - DAY)
    assert listed(worker, overdue="on") == [release]
    release.refresh_from_db()
    open_file(release=release, by=worker, decision_on=today())
    assert listed(worker, overdue="on") == []


@pytest.mark.parametrize(("off", "found"), [(-1, True), (0, True), (1, False)])
def test_the_first_and_the_last_day_belong_to_what_is_looked_for(
    worker: User, off: int, *, found: bool
) -> None:
    release = expected(worker)
    first, last = (release.expected_on + sign * off * DAY for sign in (1, -1))
    assert bool(listed(worker, from_day=first.isoformat())) is found
    assert bool(listed(worker, to_day=last.isoformat())) is found
