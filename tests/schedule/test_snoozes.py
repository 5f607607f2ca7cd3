"""A line is put off for a reason: hidden until a day, no attempt, no date moved."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.cases.services import close_case
from apps.core.refusals import Refused
from apps.schedule.due_lines import lines_for_person
from apps.schedule.models import DueItem, Snooze
from apps.schedule.outcomes import differences
from apps.schedule.snoozes import end_snoozes, snooze
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.schedule import case_of, seen
from tests.factories.visits import met

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment:
        yield moment


def first(case: Any, kind: str = "visit") -> DueItem:
    return DueItem.objects.filter(case=case, kind=kind).earliest("opens_on")


def put_off(case: Any, kind: str = "visit", **facts: Any) -> Snooze:
    facts = {"client_uuid": uuid4(), "until": NOW + 5 * DAY, "reason": "收割季节，约好下周"} | facts
    return snooze(item=first(case, kind), **({"by": UserFactory()} | facts))


def states(case: Any) -> dict[str, str]:
    return {line.kind: line.state for line in lines_for_person(case.person, NOW)}


@pytest.mark.parametrize("kind", ["checkin", "talk", "visit"])
def test_it_hides_the_line_of_its_kind_alone_and_keeps_the_due_day(kind: str) -> None:
    case = CaseFactory()
    before = {line.kind: line.due_on for line in lines_for_person(case.person, NOW)}
    put_off(case, kind)
    found = lines_for_person(case.person, NOW)
    assert {line.kind for line in found if line.state == "hidden"} == {kind}
    assert {line.kind: line.due_on for line in found} == before
    assert lines_for_person(case.person, NOW + 5 * DAY)[0].state != "hidden"
    assert list(differences([case.person_id], kind=kind)) == []


def test_the_act_ends_it(clock: time_machine.Traveller) -> None:
    case = CaseFactory()
    put_off(case)
    clock.shift(timedelta(hours=1))
    met(case, NOW, clock="12:30")
    assert DueItem.objects.exclude(retry_on=None).count() == 0


def test_a_later_attempt_replaces_it_and_the_reverse(clock: time_machine.Traveller) -> None:
    case = CaseFactory()
    seen(case, NOW, outcome="not_done", reason="away", next_on=NOW + DAY)
    put_off(case, "checkin")
    item = first(case, "checkin")
    assert (item.retry_reason, item.retry_on) == ("snoozed", NOW + 5 * DAY)
    clock.shift(timedelta(hours=1))
    seen(case, NOW, "12:30", outcome="not_done", reason="away", next_on=NOW + 2 * DAY)
    assert first(case, "checkin").retry_on == NOW + 2 * DAY


def test_the_same_form_twice_is_one_and_showing_again_twice_harmless() -> None:
    case, tap = CaseFactory(), uuid4()
    by = UserFactory()
    assert put_off(case, client_uuid=tap, by=by) == put_off(case, client_uuid=tap, by=by)
    by = UserFactory()
    assert [end_snoozes(item=first(case), by=by) for _tap in range(2)] == [1, 0]
    assert "hidden" not in states(case).values()


@pytest.mark.parametrize(
    ("facts", "words"),
    [({"until": NOW}, "14 days"), ({"until": NOW + 15 * DAY}, "14 days"), ({"reason": " "}, "why")],
)
def test_at_most_fourteen_days_and_with_a_reason(facts: Any, words: str) -> None:
    with pytest.raises(Refused, match=words):
        put_off(CaseFactory(), **facts)


def test_after_the_end_nothing_is_put_off_art_23() -> None:
    case = CaseFactory()
    item = first(case)
    by = UserFactory(county_supervisor=True)
    close_case(case=case, by=by, on=NOW - DAY, reason="imprisoned", note="判字1号")
    with pytest.raises(Refused, match="nothing is put off"):
        snooze(item=item, by=by, client_uuid=uuid4(), until=NOW + DAY, reason="改天再来")


def test_the_page_puts_off_and_the_hidden_tab_shows_it_again(client: Client) -> None:
    worker = UserFactory()
    client.force_login(worker)
    case = case_of(worker)
    url, en = reverse("schedule:put-off", args=[first(case).pk]), {"Accept-Language": "en"}
    assert client.get(url, secure=True, headers=en).status_code == 200
    data = {"uuid": uuid4(), "until": "2024-06-07", "reason": "收割季节"}
    assert client.post(url, data, secure=True, headers=en).url == "/today/"
    hidden = client.get("/today/?tab=hidden", secure=True, headers=en).content.decode()
    assert "Show it again" in hidden
    client.post(reverse("schedule:show-again", args=[first(case).pk]), secure=True, headers=en)
    assert "hidden" not in states(case).values()
