"""An assignment that has not begun can be taken back; nothing else changes."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.core.days import today
from apps.core.refusals import Refused
from apps.covers.services import begin_cover
from apps.persons.models import Assignment, Person
from apps.persons.services import assign_worker, withdraw_assignment
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, area
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db


def assign(person: Person, worker: User, on: date) -> Assignment:
    [row] = assign_worker(persons=[person], worker=worker, by=User.objects.system(), on=on)
    return row


def responsible(person: Person) -> list[tuple[int, date | None]]:
    rows = Assignment.objects.responsible().filter(person=person).order_by("starts_on")
    return list(rows.values_list("worker", "ends_on"))


def test_the_page_takes_it_back_and_the_former_worker_stays(client: Client) -> None:
    person, first, second = PersonFactory(), UserFactory(), UserFactory()
    boss = UserFactory(town_supervisor=True, area=area(JIAJI))
    assign(person, first, today() - timedelta(days=5))
    row = assign(person, second, today() + timedelta(days=300))
    client.force_login(boss)
    url = reverse("persons:assignment-withdraw", args=[person.public_id, row.public_id])
    assert url in client.get(reverse("cases:case", args=[person.public_id])).content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    assert responsible(person) == [(first.pk, None)]
    # What stood in the way is gone.
    assign(person, UserFactory(), today())
    assert client.post(url).status_code == 404


def test_the_same_tap_again_changes_nothing() -> None:
    person, by = PersonFactory(), UserFactory()
    row = assign(person, by, today() + timedelta(days=3))
    assert withdraw_assignment(assignment=row, by=by) is None
    assert withdraw_assignment(assignment=row, by=by) is None
    assert responsible(person) == []


def test_what_has_begun_is_not_taken_back() -> None:
    person, by = PersonFactory(), UserFactory()
    row = assign(person, by, today())
    with pytest.raises(Refused, match="该分派已经开始：请改派其他工作人员，或填写最后一天。"):
        withdraw_assignment(assignment=row, by=by)
    assert responsible(person) == [(by.pk, None)]


def test_a_former_worker_whose_account_is_closed_does_not_come_back() -> None:
    person, first, second = PersonFactory(), UserFactory(), UserFactory()
    assign(person, first, today() - timedelta(days=5))
    row = assign(person, second, today() + timedelta(days=3))
    User.objects.filter(pk=first.pk).update(is_active=False)
    withdraw_assignment(assignment=row, by=second)
    assert responsible(person) == [(first.pk, today() + timedelta(days=2))]


def test_a_cover_that_came_with_it_goes_with_it() -> None:
    person, worker, other = PersonFactory(), UserFactory(), UserFactory()
    boss = UserFactory(town_supervisor=True, area=area(JIAJI))
    ahead = today() + timedelta(days=3)
    begin_cover(
        worker=worker, cover=other, starts_on=ahead, until_on=None, words="", by=boss,
        client_uuid="01890000-0000-7000-8000-000000000001",
    )  # fmt: skip
    row = assign(person, worker, ahead)
    assert Assignment.objects.filter(person=person, worker=other).exists()
    withdraw_assignment(assignment=row, by=boss)
    assert not Assignment.objects.filter(person=person).exists()
