"""A look at help that was wrong is taken back; what was no delivery was not looked at."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.assistance.changed import BETTER
from apps.assistance.models import Assistance, Look, Payment
from apps.assistance.services import reverse_payment, take_back_step, withdraw_look
from apps.core.refusals import Refused
from apps.notices.models import Notice
from apps.persons.figures import Period
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.assistance import approved, helped, looked, paid
from tests.factories.pages import signed_in
from tests.factories.persons import AssignmentFactory

pytestmark = pytest.mark.django_db
NOW, GIVEN, LOOKED = date(2024, 6, 3), date(2024, 4, 1), date(2024, 5, 2)
EN = {"Accept-Language": "en"}
YEAR = (date(2024, 1, 1), date(2024, 12, 31), NOW)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


def seen(boss: User, **facts: Any) -> Look:
    """Given in April, better in May."""
    one = approved(by=boss, found_on=GIVEN)
    paid(one, by=boss, paid_on=GIVEN)
    return looked(one, by=boss, looked_on=LOOKED, **facts)


def reversed_(row: Payment, boss: User, on: date = NOW) -> None:
    reverse_payment(payment=row, by=boss, client_uuid=uuid4(), on=on, reason="转账退回")


def told(boss: User) -> tuple[int, int | None, list[Any]]:
    figure = BETTER.measure(Period(area(QIONGHAI), *YEAR))
    page = signed_in(boss).get(reverse("assistance:changes"), secure=True, headers=EN)
    return figure.numerator, figure.denominator, list(page.context["kinds"])


def test_a_look_that_was_wrong_is_withdrawn_with_the_reason_and_recorded_anew(boss: User) -> None:
    worker = UserFactory()
    row = seen(boss)
    AssignmentFactory(person=row.person, worker=worker)
    url = reverse("assistance:withdraw-look", args=[row.public_id])
    said = {"reason": "记错了人，不是他"}
    assert signed_in(worker).post(url, said, secure=True).status_code == 302
    row.refresh_from_db()
    assert (row.withdrawn_by, row.withdrawn_reason) == (worker, "记错了人，不是他")
    assert Notice.objects.get(reader=boss).subject == row.public_id
    assert told(boss) == (0, 0, [])
    one = Assistance.objects.get(pk=row.assistance_id)
    assert (one.look_after, one.look_on) == (30, date(2024, 5, 1))
    detail = reverse("assistance:detail", args=[one.public_id])
    text = signed_in(boss).get(detail, secure=True, headers=EN).content.decode()
    assert "记错了人，不是他" in text
    assert url not in text
    again = looked(one, by=boss, looked_on=LOOKED, changed="same")
    assert (told(boss)[:2], again.is_valid) == ((0, 1), True)
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_look(look=row, by=boss, reason="再撤一次")


def test_a_withdrawn_look_stays_as_it_was(boss: User) -> None:
    row = seen(boss)
    with pytest.raises(Refused, match="why it is withdrawn"):
        withdraw_look(look=row, by=boss, reason="")
    withdraw_look(look=row, by=boss, reason="记错了人")
    for change in ({"withdrawn_at": None, "withdrawn_by": None}, {"changed": "worse"}):
        with pytest.raises(IntegrityError, match="look_as_it_was"), transaction.atomic():
            Look.objects.update(**change)


def test_one_look_of_thirty_days_stands_whoever_writes(boss: User) -> None:
    row = seen(boss)
    row.pk, row.public_id, row.client_uuid = None, uuid4(), uuid4()
    row._state.adding = True
    with pytest.raises(IntegrityError, match="look_once"), transaction.atomic():
        row.save()
    row.withdrawn_at, row.withdrawn_by = timezone.now(), boss
    row.save()


def test_after_a_reversal_the_new_delivery_is_looked_at_after_30_days(boss: User) -> None:
    one = approved(by=boss, found_on=date(2024, 1, 2))
    first = paid(one, by=boss, paid_on=date(2024, 1, 2))
    looked(one, by=boss, looked_on=date(2024, 2, 2))
    assert told(boss)[:2] == (1, 1)
    reversed_(first, boss, on=date(2024, 2, 3))
    assert told(boss)[:2] == (0, 0)
    paid(one, by=boss, paid_on=date(2024, 4, 1))
    one.refresh_from_db()
    assert (one.delivered_on, one.look_after) == (date(2024, 4, 1), 30)
    looked(one, by=boss, looked_on=LOOKED, changed="same")
    one.refresh_from_db()
    assert (one.look_after, told(boss)[:2]) == (90, (0, 1))


def test_a_payment_put_right_on_its_own_day_asks_nothing_again(boss: User) -> None:
    row = seen(boss)
    reversed_(row.assistance.payments.get(), boss, on=GIVEN)
    paid(row.assistance, 12_300, by=boss, paid_on=GIVEN)
    assert Assistance.objects.get(pk=row.assistance_id).look_after == 90
    assert told(boss)[:2] == (1, 1)


def test_help_that_was_a_mistake_changed_nothing(boss: User) -> None:
    one = seen(boss).assistance
    reversed_(one.payments.get(), boss)
    for step in one.steps.order_by("-pk"):
        take_back_step(step=step, by=boss, reason="记错了人")
    one.refresh_from_db()
    assert (one.state, told(boss)) == ("mistake", (0, 0, []))


@pytest.mark.parametrize("role", ["worker", "town_supervisor"])
def test_who_may_know_of_it_no_more_hears_nothing_of_restricted_help(role: str, boss: User) -> None:
    """Of a step and of a look alike."""
    chief = UserFactory(town_supervisor=True)
    one = helped("hiv", by=chief, found_on=GIVEN)
    paid(one, None, how="service", by=chief, paid_on=GIVEN)
    row = looked(one, by=chief, looked_on=LOOKED)
    other = helped("hepatitis", by=chief)
    User.objects.filter(pk=chief.pk).update(role=role)
    withdraw_look(look=row, by=boss, reason="记错了人")
    take_back_step(step=other.steps.get(), by=boss, reason="记错了人")
    heard = Notice.objects.filter(reader=chief).count()
    assert heard == (2 if role == "town_supervisor" else 0)


def test_the_timeline_says_of_what_was_taken_back_that_it_was(boss: User) -> None:
    row = seen(boss)
    url = reverse("workbench:person", args=[row.person.public_id])

    def count(word: str) -> int:
        text: str = signed_in(boss).get(url, secure=True, headers=EN).content.decode()
        return text.count(f">{word}<") + text.count(f"</svg>{word}<")

    delivered, before = count("Delivered"), (count("Reversed"), count("Withdrawn"))
    withdraw_look(look=row, by=boss, reason="记错了人")
    reversed_(row.assistance.payments.get(), boss)
    assert delivered
    assert count("Delivered") == 0
    assert (count("Reversed"), count("Withdrawn")) == tuple(n + delivered for n in before)
