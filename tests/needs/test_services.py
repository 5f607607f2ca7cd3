"""A need is recorded, referred, closed; each with its day."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from apps.core.differing import Differs
from apps.core.refusals import Refused
from apps.needs.models import Need
from apps.needs.services import close_need, record_need, refer_need, take_back_needs
from tests.factories.accounts import UserFactory
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment:
        yield moment


def need(**facts: Any) -> Need:
    said = {"kind": "work", "said_on": NOW - DAY, "words": " 想找工作 "}
    facts = {"urgency": "normal", "said_by": "person"} | said | facts
    return record_need(**({"person": PersonFactory(), "by": UserFactory()} | facts))


def test_a_need_has_words_who_says_so_and_the_place_of_the_person() -> None:
    one = need(urgency="soon", said_by="family")
    one.refresh_from_db()
    assert (one.words, one.urgency, one.said_by, one.source) == (
        "想找工作",
        "soon",
        "family",
        "page",
    )
    assert one.village_id == one.person.village_id


def test_the_same_act_twice_is_one_need() -> None:
    act = uuid4()
    facts = {"person": PersonFactory(), "source_id": act, "source": "checkin", "kind": "work"}
    assert need(**facts) == need(**facts)
    with pytest.raises(Differs, match="recorded with the act already"):
        need(**facts | {"words": "想学电工"})


def test_it_is_open_from_the_day_it_was_said_until_the_day_it_is_closed() -> None:
    one = need()
    close_need(need=one, by=UserFactory(), outcome="met", on=NOW, note="已上岗")
    assert not Need.objects.open_on(NOW - 2 * DAY).exists()
    assert Need.objects.open_on(NOW - DAY).exists()
    assert not Need.objects.open_on(NOW).exists()
    one.refresh_from_db()
    assert one.closing_note == "已上岗"


def test_referring_says_to_whom_and_when() -> None:
    one = refer_need(need=need(), by=UserFactory(), to=" 镇社会事务办 ", on=NOW)
    assert (one.referred_to, one.referred_on) == ("镇社会事务办", NOW)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"said_on": NOW + DAY}, "future"),
        ({"kind": "nothing"}, "Kind"),
        ({"urgency": "never"}, "Urgency"),
    ],
)
def test_what_makes_no_sense_is_refused(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        need(**facts)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"to": " ", "on": NOW}, "to whom"),
        ({"to": "民政", "on": NOW + DAY}, "future"),
        ({"to": "民政", "on": NOW - 2 * DAY}, "before the need"),
    ],
)
def test_a_referral_makes_sense(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        refer_need(need=need(), by=UserFactory(), **facts)
    assert refused.value.field == ("to" if facts["to"] == " " else "on"), "said at its field"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"outcome": "", "on": NOW}, "how the need ended"),
        ({"outcome": "met", "on": NOW + DAY}, "future"),
        ({"outcome": "met", "on": NOW - 2 * DAY}, "end lies before"),
    ],
)
def test_an_end_makes_sense(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        close_need(need=need(), by=UserFactory(), **facts)
    assert refused.value.field == ("on" if facts["outcome"] else "outcome"), "said at its field"


def test_a_closed_need_says_how_it_ended() -> None:
    one = need()
    close_need(need=one, by=UserFactory(), outcome="met", on=NOW)
    with pytest.raises(Refused, match="3 Jun: Met"):
        refer_need(need=one, by=UserFactory(), to="民政", on=NOW)


def test_needs_of_an_act_that_is_undone_go_with_it() -> None:
    act = uuid4()
    one = need(source_id=act, source="checkin")
    assert take_back_needs(source_id=act, by=UserFactory()) == 1
    one.refresh_from_db()
    assert (one.outcome, one.closed_on) == ("mistake", NOW)
    assert take_back_needs(source_id=act, by=UserFactory()) == 0
