"""What somebody reversed stays reversed, and a period that is over keeps its figures."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.assistance.changed import BETTER
from apps.assistance.codes import OPEN_KINDS
from apps.assistance.figures import ASSISTANCE_PERSONS, PERSON_TIMES, YUAN, by_kind
from apps.assistance.ledger import KINDS
from apps.assistance.models import Assistance, Payment
from apps.assistance.services import close_month, reverse_payment, take_back_step
from apps.assistance.year import lines_of
from apps.core.refusals import Refused
from apps.imports.services import import_ledger
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report
from apps.persons.figures import Period
from apps.reports.breakdown import break_down
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.assistance import approved, gone, helped, looked, paid
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory, resident_number
from tests.followups.test_ledger import write_xlsx

pytestmark = pytest.mark.django_db
EN = {"Accept-Language": "en"}
NOW, IN_APRIL = date(2024, 6, 3), date(2024, 4, 20)
HEAD = ["姓名", "身份证号码", "帮扶类型", "金额(元)", "发放日期"]
NUMBER = resident_number(77)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


def brought_in(folder: Path, *row: str) -> Report:
    path = write_xlsx(folder / f"{uuid4()}.xlsx", [HEAD, ["陈海生", NUMBER, *row]])
    return import_ledger(
        ledger=ledgers()["assistance"], path=path, by=User.objects.system(), area=area(QIONGHAI)
    )


def reversed_now(row: Payment, by: User) -> None:
    reverse_payment(payment=row, by=by, client_uuid=uuid4(), on=NOW, reason="发错了人，钱已退回")


def test_a_ledger_does_not_pay_again_what_was_reversed(boss: User, tmp_path: Path) -> None:
    PersonFactory(name="陈海生", document_number=NUMBER)
    line = ("临时救助", "3000", "2024-05-09")
    assert brought_in(tmp_path, *line).new == 1
    reversed_now(Payment.objects.get(), boss)
    report = brought_in(tmp_path, *line)
    assert (report.new, report.unchanged) == (0, 1)
    assert Payment.objects.sums()["fen"] == 0


def test_an_amount_that_came_later_and_was_reversed_stays_so(boss: User, tmp_path: Path) -> None:
    PersonFactory(name="陈海生", document_number=NUMBER)
    brought_in(tmp_path, "临时救助", "", "2024-05-09")
    assert brought_in(tmp_path, "临时救助", "3000", "2024-05-09").changed == 1
    reversed_now(Payment.objects.standing().get(), boss)
    assert brought_in(tmp_path, "临时救助", "3000", "2024-05-09").unchanged == 1
    assert Payment.objects.sums()["fen"] == 0


def test_an_amount_that_comes_after_the_end_is_taken_up(boss: User, tmp_path: Path) -> None:
    """Of what was received before it, under the same help; after it nothing is."""
    PersonFactory(name="陈海生", document_number=NUMBER)
    brought_in(tmp_path, "低保", "", "2024-04-20")
    one = gone(Assistance.objects.get(), "ended", day=date(2024, 5, 20), by=boss)
    assert brought_in(tmp_path, "低保", "460", "2024-04-20").changed == 1
    row = Payment.objects.standing().get()
    assert (row.amount_fen, row.assistance_id) == (46_000, one.pk)
    assert Assistance.objects.get().state == "ended"
    with pytest.raises(Refused, match="Nothing can be received"):
        paid(one, by=boss, paid_on=date(2024, 5, 21))
    row.pk, row.public_id, row.client_uuid = None, uuid4(), uuid4()
    row.paid_on, row._state.adding = date(2024, 5, 21), True
    with pytest.raises(IntegrityError, match="after_approval"), transaction.atomic():
        row.save()


def test_a_ledger_brings_in_every_kind_that_is_no_secret(tmp_path: Path) -> None:
    assert {str(kind) for kind in KINDS.values()} == {code for code, _label in OPEN_KINDS}
    PersonFactory(name="陈海生", document_number=NUMBER)
    assert brought_in(tmp_path, "美沙酮转介", "", "2024-04-20").new == 1
    assert Assistance.objects.get().kind == "treatment"


def test_what_a_member_received_that_day_is_no_line_of_the_person(
    boss: User, tmp_path: Path
) -> None:
    person = PersonFactory(name="陈海生", document_number=NUMBER)
    day = date(2024, 5, 9)
    own = helped(person=person, beneficiary="member", member_words="女儿", by=boss, found_on=day)
    paid(gone(own, "applied", "approved", day=day, by=boss), 300_000, paid_on=day, by=boss)
    assert brought_in(tmp_path, "临时救助", "3000", "2024-05-09").new == 1
    assert Payment.objects.sums()["times"] == 1


def figures_of(period: Period) -> list[str]:
    [row] = by_kind(period)
    counted = break_down(period).total["assistance_persons"].text
    own = [one.measure(period).text for one in (ASSISTANCE_PERSONS, PERSON_TIMES, YUAN)]
    return [*own, counted, str(row["persons"]), str(row["unknown"]), str(row["fen"])]


@pytest.mark.parametrize("fen", [10_000, None])
def test_a_reversal_takes_nobody_out_of_a_month_that_is_closed(fen: int | None, boss: User) -> None:
    row = paid(approved(by=boss, found_on=IN_APRIL), fen, by=boss, paid_on=IN_APRIL)
    close_month(area=area(QIONGHAI), month=IN_APRIL, by=boss)
    april = Period(area(QIONGHAI), date(2024, 4, 1), date(2024, 4, 30), NOW)
    before = figures_of(april)
    reversed_now(row, boss)
    assert figures_of(april) == before
    assert before[0] == "1"
    assert ASSISTANCE_PERSONS.measure(Period(april.area, april.first, NOW, NOW)).text == "0"


def test_a_year_that_is_over_keeps_what_was_unknown_in_it(boss: User) -> None:
    day = date(2023, 12, 29)
    row = paid(approved(by=boss, found_on=day), None, by=boss, paid_on=day)
    reversed_now(row, boss)
    [line] = lines_of(area(QIONGHAI), 2023, boss)
    assert line.unknown == 1


def shown(boss: User, url: str) -> str:
    answer = signed_in(boss).get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en")
    return " ".join(answer.content.decode().split())


def test_persons_of_a_kind_open_their_list(boss: User) -> None:
    relief = PersonFactory(name="陈海生")
    paid(approved(person=relief, by=boss), by=boss)
    other: Assistance = helped("charity", person=PersonFactory(name="符亚福"), by=boss)
    paid(other, None, how="goods", by=boss)
    days = "area=469002&amp;from=2024-01-01&amp;to=2024-12-31"
    url = f"{reverse('reports:assistance_persons')}?{days}&amp;kind=relief"
    assert f'<a href="{url}">1</a>' in shown(boss, reverse("assistance:ledger"))
    page = shown(boss, url.replace("&amp;", "&"))
    assert "陈海生" in page
    assert "符亚福" not in page


def test_members_whom_nobody_counted_are_no_0(boss: User) -> None:
    paid(approved(by=boss), by=boss)
    page = shown(boss, reverse("assistance:ledger"))
    assert 'kind=relief">–</a> · not recorded (1)' in page
    paid(approved(by=boss), by=boss, household=0)
    page = shown(boss, reverse("assistance:ledger"))
    assert 'kind=relief">0</a> · not recorded (1)' in page


def looked_in_may(boss: User) -> Payment:
    one = approved("relief", by=boss, found_on=date(2024, 4, 1))
    row: Payment = paid(one, by=boss, paid_on=date(2024, 4, 1))
    looked(one, by=boss, looked_on=date(2024, 5, 6))
    return row


def returned_in_july(row: Payment, by: User) -> None:
    reverse_payment(payment=row, by=by, client_uuid=uuid4(), on=date(2024, 7, 3), reason="转账退回")


def better(first: date, last: date) -> tuple[int, int | None]:
    found = BETTER.measure(Period(area(QIONGHAI), first, last, last))
    return found.numerator, found.denominator


def test_a_reversal_of_july_leaves_what_was_told_of_may(boss: User) -> None:
    row = looked_in_may(boss)
    may, year = (date(2024, 5, 1), date(2024, 5, 31)), (date(2024, 1, 1), date(2024, 12, 31))
    assert better(*may) == (1, 1)
    with time_machine.travel("2024-07-03T12:00:00+08:00", tick=False):
        returned_in_july(row, boss)
        assert better(*may) == (1, 1)
        assert better(*year) == (0, 0)
        one = Assistance.objects.get()
        for step in one.steps.order_by("-pk"):
            take_back_step(step=step, by=boss, reason="记错了人")
        assert better(*may) == (0, 0)  # it was a mistake


def test_two_looks_after_30_days_say_which_one_counts(boss: User) -> None:
    with time_machine.travel("2024-09-03T12:00:00+08:00", tick=False):
        row = looked_in_may(boss)
        url = reverse("assistance:detail", args=[row.assistance.public_id])
        assert "counts no more" not in shown(boss, url)
        returned_in_july(row, boss)
        one = Assistance.objects.get()
        paid(one, by=boss, paid_on=date(2024, 7, 4))
        looked(one, by=boss, looked_on=date(2024, 8, 10), changed="same")
        page = shown(boss, url)
    assert page.count("30 days after delivery") == 2
    assert page.count("counts no more") == 1


def test_what_help_changed_stands_as_on_the_last_day_that_is_asked_for(boss: User) -> None:
    """The list and the figure of a month that is over say the same, whatever is reversed later."""
    help_ = approved(by=boss, found_on=date(2024, 4, 1))
    row = paid(help_, by=boss, paid_on=date(2024, 4, 1))
    looked(help_, by=boss, looked_on=date(2024, 5, 2), changed="better")
    reversed_now(row, boss)
    may = Period(area(QIONGHAI), date(2024, 5, 1), date(2024, 5, 31), date(2024, 5, 31))
    assert BETTER.measure(may).denominator == 1
    client = signed_in(boss)

    def shown(**query: str) -> tuple[int, str]:
        page = client.get(reverse("assistance:changes"), query, secure=True, headers=EN)
        return len(page.context["page"].rows), page.content.decode()

    rows, text = shown(looked_from="2024-05-01", looked_to="2024-05-31")
    assert rows == 1
    assert "As it stood on the evening of" in text
    for query in ({}, {"looked_from": "2024-05-01"}, {"looked_to": "2024-06-03"},
                  {"looked_to": "2024-05-01"}, {"looked_to": "kein Tag"}):  # fmt: skip
        rows, text = shown(**query)
        assert rows == 0, query
        assert ("As it stood" in text) == (query == {"looked_to": "2024-05-01"}), query
