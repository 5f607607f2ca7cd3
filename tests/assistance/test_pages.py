"""From a need to what became of it, by the pages."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.assistance.models import Assistance, Budget, MonthClosing, Payment
from apps.audit.models import AccessLog
from apps.core.days import today
from apps.needs.models import Need
from apps.needs.services import record_need
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI
from tests.factories.assistance import approved, helped, paid, programme
from tests.factories.pages import running_case, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def worker() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def person(worker: User) -> Any:
    return running_case(worker, days=300).person


@pytest.fixture
def need(person: Any, worker: User) -> Need:
    return record_need(
        person=person, by=worker, kind="living", said_on=today() - timedelta(days=50),
        urgency="normal", said_by="person", words="家里没有收入",
    )  # fmt: skip


def post(client: Client, name: str, *args: Any, **data: Any) -> Any:
    sent = {"client_uuid": str(uuid4())} | {key: str(value) for key, value in data.items()}
    return client.post(reverse(name, args=args), sent, secure=True, HTTP_ACCEPT_LANGUAGE="en")


def shown(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query, secure=True, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_need_is_met_step_by_step(worker: User, person: Any, need: Need) -> None:
    client, day = signed_in(worker), today() - timedelta(days=40)
    assert "Open needs" in shown(client, "assistance:person", person.public_id)
    page = shown(client, "assistance:create", person.public_id, query=f"?need={need.public_id}")
    assert f'value="{need.pk}" selected' in page
    # What a clerk is told stands there before anything is chosen.
    assert "published in the village" in page
    assert "a year of contributions" in page
    answer = post(
        client, "assistance:create", person.public_id, programme=programme("living").pk,
        beneficiary="person", found_on=day, need=need.pk,
    )  # fmt: skip
    one = Assistance.objects.get()
    assert answer.url == reverse("assistance:detail", args=[one.public_id])
    assert "published in the village" in shown(client, "assistance:detail", one.public_id)
    for kind, facts in (("applied", {"to_words": "嘉积镇民政办"}), ("approved", {})):
        step = post(client, "assistance:step", one.public_id, kind, day=day, **facts)
        assert step.status_code == 302
    given = post(
        client, "assistance:pay", one.public_id, paid_on=day, how="bank", receipt="signed",
        amount_fen="1,200.50", household=3,
    )  # fmt: skip
    assert given.status_code == 302
    assert Payment.objects.get().amount_fen == 120_050
    page = shown(client, "assistance:detail", one.public_id)
    assert "1,200.50" in page
    assert "What help has changed" in shown(client, "workbench:today")
    look = post(client, "assistance:look", one.public_id, after=30, looked_on=today(),
                changed="better", words="每月按时领取")  # fmt: skip
    assert look.status_code == 302
    assert "每月按时领取" in shown(client, "assistance:detail", one.public_id)
    one.refresh_from_db()
    assert one.look_after == 90


def test_a_wrong_amount_keeps_what_was_typed(worker: User, person: Any) -> None:
    one = approved(person=person)
    client = signed_in(worker)
    for text in ("0", "-5", "12.345", "三千"):
        answer = post(client, "assistance:pay", one.public_id, paid_on=today(), how="bank",
                      receipt="none", amount_fen=text)  # fmt: skip
        assert answer.status_code == 422
        assert f'value="{text}"' in answer.content.decode()
    assert not Payment.objects.exists()


def test_a_step_out_of_order_is_said_and_not_asked(worker: User, person: Any) -> None:
    one = helped(person=person)
    url = reverse("assistance:step", args=[one.public_id, "refused"])
    assert signed_in(worker).get(url, secure=True).status_code == 409
    assert signed_in(worker).get(url.replace("refused", "eaten"), secure=True).status_code == 404


def test_a_supervisor_reverses_and_a_worker_does_not(worker: User, person: Any) -> None:
    row = paid(approved(person=person))
    facts = {"on": today(), "reason": "重复登记"}
    assert post(signed_in(worker), "assistance:reverse", row.public_id, **facts).status_code == 403
    boss = UserFactory(town_supervisor=True)
    assert post(signed_in(boss), "assistance:reverse", row.public_id, **facts).status_code == 302
    assert Payment.objects.sums()["fen"] == 0


def test_the_ledger_shows_months_budgets_and_what_is_left(person: Any) -> None:
    boss = UserFactory(county_supervisor=True)
    client, year = signed_in(boss), today().year
    one = approved(person=person)
    paid(one, 30_000)
    answer = post(client, "assistance:budget", area=QIONGHAI, programme=one.programme.pk,
                  year=year, amount_fen="1000")  # fmt: skip
    assert answer.status_code == 302
    page = shown(client, "assistance:ledger")
    assert "700.00 left of 1,000.00" in page
    low = post(client, "assistance:budget", area=QIONGHAI, programme=one.programme.pk, year=year,
               amount_fen="299.99")  # fmt: skip
    assert low.status_code == 422
    assert Budget.objects.get().amount_fen == 100_000
    before = today().replace(day=1) - timedelta(days=1)
    closed = post(client, "assistance:close", area=QIONGHAI, month=before)
    assert closed.status_code == 302
    assert MonthClosing.objects.get().month == before.replace(day=1)
    assert "Closed" in shown(client, "assistance:ledger", query=f"?year={before.year}")


def test_the_answer_names_nobody_and_is_logged(worker: User, person: Any) -> None:
    one = helped("living", person=person)
    answer = post(signed_in(worker), "assistance:ask", one.public_id, first=today(), last=today())
    assert answer.status_code == 302
    log = AccessLog.objects.filter(action="outside").get()
    assert log.fields_seen == "same_help"


def test_what_is_exported_does_not_say_why(person: Any) -> None:
    boss = UserFactory(county_supervisor=True)
    answer = post(signed_in(boss), "assistance:list", purpose="向禁毒办汇报")
    assert answer.status_code == 422
    assert "毒" in answer.content.decode()


def test_a_longer_list_asks_no_more_of_the_database(worker: User, person: Any) -> None:
    """The list reads few columns of each row: none of them is fetched one by one, also for what
    leaves.
    """
    boss = UserFactory(county_supervisor=True)
    client, url = signed_in(boss), reverse("assistance:list")

    def statements() -> tuple[int, int]:
        found = []
        for act in (
            lambda: client.get(url, {"sort": "state"}, secure=True),
            lambda: client.post(url, {"format": "csv", "purpose": "核对台账"}, secure=True),
        ):
            with CaptureQueriesContext(connection) as asked:
                assert act().status_code == 200
            found.append(len(asked))
        return found[0], found[1]

    helped("relief", person=person, by=worker)
    statements()
    few = statements()
    for code in ("living", "housing", "legal"):
        helped(code, person=person, by=worker)
    assert statements() == few
