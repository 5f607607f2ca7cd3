"""A receipt that was still to come comes once, and nothing else of the row changes."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.assistance.models import Payment
from apps.assistance.services import close_month, record_receipt, reverse_payment
from apps.core.refusals import Refused
from apps.persons.services.moving import move_person
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WENCHENG, area
from tests.factories.assistance import approved, paid
from tests.factories.cases import CaseFactory
from tests.factories.pages import signed_in
from tests.factories.persons import AssignmentFactory

pytestmark = pytest.mark.django_db
NOW, GIVEN = date(2024, 6, 3), date(2024, 5, 20)
EN = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


@pytest.fixture
def row(boss: User) -> Payment:
    one = approved(by=boss, found_on=GIVEN, person=CaseFactory().person)
    return paid(one, 30_000, by=boss, paid_on=GIVEN, receipt="none")


def test_a_worker_records_the_signature_that_came_later(boss: User, row: Payment) -> None:
    worker = UserFactory()
    AssignmentFactory(person=row.person, worker=worker)
    close_month(area=area(QIONGHAI), month=date(2024, 5, 1), by=boss)
    client, url = signed_in(worker), reverse("assistance:receipt", args=[row.public_id])
    detail = reverse("assistance:detail", args=[row.assistance.public_id])

    def shown() -> str:
        return str(client.get(detail, secure=True, headers=EN).content.decode())

    assert url in shown()
    asked = client.get(url, secure=True, headers=EN).content.decode()
    assert "Temporary relief · 20 May · 300.00" in asked
    answer = client.post(url, {"receipt": "scan"}, secure=True, headers=EN)
    assert answer.status_code == 422
    assert "Enter the number of the receipt or scan." in answer.content.decode()
    for _tap in range(2):
        sent = {"receipt": "scan", "receipt_words": "收据 0012"}
        assert client.post(url, sent, secure=True, headers=EN).status_code == 302
    row.refresh_from_db()
    assert (row.receipt, row.receipt_words, row.amount_fen) == ("scan", "收据 0012", 30_000)
    assert url not in shown()
    told = Payment.events.rel.related_model.objects.filter(pgh_obj_id=row.pk)
    assert {event.receipt for event in told} == {"none", "scan"}
    with pytest.raises(Refused, match="on record already"):
        record_receipt(payment=row, by=boss, receipt="signed")


def test_what_was_reversed_has_no_receipt(boss: User, row: Payment) -> None:
    back = reverse_payment(payment=row, by=boss, client_uuid=uuid4(), on=NOW, reason="转账退回")
    for one in (row, back):
        with pytest.raises(Refused, match="was reversed"):
            record_receipt(payment=one, by=boss, receipt="signed")
        with pytest.raises(IntegrityError, match="payment_as_it_was"), transaction.atomic():
            Payment.objects.filter(pk=one.pk).update(receipt="signed")


def test_the_office_that_paid_gives_the_receipt(boss: User, row: Payment) -> None:
    move_person(person=row.person, area=area(WENCHENG), by=User.objects.system())
    with pytest.raises(Refused, match="which gives the receipt for it"):
        record_receipt(payment=row, by=UserFactory(area=area(WENCHENG)), receipt="signed")
    record_receipt(payment=row, by=boss, receipt="signed")


def test_the_database_lets_a_receipt_come_once_and_nothing_else_change(row: Payment) -> None:
    for wrong in ({"receipt": "signed", "amount_fen": 1}, {"receipt_words": "0012"},
                  {"receipt": "scan"}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Payment.objects.filter(pk=row.pk).update(**wrong)
    Payment.objects.filter(pk=row.pk).update(receipt="signed")
    later: list[dict[str, Any]] = [{"receipt": "none"}, {"receipt_words": "0012"}]
    for change in later:
        with pytest.raises(IntegrityError, match="payment_as_it_was"), transaction.atomic():
            Payment.objects.filter(pk=row.pk).update(**change)
