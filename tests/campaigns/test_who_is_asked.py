"""A list asks who has a duty now: nobody who is held, has died, or whose order is over."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import translation

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.campaigns.day import counter_of
from apps.campaigns.models import Campaign, CampaignSlot, CampaignTarget
from apps.campaigns.papers import part_of
from apps.campaigns.services import (
    call_off_slots,
    fill_from_draw,
    fill_from_orders,
    give_slots,
    move_target,
)
from apps.cases.models import Case
from apps.cases.services import close_case, suspend_case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.persons.models import Person
from apps.workbench.today import heads_of
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import listed, opened, site_of, slots_of
from tests.factories.draws import drawn_from, excused
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
NOW, TOMORROW = date(2024, 6, 3), date(2024, 6, 4)
CONSENT = {"ground": "consent", "ground_words": "六月一日本人书面同意"}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def case() -> Case:
    made: Case = running_case(UserFactory(), person=PersonFactory(sex="1"))
    return made


@pytest.fixture
def campaign(boss: User) -> Campaign:
    return opened(by=boss)


def held(case: Case, boss: User, day: date = NOW) -> None:
    suspend_case(case=case, by=boss, starts_on=day, reason="detained")


def revoked(case: Case, boss: User) -> None:
    close_case(case=case, by=boss, reason="revoked", on=NOW)


def died(case: Case, boss: User) -> None:
    """The order was left open by whoever noted the death."""
    Person.objects.filter(pk=case.person_id).update(
        life_status="deceased", life_status_since=NOW - timedelta(days=2)
    )


ENDS: list[Callable[[Case, User], None]] = [held, revoked, died]


def counts_of(campaign: Campaign) -> dict[str, int]:
    return CampaignTarget.objects.filter(campaign=campaign).counted()[campaign.pk]


@pytest.mark.parametrize("ends", [held, died])
def test_nobody_who_is_held_or_has_died_is_put_on_a_list(
    boss: User, case: Case, campaign: Campaign, ends: Any
) -> None:
    draw = drawn_from(by=boss)
    ends(case, boss)
    assert fill_from_orders(campaign=campaign, by=boss) == 0
    assert fill_from_draw(campaign=campaign, by=boss, draw=draw) == 0
    with pytest.raises(Refused):
        listed(campaign, Person.objects.get(pk=case.person_id), by=boss)
    row = {"campaign": campaign, "recorded_by": boss, "ground": "duty", "case": case}
    with pytest.raises(IntegrityError, match="campaign_target_"), transaction.atomic():
        CampaignTarget.objects.create(
            person=case.person, number=case.person.public_id, **row, **place_ids(case.person)
        )


def test_who_is_free_again_when_a_campaign_begins_is_on_its_list(boss: User, case: Case) -> None:
    held(case, boss, NOW - timedelta(days=9))
    case.suspensions.update(ended_on=NOW)
    assert fill_from_orders(campaign=opened(by=boss), by=boss) == 0
    assert fill_from_orders(campaign=opened(by=boss, first=TOMORROW), by=boss) == 1


def test_nobody_dead_is_put_on_a_list_on_consent(boss: User, campaign: Campaign) -> None:
    free = PersonFactory(sex="1", life_status="deceased", life_status_since=NOW)
    with pytest.raises(Refused, match="has died"):
        listed(campaign, free, by=boss, **CONSENT)
    row = {"campaign": campaign, "recorded_by": boss, **CONSENT, **place_ids(free)}
    with pytest.raises(IntegrityError, match="campaign_target_lives"), transaction.atomic():
        CampaignTarget.objects.create(person=free, number=free.public_id, **row)


def test_an_order_that_is_over_is_no_ground_today(boss: User, case: Case) -> None:
    """The campaign began on 27 May, the order ended on 30 May."""
    campaign = opened(by=boss, first=NOW - timedelta(days=7))
    close_case(case=case, by=boss, reason="revoked", on=date(2024, 5, 31))
    with pytest.raises(Refused, match="No duty runs on 2024-06-03"):
        listed(campaign, case.person, by=boss)
    row = {"campaign": campaign, "recorded_by": boss, "ground": "duty", "case": case}
    with pytest.raises(IntegrityError, match="duty_runs"), transaction.atomic():
        CampaignTarget.objects.create(
            person=case.person, number=case.person.public_id, **row, **place_ids(case.person)
        )


@pytest.mark.parametrize("ends", ENDS)
def test_who_is_asked_no_more_gets_no_slot(
    boss: User, case: Case, campaign: Campaign, ends: Any
) -> None:
    row = listed(campaign, case.person, by=boss)
    slots_of(site_of(campaign, by=boss), by=boss, day=TOMORROW)
    slot = CampaignSlot.objects.order_by("begins")[0]
    ends(case, boss)
    assert give_slots(campaign=campaign, by=boss).given == 0
    with pytest.raises(Refused, match="No duty of this person"):
        move_target(target=row, by=boss, slot=slot)
    with pytest.raises(IntegrityError, match="slot_in_duty"), transaction.atomic():
        CampaignTarget.objects.filter(pk=row.pk).update(slot=slot)


def test_slots_of_days_on_which_somebody_is_held_are_not_given(
    boss: User, case: Case, campaign: Campaign
) -> None:
    row = listed(campaign, case.person, by=boss)
    site = site_of(campaign, by=boss)
    for days in (1, 3):
        slots_of(site, by=boss, day=NOW + timedelta(days=days))
    held(case, boss, NOW)
    case.suspensions.update(ended_on=NOW + timedelta(days=2), starts_on=TOMORROW)
    assert give_slots(campaign=campaign, by=boss).given == 1
    row.refresh_from_db()
    assert row.slot is not None
    assert row.slot.day == NOW + timedelta(days=3)


@pytest.mark.parametrize("ends", ENDS)
def test_who_is_asked_no_more_is_not_left_to_do(
    boss: User, case: Case, campaign: Campaign, ends: Any
) -> None:
    listed(campaign, case.person, by=boss)
    assert (counts_of(campaign)["left"], counter_of(campaign, boss, None).due) == (1, 1)
    assert len(part_of(campaign, boss, "1").targets) == 1
    ends(case, boss)
    counts = counts_of(campaign)
    assert (counts["left"], counts["no_slot"], counts["no_duty"]) == (0, 0, 1)
    assert counter_of(campaign, boss, None).due == 0
    assert part_of(campaign, boss, "1").targets == []  # no label, no custody sheet


@pytest.mark.parametrize("ends", ENDS)
def test_a_slot_of_who_is_asked_no_more_is_no_line_and_no_notice(
    boss: User, case: Case, campaign: Campaign, ends: Any
) -> None:
    listed(campaign, case.person, by=boss)
    site = site_of(campaign, by=boss)
    slots_of(site, by=boss, day=TOMORROW)
    give_slots(campaign=campaign, by=boss)
    assert "campaign-slot" in kinds_of(boss)
    assert len(part_of(campaign, boss, "1", ahead=True).targets) == 1
    ends(case, boss)
    assert "campaign-slot" not in kinds_of(boss)
    assert part_of(campaign, boss, "1", ahead=True).targets == []
    assert call_off_slots(site=site, by=boss, day=TOMORROW) == 1  # whoever held a place


def kinds_of(user: User) -> set[str]:
    return {getattr(head, "kind", "") for head in heads_of(user, today())}


def test_what_ends_after_a_campaign_changes_nothing_of_its_numbers(boss: User, case: Case) -> None:
    with time_machine.travel("2024-05-01T12:00:00+08:00", tick=False):
        campaign = opened(by=boss)
        listed(campaign, case.person, by=boss)
    revoked(case, boss)
    assert counts_of(campaign)["left"] == 1


def test_who_was_not_assessed_is_medium_in_a_filter_as_in_the_plans(
    boss: User, case: Case, campaign: Campaign
) -> None:
    assert fill_from_orders(campaign=campaign, by=boss, risk_level="low") == 0
    assert fill_from_orders(campaign=campaign, by=boss, risk_level="medium") == 1


def test_who_was_excused_from_a_draw_is_not_listed_from_it(
    boss: User, case: Case, campaign: Campaign
) -> None:
    draw = drawn_from(by=boss)
    excused(case.person, NOW + timedelta(days=1), by=boss)  # over the last day of the draw
    assert fill_from_draw(campaign=campaign, by=boss, draw=draw) == 0


def test_a_slot_after_the_term_is_tagged_in_the_stream(
    boss: User, case: Case, campaign: Campaign
) -> None:
    listed(campaign, case.person, by=boss)
    slots_of(site_of(campaign, by=boss), by=boss, day=TOMORROW)
    give_slots(campaign=campaign, by=boss)
    revoked(case, boss)
    with time_machine.travel("2024-06-05T12:00:00+08:00", tick=False):
        page = signed_in(UserFactory(county_supervisor=True), headers={"accept-language": "en"})
        body = page.get(f"/persons/{case.person.public_id}/", secure=True).content.decode()
    assert "No duty runs any more" in body[body.index("Date of a test campaign") :]
