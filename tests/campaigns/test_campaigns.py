"""Who stands on the list of a campaign, what is entered, and who comes second."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import translation

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.campaigns.models import CampaignTarget
from apps.campaigns.querysets import PARTS
from apps.campaigns.services import (
    close_campaign,
    excuse_target,
    fill_from_draw,
    fill_from_orders,
    note_second_call,
)
from apps.cases.models import Case, RiskLevelRecord
from apps.cases.services import close_case
from apps.core.differing import Differs
from apps.core.refusals import Refused
from apps.drugtests.models import DrugTest, Step
from apps.drugtests.services import correct_test, withdraw_test
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, WENCHENG, area
from tests.factories.campaigns import entered, listed, opened
from tests.factories.cases import CaseFactory
from tests.factories.draws import drawn_from
from tests.factories.persons import PersonFactory, merged_into
from tests.factories.schedule import looked_at

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)


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
    made: Case = CaseFactory(person=PersonFactory(sex="1"))
    return made


def names(campaign: Any) -> set[int]:
    return set(CampaignTarget.objects.filter(campaign=campaign).values_list("person_id", flat=True))


def test_a_filter_plans_nobody_without_a_duty(boss: User, case: Case) -> None:
    over = CaseFactory()
    close_case(case=over, by=boss, reason="revoked", on=date(2024, 5, 2))
    PersonFactory()
    CaseFactory(person=PersonFactory(area=area(WANQUAN)))
    campaign = opened(by=boss)
    assert fill_from_orders(campaign=campaign, by=boss) == 1
    assert names(campaign) == {case.person_id}
    assert fill_from_orders(campaign=campaign, by=boss) == 0


def test_a_filter_asks_for_village_and_risk_level(boss: User, case: Case) -> None:
    looked_at(case)
    CaseFactory(person=PersonFactory(area=area("469002100001")))
    campaign = opened(by=boss)
    assert fill_from_orders(campaign=campaign, by=boss, risk_level="high") == 0
    assert RiskLevelRecord.objects.count() == 1
    facts = {"campaign": campaign, "by": boss, "place": case.village}
    assert fill_from_orders(**facts, risk_level="medium") == 1
    assert fill_from_orders(**facts) == 0
    assert fill_from_orders(campaign=campaign, by=boss, place=area("469002100001")) == 1


def test_a_draw_of_the_unit_fills_the_list_and_another_is_refused(boss: User, case: Case) -> None:
    campaign, draw = opened(by=boss), drawn_from(by=boss)
    assert fill_from_draw(campaign=campaign, by=boss, draw=draw) == 1
    assert names(campaign) == {case.person_id}
    village = opened(by=boss, area=case.village)
    with pytest.raises(Refused, match="another unit"):
        fill_from_draw(campaign=village, by=boss, draw=draw)


def test_without_a_duty_only_by_name_and_with_a_ground_in_words(boss: User, case: Case) -> None:
    free, campaign = PersonFactory(sex="1"), opened(by=boss)
    with pytest.raises(Refused, match="No duty runs"):
        listed(campaign, free)
    with pytest.raises(Refused, match="ground in words"):
        listed(campaign, free, ground="consent", ground_words="……")
    row = listed(campaign, free, ground="consent", ground_words="六月一日本人书面同意")
    assert (row.case, row.ground) == (None, "consent")
    assert listed(campaign, case.person, ground="law", ground_words="不用说明").ground == "duty"
    with pytest.raises(Refused, match="on the list already"):
        listed(campaign, free, ground="consent", ground_words="六月一日本人书面同意")


def test_the_database_wants_a_duty_or_a_ground_in_words(boss: User, case: Case) -> None:
    free, campaign = PersonFactory(), opened(by=boss)
    late = opened(by=boss, first=date(2024, 2, 1))
    for person, facts in (
        (free, {"ground": "duty"}),
        (free, {"ground": "law"}),
        (free, {"ground": "duty", "case": case}),
        (case.person, {"ground": "duty", "case": case, "campaign": late}),
        (case.person, {"ground": "law", "ground_words": "第一条", "case": case}),
    ):
        row = {"campaign": campaign, "recorded_by": boss, **place_ids(person), **facts}
        with pytest.raises(IntegrityError), transaction.atomic():
            CampaignTarget.objects.create(person=person, number=person.public_id, **row)


def test_a_sample_of_a_row_is_a_test_of_the_campaign(case: Case) -> None:
    row = listed(opened(), case.person)
    test = entered(row).test
    assert (test.why, test.sample, test.kind, test.result) == (
        "campaign", "urine", "screening", "negative"
    )  # fmt: skip
    row.refresh_from_db()
    assert row.test == test
    assert not test.cause_words


def test_of_somebody_without_a_duty_the_ground_goes_to_the_test(case: Case) -> None:
    free, campaign = PersonFactory(sex="1"), opened()
    row = listed(campaign, free, ground="law", ground_words="公安机关书面决定")
    test = entered(row).test
    assert (test.case, test.cause_words) == (None, "公安机关书面决定")
    changed = correct_test(test=test, by=UserFactory(), reason="时间记错了", version=test.version,
                           changes={"note": "当场说明"})  # fmt: skip
    assert changed.note == "当场说明"


def test_whose_duty_has_ended_is_not_tested(boss: User, case: Case) -> None:
    row = listed(opened(first=date(2024, 5, 30)), case.person)
    close_case(case=case, by=boss, reason="revoked", on=date(2024, 6, 1))
    with pytest.raises(Refused, match="out of term"):
        entered(row)


def test_an_unfit_sample_is_a_step_and_does_no_window(case: Case) -> None:
    row, key = listed(opened(sample="hair", kind="laboratory"), case.person), uuid4()
    clerk = UserFactory()
    for _again in range(2):
        test = entered(row, outcome="unfit:too_short", client_uuid=key, by=clerk).test
    assert Step.objects.get().unfit_why == "too_short"
    test.refresh_from_db()
    assert test.result == "invalid"
    with pytest.raises(Refused, match="Say the result"):
        entered(listed(row.campaign, CaseFactory().person), outcome="negative")


def test_sent_twice_it_is_one_and_with_other_words_a_conflict(case: Case) -> None:
    row, key, clerk = listed(opened(), case.person), uuid4(), UserFactory()
    assert entered(row, client_uuid=key, by=clerk).is_new
    assert not entered(row, client_uuid=key, by=clerk).is_new
    with pytest.raises(Differs):
        entered(row, client_uuid=key, by=clerk, outcome="positive")
    assert DrugTest.objects.count() == 1


def test_a_second_clerk_is_told_what_stands(case: Case) -> None:
    row = listed(opened(), case.person)
    first = entered(row)
    assert entered(row).test == first.test
    with pytest.raises(Differs, match="entered this sample already"):
        entered(row, outcome="positive")
    with pytest.raises(Differs):
        entered(row, collector="王建国")
    assert DrugTest.objects.get().result == "negative"


def test_a_withdrawn_sample_leaves_the_row_to_be_done(case: Case) -> None:
    row, key = listed(opened(), case.person), uuid4()
    test = entered(row, client_uuid=key).test
    clerk = test.recorded_by
    withdraw_test(test=test, by=UserFactory(), reason="登记错人")
    assert CampaignTarget.objects.in_part("left").count() == 1
    with pytest.raises(Refused, match="taken back since"):
        entered(row, client_uuid=key, by=clerk)
    assert entered(row).is_new
    assert CampaignTarget.objects.in_part("taken").count() == 1


def test_excused_and_called_again(case: Case) -> None:
    row, clerk = listed(opened(), case.person), UserFactory()
    with pytest.raises(Refused, match="none of the campaign"):
        note_second_call(target=row, by=clerk, on=NOW - timedelta(days=1))
    assert note_second_call(target=row, by=clerk, on=NOW).second_call_on == NOW
    with pytest.raises(Refused, match="Say why"):
        excuse_target(target=row, by=clerk, reason="……")
    excuse_target(target=row, by=clerk, reason="在外地住院")
    with pytest.raises(Refused, match="excused already"):
        excuse_target(target=row, by=clerk, reason="在外地住院")
    counts = CampaignTarget.objects.all().counted()[row.campaign_id]
    assert {part: n for part, n in counts.items() if n} == {"whole": 1, "excused": 1}
    entered(row)
    counts = CampaignTarget.objects.all().counted()[row.campaign_id]
    assert {part: n for part, n in counts.items() if n} == {"whole": 1, "taken": 1}
    for act in (
        lambda: note_second_call(target=row, by=clerk, on=NOW),
        lambda: excuse_target(target=row, by=clerk, reason="在外地住院"),
    ):
        with pytest.raises(Refused, match="taken already"):
            act()


def test_outside_the_days_and_after_the_end_nothing_is_entered(boss: User, case: Case) -> None:
    row = listed(opened(by=boss), case.person)
    with pytest.raises(Refused, match="none of the campaign"):
        entered(row, NOW - timedelta(days=1))
    close_campaign(campaign=row.campaign, by=boss)
    for act in (
        lambda: entered(row),
        lambda: fill_from_orders(campaign=row.campaign, by=boss),
        lambda: close_campaign(campaign=row.campaign, by=boss),
    ):
        with pytest.raises(Refused, match="is closed"):
            act()


def test_a_campaign_has_days_and_a_unit(boss: User) -> None:
    with pytest.raises(Refused, match="a year at most"):
        opened(by=boss, last=NOW + timedelta(days=367))
    with pytest.raises(Refused, match="county or below"):
        opened(by=boss, area=area("46"))
    assert opened(by=boss, last=NOW + timedelta(days=366)).year == 2024


def test_rows_move_with_the_person_and_stay_two_in_one_file(boss: User, case: Case) -> None:
    campaign, other = opened(by=boss), PersonFactory(sex="1")
    listed(campaign, case.person)
    entered(listed(campaign, other, ground="law", ground_words="公安机关书面决定"))
    merged_into(case.person, other, UserFactory(records_admin=True))
    assert names(campaign) == {case.person_id}
    rows = CampaignTarget.objects.filter(campaign=campaign)
    assert rows.count() == 2
    counts = rows.counted()[campaign.pk]
    assert (counts["whole"], counts["taken"], counts["left"]) == (1, 1, 0)
    assert {part: rows.in_part(part).count() for part in PARTS} | {"whole": 1} == counts
    assert rows.in_part("").count() == 1


def test_other_towns_see_neither_campaign_nor_row(case: Case) -> None:
    row, far = listed(opened(), case.person), UserFactory(area=area(WENCHENG), town_supervisor=True)
    assert not type(row.campaign).objects.visible_to(far).exists()
    assert not CampaignTarget.objects.visible_to(far).exists()
