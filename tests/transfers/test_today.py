"""What the new unit reads in Today until the person has reported and signed."""

from typing import Any

import pytest
from django.urls import reverse

from apps.core.days import today
from apps.transfers.services import accept_transfer, record_arrival, sign_new_agreement
from tests.factories.pages import signed_in
from tests.factories.transfers import handed_over
from tests.transfers.conftest import Offices

pytestmark = pytest.mark.django_db


def test_the_new_worker_waits_for_the_report_and_then_for_the_agreement(offices: Offices) -> None:
    """条例 art. 22; the last day may lie in the next month, and the line stands all the same."""
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    accept_transfer(transfer=transfer, by=offices.receiver, worker=offices.new_worker)
    arrival, agreement = (
        reverse(f"transfers:{name}", args=[transfer.public_id]) for name in ("arrival", "agreement")
    )
    client, old = signed_in(offices.new_worker), signed_in(offices.worker)

    def lines(of: Any = client) -> str:
        pages = [of.get("/today/", {"tab": tab}, secure=True) for tab in ("", "waiting", "month")]
        return "".join(page.content.decode() for page in pages)

    assert arrival in lines()
    assert arrival not in lines(old)
    record_arrival(transfer=transfer, by=offices.new_worker, on=today())
    assert (arrival in lines(), agreement in lines()) == (False, True)
    sign_new_agreement(transfer=transfer, by=offices.new_worker, on=today())
    assert agreement not in lines()


def test_the_address_that_was_told_is_proposed_and_comes_into_the_file(offices: Offices) -> None:
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    accept_transfer(transfer=transfer, by=offices.receiver, worker=offices.new_worker)
    client = signed_in(offices.new_worker)
    url = reverse("transfers:arrival", args=[transfer.public_id])
    assert transfer.new_residence in client.get(url, secure=True).content.decode()
    data = {"on": f"{today():%Y-%m-%d}", "residence_address": "下山村9号"}
    assert client.post(url, data, secure=True).status_code == 302
    offices.case.person.refresh_from_db()
    assert offices.case.person.residence_address == "下山村9号"
