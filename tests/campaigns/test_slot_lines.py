"""A slot stands in Today of whoever knows the person, and in the stream of the file."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.campaigns.models import Campaign, CampaignSlot, CampaignTarget
from apps.campaigns.services import (
    close_campaign,
    excuse_target,
    give_slots,
    move_target,
    note_second_call,
    tell_target,
)
from apps.cases.models import Case
from apps.core.days import today
from apps.persons.models import Person
from apps.persons.services import undo_merge
from apps.schedule.models import DueItem
from apps.schedule.waiting_lines import OtherHead
from apps.workbench.today import heads_of
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.campaigns import entered, listed, opened, site_of, slots_of
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory, merged_into

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 4)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with (
        time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment,
        translation.override("en"),
    ):
        yield moment


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def worker() -> User:
    """Responsible for the person."""
    made: User = UserFactory()
    return made


@pytest.fixture
def campaign(boss: User) -> Campaign:
    made = opened(by=boss)
    slots_of(site_of(made, by=boss), by=boss, day=DAY)
    return made


@pytest.fixture
def row(campaign: Campaign, boss: User, worker: User) -> CampaignTarget:
    """Somebody with a slot at eight tomorrow."""
    made = listed(campaign, man(worker))
    give_slots(campaign=campaign, by=boss)
    made.refresh_from_db()
    return made


def man(worker: User) -> Person:
    case = running_case(worker, person=PersonFactory(sex="1"))
    return case.person


def lines(user: User) -> list[OtherHead]:
    fresh = User.objects.get(pk=user.pk)  # what it sees is asked once a request
    found = (one for one in heads_of(fresh, today()) if isinstance(one, OtherHead))
    return [head for head in found if head.kind == "campaign-slot"]


def test_a_slot_stands_in_today_of_the_persons_workers(
    row: CampaignTarget, worker: User, boss: User
) -> None:
    [line] = lines(worker)
    assert (line.row_id, line.due_on, line.state) == (row.public_id, DAY, "week")
    assert lines(UserFactory(area=area(WANQUAN))) == []
    client = signed_in(User.objects.get(pk=worker.pk), headers={"accept-language": "en"})
    page = client.get(reverse("workbench:today"), {"tab": "week"}, secure=True).content.decode()
    assert "08:00 · 嘉积镇综治中心 · not told yet" in page
    assert reverse("campaigns:target", args=[row.public_id]) in page
    tell_target(target=row, by=boss, how="in_person")
    page = client.get(reverse("workbench:today"), {"tab": "week"}, secure=True).content.decode()
    assert "08:00 · 嘉积镇综治中心 · told" in page
    why = client.get(
        reverse("workbench:line-why", args=["campaign-slot", row.public_id]), secure=True
    ).content.decode()
    assert "no duty of the person" in why


def test_a_slot_is_no_duty_and_late_for_nobody(
    campaign: Campaign, worker: User, boss: User, clock: time_machine.Traveller
) -> None:
    listed(campaign, man(worker))
    before = list(DueItem.objects.order_by("pk").values())
    give_slots(campaign=campaign, by=boss)
    assert list(DueItem.objects.order_by("pk").values()) == before
    clock.move_to("2024-06-04T16:00:00+08:00")
    assert [line.state for line in lines(worker)] == ["today"]
    clock.move_to("2024-06-05T08:00:00+08:00")
    assert lines(worker) == []


def test_only_a_slot_that_is_still_asked_for_stands_there(
    row: CampaignTarget, worker: User, boss: User, clock: time_machine.Traveller
) -> None:
    late = CampaignSlot.objects.last()
    assert late is not None
    move_target(target=row, by=boss, slot=late)
    assert len(lines(worker)) == 1
    excuse_target(target=row, by=boss, reason="住院治疗中")
    assert lines(worker) == []
    other = listed(row.campaign, man(worker))
    give_slots(campaign=row.campaign, by=boss)
    assert [line.row_id for line in lines(worker)] == [other.public_id]
    clock.move_to("2024-06-04T12:00:00+08:00")
    entered(other, DAY)
    assert lines(worker) == []


def test_a_second_call_for_a_day_without_slots_stands_there_until_the_day_is_over(
    campaign: Campaign, worker: User, boss: User, clock: time_machine.Traveller
) -> None:
    called = listed(campaign, man(worker))
    assert lines(worker) == []
    note_second_call(target=called, by=boss, on=date(2024, 6, 6))
    [line] = lines(worker)
    assert (line.row_id, line.due_on, line.state) == (called.public_id, date(2024, 6, 6), "week")
    client = signed_in(User.objects.get(pk=worker.pk), headers={"accept-language": "en"})
    page = client.get(reverse("workbench:today"), {"tab": "week"}, secure=True).content.decode()
    assert "To be asked once more on 6 Jun" in page
    Case.objects.filter(pk=called.case_id).update(paper_end_on=date(2024, 6, 5))
    assert lines(worker) == []
    Case.objects.filter(pk=called.case_id).update(paper_end_on=None)
    clock.move_to("2024-06-06T22:00:00+08:00")
    assert [line.state for line in lines(worker)] == ["today"]
    clock.move_to("2024-06-07T00:10:00+08:00")
    assert lines(worker) == []


def test_nothing_stands_there_after_the_term_or_the_campaign(
    row: CampaignTarget, campaign: Campaign, worker: User, boss: User
) -> None:
    case = row.case
    assert isinstance(case, Case)
    Case.objects.filter(pk=case.pk).update(paper_end_on=today())
    assert lines(worker) == []
    Case.objects.filter(pk=case.pk).update(paper_end_on=case.paper_end_on)
    assert len(lines(worker)) == 1
    close_campaign(campaign=campaign, by=boss)
    assert lines(worker) == []


def test_the_stream_of_the_person_tells_of_the_slot(
    row: CampaignTarget, worker: User, boss: User, clock: time_machine.Traveller
) -> None:
    """Also when the day is over."""
    tell_target(target=row, by=boss, how="in_person")
    client = signed_in(User.objects.get(pk=worker.pk), headers={"accept-language": "en"})
    address = reverse("workbench:person", args=[row.person.public_id])
    page = client.get(address, secure=True).content.decode()
    assert "Told of the date: 4 Jun 08:00" in page
    assert "Date of a test campaign" in page
    clock.move_to("2024-06-05T12:00:00+08:00")
    client = signed_in(User.objects.get(pk=worker.pk), headers={"accept-language": "en"})
    page = client.get(address, secure=True).content.decode()
    assert "Date of a test campaign" in page
    assert "08:00 · 嘉积镇综治中心" in page


def two_slots(
    campaign: Campaign, boss: User, worker: User
) -> tuple[CampaignTarget, CampaignTarget]:
    """Of two files that are one, a slot each."""
    first = listed(campaign, man(worker))
    other = PersonFactory(sex="1")
    second = listed(campaign, other, ground="law", ground_words="公安机关书面决定")
    for row, slot in zip((second, first), CampaignSlot.objects.order_by("begins"), strict=False):
        move_target(target=row, by=boss, slot=slot)
    return first, second


def test_of_two_files_that_became_one_one_slot_is_expected(
    campaign: Campaign, boss: User, worker: User
) -> None:
    first, second = two_slots(campaign, boss, worker)
    rows = CampaignTarget.objects.filter(campaign=campaign)
    assert rows.to_come().count() == rows.awaited_from(today()).count() == 2
    merge = merged_into(first.person, second.person, UserFactory(records_admin=True))
    assert list(rows.to_come()) == list(rows.awaited_from(today())) == [second]
    assert rows.asked().count() == 1
    assert [line.row_id for line in lines(worker)] == [second.public_id]
    undo_merge(merge=merge, by=UserFactory(records_admin=True), reason="不是同一个人")
    assert set(rows.to_come()) == set(rows.awaited_from(today())) == {first, second}
    assert rows.asked().count() == 2


def test_who_was_excused_under_one_row_is_expected_under_none(
    campaign: Campaign, boss: User, worker: User
) -> None:
    first, second = two_slots(campaign, boss, worker)
    excuse_target(target=second, by=boss, reason="住院")
    merged_into(first.person, second.person, UserFactory(records_admin=True))
    rows = CampaignTarget.objects.filter(campaign=campaign)
    assert not rows.to_come().exists()
    assert lines(worker) == []
