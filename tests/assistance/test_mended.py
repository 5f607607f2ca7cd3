"""Who may learn of restricted help, what leaves, and what is asked for no longer."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.assistance.models import Assistance, Programme
from apps.assistance.services import ask_for_same_help
from apps.assistance.year import lines_of
from apps.audit.models import AccessLog
from apps.core.days import today
from apps.core.money import fen_of
from apps.persons.codes import LifeStatus
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.assistance import approved, gone, helped, looked, paid, taken
from tests.factories.cases import CaseFactory
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with (
        time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment,
        translation.override("en"),
    ):
        yield moment


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


def another(code: str, kind: str, **facts: Any) -> None:
    given = {"rhythm": "once", "recipient": "person", "needs_decision": False} | facts
    Programme.objects.create(code=code, kind=kind, name_zh=code, name_en=code, **given)


def test_an_allowance_that_runs_is_given_before_the_month_is_paid(boss: User, clock: Any) -> None:
    person = PersonFactory()
    running = approved("living", person=person, by=boss)
    paid(running, by=boss)
    clock.shift(45 * DAY)
    another("living2", "living")
    asked = helped("living2", person=person, by=boss)
    ask = {"assistance": asked, "by": boss, "first": today(), "last": today()}
    assert ask_for_same_help(**ask).is_given is True
    gone(running, "ended", by=boss)
    assert ask_for_same_help(**ask).is_given is False


def test_restricted_help_answers_only_who_may_know_of_it(boss: User) -> None:
    person = PersonFactory()
    another("ward", "medical", restricted=True)
    paid(helped("ward", person=person, by=boss), None, how="service", by=boss)
    asked = helped("medical", person=person, by=boss)
    ask = {"assistance": asked, "first": today(), "last": today()}
    assert ask_for_same_help(**ask, by=UserFactory()).is_given is False
    assert ask_for_same_help(**ask, by=boss).is_given is True


def test_a_question_for_restricted_help_stands_in_the_log_as_reading(boss: User) -> None:
    person, client = PersonFactory(), signed_in(boss)
    one, days = helped("hiv", person=person, by=boss), {"first": NOW, "last": NOW}
    client.get(reverse("assistance:person", args=[person.public_id]), secure=True)
    before = set(AccessLog.objects.values_list("action", "fields_seen"))
    client.post(reverse("assistance:ask", args=[one.public_id]), days, secure=True)
    assert one.questions.count() == 1
    assert set(AccessLog.objects.values_list("action", "fields_seen")) == before
    reader = signed_in(UserFactory(records_admin=True))
    page = reader.get(
        reverse("persons:access", args=[person.public_id]), secure=True,
        HTTP_ACCEPT_LANGUAGE="en",
    )  # fmt: skip
    assert "utside" not in page.content.decode()


def test_sorted_by_kind_restricted_help_stands_among_medical_aid(boss: User) -> None:
    for kind in ("medical", "hiv", "papers", "psychiatric", "relief"):
        helped(kind, by=boss)
    answer = signed_in(boss).post(
        reverse("assistance:list") + "?sort=programme",
        {"purpose": "季度汇总", "format": "csv", "whole": "1"},
        secure=True, HTTP_ACCEPT_LANGUAGE="en",
    )  # fmt: skip
    lines = b"".join(answer.streaming_content).decode().splitlines()[1:6]
    kinds = [line.split(",")[2] for line in lines]
    assert kinds[:3] == ["Medical aid"] * 3


@pytest.mark.parametrize("name", ["yuan", "persons", "person_times", "household"])
def test_the_purpose_on_a_list_of_figures_does_not_say_why(name: str, boss: User) -> None:
    paid(approved(by=boss), by=boss, household=2)
    url, client = reverse(f"reports:assistance_{name}"), signed_in(boss)
    said = client.post(
        url, {"purpose": "社区戒毒人员帮扶汇总", "format": "csv", "whole": "1"}, secure=True
    )
    assert not said.streaming
    assert client.post(
        url, {"purpose": "季度汇总", "format": "csv", "whole": "1"}, secure=True
    ).streaming


@pytest.mark.parametrize("text", ["12,50", "1,5", "1，2", "1234,567", ",100", "1,,000"])
def test_a_comma_stands_between_thousands_alone(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        fen_of(text)
    assert fen_of("1，234,567.5元") == 123_456_750


@pytest.mark.parametrize("status", [LifeStatus.DECEASED, LifeStatus.ABSTINENT])
def test_nobody_asks_who_has_died_or_is_abstinent_what_help_changed(
    status: LifeStatus, boss: User
) -> None:
    one = approved(by=boss, person=CaseFactory().person)
    paid(one, by=boss)
    assert Assistance.objects.to_be_looked_at(NOW + 31 * DAY).exists()
    Person.objects.filter(pk=one.person_id).update(life_status=status)
    assert not Assistance.objects.to_be_looked_at(NOW + 31 * DAY).exists()


def test_help_is_looked_at_while_an_order_is_in_force_and_by_who_wants_after_it(boss: User) -> None:
    """Silence when the term ends, as of work and of plans; what is said all the same stands."""
    never, running = PersonFactory(), CaseFactory()
    over = CaseFactory(decided_on=date(2021, 5, 20), received_on=date(2021, 5, 22),
                       reported_on=date(2021, 6, 10), agreement_on=date(2021, 6, 10))  # fmt: skip
    rows = [approved(by=boss, person=one) for one in (never, running.person, over.person)]
    for row in rows:
        paid(row, by=boss)
    assert Assistance.objects.to_be_looked_at(NOW + 30 * DAY).get() == rows[1]
    with time_machine.travel("2024-07-10T12:00:00+08:00", tick=False):
        assert looked(rows[2], by=boss).is_valid


def test_a_look_is_not_asked_for_after_help_that_was_left_or_long_ago(boss: User) -> None:
    whys = ("done", "declined", "moved", "died")
    rows = [approved(by=boss, person=CaseFactory().person) for _why in whys]
    for row, why in zip(rows, whys, strict=True):
        paid(row, by=boss)
        taken(row, "ended", end_why=why, by=boss)
    assert Assistance.objects.to_be_looked_at(NOW + 30 * DAY).get() == rows[0]
    assert Assistance.objects.to_be_looked_at(NOW + 90 * DAY).exists()
    # The look of 30 days was missed; that of 90 days is asked for all the same.
    assert Assistance.objects.to_be_looked_at(NOW + 150 * DAY).exists()
    assert not Assistance.objects.to_be_looked_at(NOW + 151 * DAY).exists()


def test_a_programme_that_gave_goods_alone_stands_in_the_year(boss: User) -> None:
    one = helped("charity", by=boss, beneficiary="member", member_words="女儿")
    paid(one, None, how="goods", by=boss, household=3, client_uuid=uuid4())
    [line] = lines_of(area(QIONGHAI), 2024, boss)
    assert (line.times, line.total) == (0, "")
