"""Two clerks and one row, at the same moment: one test, and nobody's words are lost unsaid."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.campaigns.models import CampaignSlot, CampaignTarget
from apps.campaigns.services import fill_from_orders, move_target
from apps.campaigns.services.results import tell_results
from apps.campaigns.services.steps import advance_samples
from apps.core.days import today
from apps.core.differing import Differs
from apps.core.refusals import Refused
from apps.drugtests.models import Dossier, DrugTest, Step
from tests.checkins.test_at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import entered, listed, opened, site_of, slots_of
from tests.factories.pages import running_case
from tests.factories.persons import PersonFactory
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_different_entries_one_is_stored_and_one_is_told() -> None:
    row = listed(opened(), running_case(person=PersonFactory(sex="1")).person)
    clerks = [UserFactory(), UserFactory()]

    def entry(outcome: str, by: Any) -> Any:
        try:
            return entered(row, outcome=outcome, by=by, occurred_at=at(today(), "00:00"))
        except Differs as refusal:
            return refusal

    answers = at_once(lambda: entry("negative", clerks[0]), lambda: entry("positive", clerks[1]))
    assert sum(isinstance(one, Differs) for one in answers) == 1
    assert DrugTest.objects.count() == 1
    assert CampaignTarget.objects.get().test == DrugTest.objects.get()


def test_a_list_that_is_filled_twice_at_once_names_everybody_once() -> None:
    boss = UserFactory(town_supervisor=True)
    campaign = opened(by=boss)
    for _n in range(3):
        running_case()
    added = at_once(*[lambda: fill_from_orders(campaign=campaign, by=boss)] * 3)
    assert sorted(added) == [0, 0, 3]
    assert CampaignTarget.objects.count() == 3


def test_of_two_who_want_the_last_place_one_gets_it() -> None:
    boss = UserFactory(town_supervisor=True)
    campaign = opened(by=boss)
    rows = [listed(campaign, running_case(person=PersonFactory(sex="1")).person) for _n in "ab"]
    day = today() + timedelta(days=1)
    slots_of(site_of(campaign, by=boss), by=boss, day=day, until=time(8, 15), places=1)
    slot = CampaignSlot.objects.get()

    def place(row: CampaignTarget) -> Any:
        try:
            return move_target(target=row, by=boss, slot=slot)
        except Refused as refusal:
            return refusal

    answers = at_once(lambda: place(rows[0]), lambda: place(rows[1]))
    assert sum(isinstance(one, Refused) for one in answers) == 1
    assert CampaignTarget.objects.filter(slot=slot).count() == 1


def test_two_who_tell_the_same_results_record_each_once() -> None:
    boss = UserFactory(town_supervisor=True)
    campaign = opened(by=boss, kind="screening")
    rows = [listed(campaign, running_case(person=PersonFactory(sex="1")).person) for _n in "abc"]
    ids = [entered(row, occurred_at=at(today(), "00:00")).test.public_id for row in rows]

    def tell(who: str, order: list[Any]) -> Any:
        return tell_results(
            campaign=campaign, by=boss, tests=order, at=timezone.now(), how="in_person", by_name=who
        )

    made = at_once(lambda: tell("周晓岚", ids), lambda: tell("符丽", ids[::-1]))
    assert sum(one.told for one in made) == 3
    assert sum(one.known for one in made) == 3
    assert not [left for one in made for left in one.left]
    assert Step.objects.filter(kind="told").count() == 3
    assert Step.objects.filter(kind="screened").count() == 3


def test_two_who_seal_samples_of_one_list_seal_each_once() -> None:
    """Overlapping lists, and the same seals the other way round: nobody waits for ever."""
    boss = UserFactory(town_supervisor=True)
    campaign = opened(by=boss, kind="laboratory", sample="hair")
    rows = [listed(campaign, running_case(person=PersonFactory(sex="1")).person) for _n in "abcd"]
    ids = [
        entered(row, outcome="pending", occurred_at=at(today(), "00:00")).test.public_id
        for row in rows
    ]

    def seal(seals: list[tuple[Any, str]]) -> Any:
        return advance_samples(
            campaign=campaign, by=boss, kind="sealed", at=timezone.now(), by_name="周晓岚",
            second_name="符丽", place_words="采样室",
            samples={key: {"a_seal": f"A{n}", "b_seal": f"B{n}"} for key, n in seals},
        )  # fmt: skip

    first = list(zip(ids, "1234", strict=True))
    other = [(ids[0], "1"), (ids[1], "3"), (ids[2], "2"), (ids[3], "4")]
    made = at_once(lambda: seal(first), lambda: seal(other))
    assert sum(one.done for one in made) >= 3
    assert Step.objects.filter(kind="sealed").count() == sum(one.done for one in made)
    seals = [seal for pair in Dossier.objects.values_list("a_seal", "b_seal") for seal in pair]
    used = [one for one in seals if one]
    assert len(used) == len(set(used))
