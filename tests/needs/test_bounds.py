"""Needs at their bounds: which form made which, which days they are open on, who is asked again."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from apps.core.differing import Differs
from apps.needs.models import Need
from apps.needs.services import (
    close_need,
    record_need,
    refer_need,
    reopen_need,
    take_back_needs,
)
from apps.needs.today import need_heads, open_needs
from apps.persons.services import mark_life_status
from tests.factories.accounts import UserFactory
from tests.factories.persons import PersonFactory
from tests.refusing import answered, refused

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment:
        yield moment


def need(**facts: Any) -> Need:
    facts = {
        "kind": "work", "said_on": NOW - DAY, "urgency": "normal", "said_by": "person",
    } | facts  # fmt: skip
    return record_need(**({"person": PersonFactory(), "by": UserFactory()} | facts))


def test_each_form_and_each_act_makes_its_own_need() -> None:
    """Those of others stand beside it, and none of them is taken for the same tap."""
    person, by, act = PersonFactory(), UserFactory(), uuid4()
    said = {"person": person, "by": by}
    need(**said, source_id=act, source="checkin")
    need(**said)
    first, second = (need(**said, client_uuid=uuid4()) for _form in range(2))
    of_act = need(**said, source_id=act, source="checkin", kind="housing")
    assert len({first.pk, second.pk, of_act.pk}) == 3
    assert Need.objects.filter(person=person).count() == 5


@pytest.mark.parametrize(("days", "words"), [(0, None), (1, "The day lies in the future.")])
def test_today_is_the_last_day_of_every_step(days: int, words: str | None) -> None:
    by, day = UserFactory(), NOW + days * DAY
    one, other = need(), need()
    with answered(words):
        assert need(said_on=day).said_on == day
    with answered(words, "on" if words else None):
        assert refer_need(need=one, by=by, to="民政办", on=day).referred_on == day
    with answered(words, "on" if words else None):
        assert close_need(need=other, by=by, outcome="met", on=day).closed_on == day


@pytest.mark.parametrize("days", [0, 1])
def test_no_step_lies_before_the_day_it_was_said(days: int) -> None:
    by, day = UserFactory(), NOW - DAY - days * DAY
    one, other = need(), need()
    with answered("The referral lies before the need." if days else None, "on" if days else None):
        assert refer_need(need=one, by=by, to="民政办", on=day).referred_on == day
    with answered("The end lies before the beginning." if days else None, "on" if days else None):
        assert close_need(need=other, by=by, outcome="met", on=day).closed_on == day


def test_what_another_hand_has_passed_on_is_no_entry_of_its_own() -> None:
    one, by = need(), UserFactory()
    refer_need(need=one, by=by, to="市人社局", on=NOW)
    with pytest.raises(Differs) as differs:
        refer_need(need=one, by=by, to="市总工会", on=NOW)
    assert not differs.value.again
    assert refer_need(need=one, by=by, to="市人社局", on=NOW).referred_to == "市人社局"


def test_a_need_is_closed_once_and_opened_again_with_words() -> None:
    one, by = need(), UserFactory()
    with refused("Say why the need is opened again."):
        reopen_need(need=one, by=by, reason=" ")
    changes = one.events.count()
    assert reopen_need(need=one, by=by, reason="没有关闭过").outcome == ""
    assert one.events.count() == changes
    ended = {"need": one, "by": by, "outcome": "met", "on": NOW}
    for note in ("已上岗", " 已上岗 "):
        close_need(**ended, note=note)
    assert one.events.count() == changes + 1, "the same tap twice is one"
    with refused("This need was closed on 3 Jun: Met."):
        close_need(**ended, note="去了海口")
    opened = reopen_need(need=one, by=by, reason="三天后被辞退")
    assert (opened.outcome, opened.closed_on, opened.closed_by, opened.closing_note) == (
        "", None, None, "",
    )  # fmt: skip


def test_an_act_that_is_undone_takes_its_own_open_needs_alone() -> None:
    act, by = uuid4(), UserFactory()
    mine, ended = (need(source_id=act, source="checkin", kind=kind) for kind in ("work", "legal"))
    others = need(source_id=uuid4(), source="checkin"), need()
    close_need(need=ended, by=by, outcome="met", on=NOW)
    assert take_back_needs(source_id=act, by=by) == 1
    found = dict(Need.objects.values_list("pk", "outcome"))
    assert (found.pop(mine.pk), found.pop(ended.pk)) == ("mistake", "met")
    assert found == {other.pk: "" for other in others}


@pytest.mark.parametrize(
    ("status", "since", "counts"),
    [
        ("deceased", None, False),
        ("deceased", NOW - DAY, False),
        ("deceased", NOW, True),
        ("abroad", None, True),
        ("abroad", NOW - DAY, True),
    ],
)
def test_a_need_waits_until_the_person_dies(
    status: str, since: date | None, *, counts: bool
) -> None:
    one = need()
    mark_life_status(person=one.person, by=UserFactory(), status=status, since=since)
    assert Need.objects.open_on(NOW - DAY).exists() == counts


@pytest.mark.parametrize(
    ("outcome", "open_on"), [("met", [True, False]), ("mistake", [False, False])]
)
def test_what_was_recorded_by_mistake_never_was_open(outcome: str, open_on: list[bool]) -> None:
    close_need(need=need(), by=UserFactory(), outcome=outcome, on=NOW)
    assert [Need.objects.open_on(day).exists() for day in (NOW - DAY, NOW)] == open_on


@pytest.mark.parametrize(("urgency", "days"), [("normal", 7), ("soon", 3), ("urgent", 0)])
def test_a_need_is_passed_on_within_its_days_and_waits_from_then(urgency: str, days: int) -> None:
    first = need(urgency=urgency, said_on=NOW - 2 * DAY)
    second = need(urgency=urgency)
    refer_need(need=second, by=UserFactory(), to="民政办", on=NOW)

    def states(day: date) -> list[str]:
        return [head.state for head in need_heads(open_needs(Need.objects.all(), day), day)]

    last = first.said_on + days * DAY
    assert [head.need_id for head in need_heads(open_needs(Need.objects.all(), NOW), NOW)] == [
        first.pk, second.pk,
    ]  # fmt: skip
    assert states(last)[0] != "late"
    assert states(last + DAY) == ["late", "waiting"]


def test_a_need_that_ends_before_it_was_passed_on_is_refused_by_the_database_too() -> None:
    row, by = need(), UserFactory()
    refer_need(need=row, by=by, to="民政局", on=NOW)
    facts = {"closed_on": NOW - DAY, "outcome": "met", "closed_by": by}
    with pytest.raises(IntegrityError, match="need_closed_after_referred"), transaction.atomic():
        Need.objects.filter(pk=row.pk).update(**facts)
    Need.objects.filter(pk=row.pk).update(**facts | {"closed_on": NOW})
