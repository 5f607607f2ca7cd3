"""Help by kind, and what helped whom: exact to the office, masked to who sees figures alone."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, quote
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.assistance.services import reverse_payment
from apps.persons.models import Person
from apps.persons.services.moving import move_person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WANQUAN, area
from tests.factories.assistance import approved, helped, looked, paid
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
GIVEN, SEEN = date(2024, 4, 1), date(2024, 5, 6)
DAYS = {"from": "2024-05-01", "to": "2024-05-31"}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


@pytest.fixture
def province() -> User:
    made: User = UserFactory(province_viewer=True, area=area("46"))
    return made


def given(boss: User, number: int, code: str = "relief", *, sex: str = "1", changed: str = "better",
          **facts: Any) -> None:  # fmt: skip
    """So many persons were helped in May, with what was given in April looked at."""
    for _number in range(number):
        person = PersonFactory()
        Person.every.filter(pk=person.pk).update(sex=sex, born_on=date(1990, 1, 1))
        one = helped(code, person=person, by=boss, found_on=GIVEN) if facts else approved(
            code, person=person, by=boss, found_on=GIVEN
        )  # fmt: skip
        given_ = facts or {"household": 2}
        paid(one, None if facts else 10_000, by=boss, paid_on=GIVEN, **given_)
        paid(one, None if facts else 10_000, by=boss, paid_on=SEEN, **given_)
        looked(one, by=boss, looked_on=SEEN, changed=changed)


def page(user: User, **query: str) -> Any:
    answer = signed_in(user).get(
        reverse("reports:help"), DAYS | query, secure=True, HTTP_ACCEPT_LANGUAGE="en"
    )
    assert answer.status_code == 200
    return answer


def kinds(answer: Any) -> dict[str, list[str]]:
    return {str(label): [cell.text for cell in cells] for label, cells in answer.context["kinds"]}


def answers(answer: Any) -> dict[str, list[str]]:
    """All, men, women, five ages, two kinds of order."""
    found = answer.context["answers"]
    return {str(label): [cell.text + cell.more for cell in cells] for label, cells in found}


def test_the_office_reads_all_of_it_and_every_number_opens_its_list(boss: User) -> None:
    given(boss, 2)
    given(boss, 1, sex="2", changed="same")
    given(boss, 1, "hiv", how="service")
    answer = page(boss)
    assert kinds(answer) == {
        "Temporary relief": ["3", "3", "6", "300.00"], "Medical aid": ["1", "1", "–", "–"],
    }  # fmt: skip
    told = answers(answer)
    assert told["Temporary relief"][:5] == ["2/3", "2/2", "0/1", "–", "2/3"]
    assert told["Medical aid"][:3] == ["1/1", "1/1", "–"]
    client = signed_in(boss)
    for _label, cells in [*answer.context["kinds"], *answer.context["answers"]]:
        for cell in cells:
            if cell.url and cell.text.isdecimal() and "household" not in cell.url:
                shown = client.get(cell.url, secure=True).context["page"]
                assert len(shown.rows) == int(cell.text), cell.url


def test_a_cell_opens_the_looks_that_were_counted_of_then(boss: User) -> None:
    """Somebody has had a birthday since, and somebody has moved to another town."""
    given(boss, 2)
    older, moved = Person.every.order_by("pk")
    Person.every.filter(pk=older.pk).update(born_on=date(1989, 6, 1))
    move_person(person=moved, area=area(WANQUAN), by=User.objects.system())
    answer = page(boss, area=JIAJI)
    told = answers(answer)["Temporary relief"]
    assert (told[0], told[4], told[5]) == ("2/2", "2/2", "–")
    client = signed_in(boss)
    [(_label, cells)] = answer.context["answers"]
    for cell in cells:
        if cell.url:
            shown = client.get(cell.url, secure=True).context
            assert len(shown["page"].rows) == int(cell.text), cell.url
            assert all(f"kind={quote(kind)}" in tab["url"] for tab in shown["tabs"] for kind in
                       parse_qs(cell.url)["kind"])  # fmt: skip


def test_who_sees_figures_alone_reads_nothing_of_small_groups(boss: User, province: User) -> None:
    """Ten were helped with relief, of whom three are women, and two with medical aid."""
    given(boss, 7)
    given(boss, 3, sex="2", changed="same")
    given(boss, 2, "medical")
    answer = page(province, month="2024-05")
    hidden = ["not shown"] * 4
    # A single one would follow from the sum of all kinds: the other one goes along.
    assert kinds(answer) == {"Temporary relief": hidden, "Medical aid": hidden}
    told = answers(answer)
    assert set(told["Medical aid"]) - {"–"} == {"not shown"}
    assert told["Temporary relief"][1:3] == ["not shown"] * 2
    text = answer.content.decode()
    assert '<td class="num"><a' not in text
    assert "not recorded" not in text


def test_groups_of_five_are_told(boss: User, province: User) -> None:
    given(boss, 5)
    given(boss, 6, sex="2")
    answer = page(province, month="2024-05")
    assert kinds(answer) == {"Temporary relief": ["11", "11", "22", "1,100.00"]}
    assert answers(answer)["Temporary relief"][:3] == ["11/11", "5/5", "6/6"]


def test_of_whom_few_say_otherwise_nothing_is_told(boss: User, province: User) -> None:
    """Of six women one says that nothing is better: the sum of all goes along."""
    given(boss, 7)
    given(boss, 5, sex="2")
    given(boss, 1, sex="2", changed="same")
    answer = page(province, month="2024-05")
    assert kinds(answer) == {"Temporary relief": ["13", "13", "26", "1,300.00"]}
    told = answers(answer)["Temporary relief"]
    assert told[:3] == ["not shown", "7/7", "not shown"]
    assert set(told[3:]) == {"–", "not shown"}


def test_what_was_reversed_stands_for_nobody(boss: User, province: User) -> None:
    given(boss, 5)
    rows = Person.every.get(pk=Person.every.order_by("pk").last().pk).assistance.get().payments
    reverse_payment(
        payment=rows.get(paid_on=SEEN), by=boss, client_uuid=uuid4(), on=SEEN, reason="转账退回"
    )
    assert kinds(page(province, month="2024-05")) == {"Temporary relief": ["not shown"] * 4}
    assert kinds(page(boss)) == {"Temporary relief": ["4", "4", "8", "400.00"]}


def test_the_dashboard_shows_yuan_and_leads_there(boss: User, province: User) -> None:
    given(boss, 5)
    for user, asked in ((boss, DAYS), (province, {"month": "2024-05"})):
        answer = signed_in(user).get(
            reverse("reports:dashboard"), asked, secure=True, HTTP_ACCEPT_LANGUAGE="en"
        )
        cells = {cell.code: cell for cell in answer.context["cards"]}
        assert cells["assistance_yuan"].text == "500.00"
        there = signed_in(user).get(answer.context["help_url"], secure=True)
        assert there.context["period"].first == date(2024, 5, 1)
