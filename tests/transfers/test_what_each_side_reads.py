"""Before the acceptance and after it: what either unit reads of a transfer, on page and paper."""

import re
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.core.days import today
from apps.core.text import mask_identity, mask_phone
from apps.persons.models import Person
from apps.persons.services import change_person
from apps.transfers.models import Transfer
from apps.transfers.services import accept_transfer, record_arrival
from tests.factories.pages import signed_in
from tests.factories.transfers import handed_over
from tests.transfers.conftest import Offices

pytestmark = pytest.mark.django_db
PHONE = "13800000417"


def page(user: User, name: str, *args: Any, **query: str) -> str:
    client = signed_in(user, headers={"accept-language": "en"})
    return client.get(reverse(f"transfers:{name}", args=args), query, secure=True).content.decode()


def test_page_and_letter_say_the_same_to_who_is_to_accept(offices: Offices) -> None:
    person: Person = offices.case.person
    person.phone = PHONE
    person.save()
    transfer: Transfer = handed_over(offices.case, offices.worker, offices.boss)
    number = person.document_number
    assert number
    here = page(offices.receiver, "transfer", transfer.public_id)
    assert transfer.reason in here
    letter = page(offices.receiver, "letter", transfer.public_id)
    assert not [whole for whole in (number, PHONE) if whole in letter + here]
    assert mask_identity(number) in letter
    own = page(offices.boss, "letter", transfer.public_id)
    assert number in own
    for whole, mask in ((number, mask_identity), (PHONE, mask_phone)):
        assert (whole in own) == (mask(whole) in letter)


@pytest.mark.parametrize(
    ("kind", "number"),
    [("passport", "E12345678"), ("hk_macao", "H1234567890"), ("taiwan", "12345678"),
     ("foreign", "USA110000010101")],
)  # fmt: skip
def test_passports_and_permits_have_stars_too(offices: Offices, kind: str, number: str) -> None:
    person: Person = offices.case.person
    change_person(
        person=person, by=offices.boss, reason="核对证件", document_kind=kind,
        document_number=number,
    )  # fmt: skip
    offices.case.refresh_from_db()
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    # Without the marks that keep digits on one line.
    letter, own = (re.sub("</?span[^>]*>", "", page(user, "letter", transfer.public_id))
                   for user in (offices.receiver, offices.boss))  # fmt: skip
    assert number not in letter
    assert mask_identity(number) in letter
    assert number in own
    assert transfer.letter
    # Numbers of papers stay whole.
    assert transfer.letter.number in letter


def test_who_sent_a_person_reads_the_acceptance_and_nothing_of_what_follows(
    offices: Offices,
) -> None:
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    accept_transfer(transfer=transfer, by=offices.receiver)
    for label, there in (("Reported at the new place", True), ("To report by", True)):
        assert (label in page(offices.receiver, "transfer", transfer.public_id)) is there
        assert label not in page(offices.boss, "transfer", transfer.public_id)
    Transfer.objects.update(report_by=today())
    record_arrival(transfer=transfer, by=offices.receiver, on=today())
    for user, reads in ((offices.receiver, True), (offices.boss, False)):
        client = signed_in(user, headers={"accept-language": "en"})
        rows = client.get(reverse("transfers:list"), secure=True).context["page"].rows
        [row] = [one.record if hasattr(one, "record") else one for one in rows]
        assert (row.shown_arrived_on is not None, row.shown_report_by is not None) == (reads, reads)
        assert "Accepted" in page(user, "list")
