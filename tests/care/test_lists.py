"""Care lists: who stands on one, who has a plan, and that nobody is shown after the term."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import reason_of
from apps.care.figures import PLANS
from apps.care.models import CareList, CareListEntry
from apps.care.querysets import WITH_PLAN, WITHOUT
from apps.care.services import close_list, close_plan, fill_list, withdraw_entry
from apps.cases.models import Case
from apps.cases.services import add_member, close_case
from apps.core.refusals import Refused
from apps.needs.services import record_need
from apps.persons.figures import Period
from apps.persons.services import undo_merge
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WANQUAN, area
from tests.factories.care import care_list_of, cared_for, planned
from tests.factories.cases import CaseFactory
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory, merged_into

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def found(boss: User) -> CareList:
    return care_list_of(by=boss)


def filled(found: CareList, by: User, whom: str, **facts: Any) -> set[int]:
    fill_list(found=found, by=by, whom=whom, **{"reason": "需要一起帮助"} | facts)
    return set(CareListEntry.objects.filter(list=found).values_list("person_id", flat=True))


def test_a_list_is_filled_with_who_needs_help_or_has_nobody(boss: User, found: CareList) -> None:
    needs, alone, led = CaseFactory(), CaseFactory(), CaseFactory()
    CaseFactory(person=PersonFactory(area=area(WANQUAN)))
    PersonFactory()
    over = close_case(case=CaseFactory(), by=boss, reason="revoked", on=date(2024, 6, 2))
    for person in (needs.person, over.person):
        record_need(person=person, by=boss, kind="work", urgency="soon", said_by="person",
                    said_on=date(2024, 5, 1))  # fmt: skip
    add_member(case=led, by=boss, kind="police", on=date(2024, 5, 1), name="符建民")
    add_member(case=needs, by=boss, kind="police", on=date(2024, 5, 1), name="符建民")
    assert filled(found, boss, "need") == {needs.person_id}
    assert filled(found, boss, "no_lead") == {needs.person_id, alone.person_id}
    everybody = {one.person_id for one in (needs, alone, led)}
    assert filled(found, boss, "all") == everybody
    assert fill_list(found=found, by=boss, whom="all", reason="再来一次") == 0
    with pytest.raises(Refused, match="Say the reason in words"):
        fill_list(found=found, by=boss, whom="all", reason="。")


def test_who_was_taken_off_is_not_filled_in_again_and_may_be_added_by_name(
    boss: User, found: CareList
) -> None:
    case = CaseFactory()
    entry = cared_for(found, case.person, by=boss)
    with pytest.raises(Refused, match="stands on the list already"):
        cared_for(found, case.person, by=boss)
    withdraw_entry(row=entry, by=boss, reason="本人不愿意")
    assert fill_list(found=found, by=boss, whom="all", reason="需要帮助") == 0
    assert cared_for(found, case.person, by=boss).withdrawn_at is None


def test_nobody_comes_onto_a_list_without_an_order_or_from_elsewhere(
    boss: User, found: CareList
) -> None:
    county = UserFactory(county_supervisor=True)
    elsewhere = CaseFactory(person=PersonFactory(area=area(WANQUAN)))
    for person, words in (
        (PersonFactory(), "no order in force"), (elsewhere.person, "not of the unit"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            cared_for(found, person, by=county)
    with pytest.raises(Refused, match="Say the reason in words"):
        cared_for(found, CaseFactory().person, by=boss, reason="？")
    wide = care_list_of(by=county, area=area(QIONGHAI))
    assert cared_for(wide, elsewhere.person, by=county).person == elsewhere.person


def test_after_the_term_nobody_is_shown_and_nobody_counts(boss: User, found: CareList) -> None:
    case, other = CaseFactory(), CaseFactory()
    for one in (case, other):
        cared_for(found, one.person, by=boss)
    plan = planned(case.person, by=boss)
    entries = CareListEntry.objects.visible_to(boss)
    period = Period(area(), date(2024, 6, 1), date(2024, 6, 30), DAY)
    assert entries.under_order_on(DAY).counted(DAY) == {found.pk: {"whole": 2, "planned": 1}}
    assert [one.person for one in entries.in_part(WITH_PLAN, DAY)] == [case.person]
    assert [one.person for one in entries.in_part(WITHOUT, DAY)] == [other.person]
    assert entries.in_part("other", DAY).count() == 2
    figure = PLANS.measure(period)
    assert (figure.numerator, figure.denominator) == (1, 2)
    close_case(case=other, by=boss, reason="revoked", on=date(2024, 6, 2))
    figure = PLANS.measure(period)
    assert (figure.numerator, figure.denominator) == (1, 1)
    close_plan(plan=plan, by=boss, on=DAY, reason="目标达到")
    assert PLANS.measure(period).numerator == 0
    close_list(found=found, by=boss)
    assert PLANS.measure(period).denominator == 0


def test_a_closed_list_takes_nobody_and_is_closed_by_who_runs_it(
    boss: User, found: CareList
) -> None:
    entry = cared_for(found, CaseFactory().person, by=boss)
    wide = care_list_of(by=UserFactory(county_supervisor=True), area=area(QIONGHAI))
    with pytest.raises(PermissionDenied):
        close_list(found=wide, by=boss)
    close_list(found=found, by=boss)
    for act in (
        lambda: close_list(found=found, by=boss),
        lambda: cared_for(found, CaseFactory().person, by=boss),
        lambda: fill_list(found=found, by=boss, whom="all", reason="需要帮助"),
    ):
        with pytest.raises(Refused, match="This list is closed"):
            act()
    page = signed_in(boss)
    tab = reverse("care:person", args=[entry.person.public_id])
    off = reverse("care:take-off", args=[entry.public_id])
    for url in (tab, reverse("care:list", args=[found.public_id])):
        assert off in page.get(url, secure=True).content.decode()
    withdraw_entry(row=entry, by=boss, reason="本人不愿意再在名单上")
    assert off not in page.get(tab, secure=True).content.decode()


def test_a_list_whose_last_day_is_over_takes_nobody_and_lets_everybody_go(boss: User) -> None:
    found = care_list_of(by=boss, title="一季度名单", first=date(2024, 1, 1), last=DAY)
    entry = cared_for(found, CaseFactory().person, by=boss)
    CareList.objects.filter(pk=found.pk).update(last=DAY - timedelta(days=1))
    for act in (
        lambda: cared_for(found, CaseFactory().person, by=boss),
        lambda: fill_list(found=found, by=boss, whom="all", reason="需要帮助"),
    ):
        with pytest.raises(Refused, match="This list ended on"):
            act()
    text = signed_in(boss).get(reverse("care:list", args=[found.public_id]), secure=True)
    assert reverse("care:fill", args=[found.public_id]) not in text.content.decode()
    withdraw_entry(row=entry, by=boss, reason="记错了人")
    close_list(found=found, by=boss)


def test_those_without_a_plan_stand_first(boss: User, found: CareList) -> None:
    cases = [CaseFactory() for _n in range(4)]
    for n, case in enumerate(cases):
        cared_for(found, case.person, by=boss)
        if n % 2:
            planned(case.person, by=boss, day=DAY)
    url, page = reverse("care:list", args=[found.public_id]), signed_in(boss)
    for query, words in (("", ["None yet"] * 2 + ["Stands"] * 2),
                         ("?sort=-state", ["Stands"] * 2 + ["None yet"] * 2)):  # fmt: skip
        text = page.get(url + query, secure=True, HTTP_ACCEPT_LANGUAGE="en").content.decode()
        assert re.findall(r"Stands|None yet", text) == words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"last": date(2024, 5, 23)}, "The end lies before the beginning"),
        ({"last": date(2025, 5, 26)}, "A list lasts a year at most"),
        ({"ground": "。"}, "Say in words why there is this list"),
        ({"area": "46"}, "kept in a city, a county or below"),
    ],
)
def test_a_list_that_cannot_be_is_refused(boss: User, facts: dict[str, Any], words: str) -> None:
    if "area" in facts:
        facts = {"area": area("46")}
    with pytest.raises(Refused, match=words):
        care_list_of(by=boss, first=date(2024, 5, 24), **facts)
    care_list_of(by=boss)
    with pytest.raises(Refused, match="unit, day and title is on file"):
        care_list_of(by=boss)


def test_the_database_keeps_what_a_list_is(boss: User, found: CareList) -> None:
    case: Case = CaseFactory()
    person = case.person

    def entry(**facts: Any) -> Any:
        facts = {"list": found, "number": person.public_id, "reason": "原因"} | facts
        return CareListEntry.objects.create(
            person=person, day=DAY, recorded_at=timezone.now(), recorded_by=boss,
            **place_ids(person), **facts,
        )  # fmt: skip

    own = {"area": found.area, "ground": "g", "first": DAY, "last": DAY, "recorded_by": boss}
    entry()
    for name, act in (
        ("care_entry_once", entry),
        ("care_entry_withdrawn_by_somebody", lambda: entry(withdrawn_at=timezone.now())),
        ("care_list_ends_after_start",
         lambda: CareList.objects.create(title="a", **own | {"last": date(2024, 6, 2)})),
        ("care_list_once", lambda: CareList.objects.create(title=found.title,
                                                           **own | {"first": found.first})),
        ("care_list_closed_by_somebody",
         lambda: CareList.objects.create(title="b", closed_at=timezone.now(), **own)),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            act()
    close_list(found=found, by=boss)
    with pytest.raises(IntegrityError, match="care_list_is_open"), transaction.atomic():
        entry(number=found.public_id)


def test_of_two_files_on_one_list_both_rows_stay(boss: User, found: CareList) -> None:
    records = UserFactory(records_admin=True)
    kept, merged = CaseFactory(), CaseFactory()
    for case in (kept, merged):
        cared_for(found, case.person, by=boss)
    close_case(case=merged, by=boss, reason="revoked", on=date(2024, 6, 2))
    Case.objects.filter(pk=merged.pk).update(reported_on=None, agreement_on=None)
    merged_into(kept.person, merged.person, records)
    assert CareListEntry.objects.filter(person=kept.person).count() == 2
    with pytest.raises(Refused, match="stands on the list already"):
        cared_for(found, kept.person, by=boss)
    # One person: counted, shown and taken off as one.
    counts = CareListEntry.objects.under_order_on(DAY).counted(DAY)
    assert counts == {found.pk: {"whole": 1, "planned": 0}}
    assert PLANS.measure(Period(area(), DAY, DAY, DAY)).denominator == 1
    client = signed_in(boss)
    shown = client.get(reverse("care:list", args=[found.public_id]), secure=True).context
    [row] = shown["page"].rows
    withdraw_entry(row=row, by=boss, reason="本人不愿意")
    assert not CareListEntry.objects.standing().filter(person=kept.person).exists()
    assert not CareListEntry.objects.under_order_on(DAY).counted(DAY)


def test_an_undone_merge_gives_back_the_row_that_went_along(boss: User, found: CareList) -> None:
    """Who did not want to stand there said so under the file that was kept; a row that was taken
    off by itself stays so.
    """
    records = UserFactory(records_admin=True)
    kept, gone = CaseFactory(), CaseFactory()
    alone = care_list_of(by=boss, title="另一张名单")
    first = cared_for(found, kept.person, by=boss)
    second, third = (cared_for(one, gone.person, by=boss) for one in (found, alone))
    close_case(case=gone, by=boss, reason="revoked", on=date(2024, 6, 2))
    Case.objects.filter(pk=gone.pk).update(reported_on=None, agreement_on=None)
    merge = merged_into(kept.person, gone.person, records)
    for row in (first, third):
        row.refresh_from_db()
        withdraw_entry(row=row, by=boss, reason="本人不愿意")
    undo_merge(merge=merge, by=records, reason="是两个人")
    rows = {row.pk: row for row in CareListEntry.objects.filter(person=gone.person)}
    assert rows.keys() == {second.pk, third.pk}
    given = rows[second.pk]
    assert (given.withdrawn_at, given.withdrawn_by, given.withdrawn_reason) == (None, None, "")
    assert rows[third.pk].withdrawn_at is not None
    assert not CareListEntry.objects.standing().filter(person=kept.person).exists()
    told = CareListEntry.events.rel.related_model.objects.filter(pgh_obj_id=second.pk)
    assert reason_of(told.order_by("pgh_id").last().pgh_context.metadata) == "是两个人"


def test_of_two_files_the_row_that_came_later_takes_no_past_day_away(
    boss: User, found: CareList
) -> None:
    kept, gone = CaseFactory(), CaseFactory()
    cared_for(found, kept.person, by=boss)
    early = cared_for(found, gone.person, by=boss)
    CareListEntry.objects.filter(pk=early.pk).update(day=date(2024, 5, 28))
    close_case(case=gone, by=boss, reason="revoked", on=date(2024, 6, 2))
    Case.objects.filter(pk=gone.pk).update(reported_on=None, agreement_on=None)
    merged_into(kept.person, gone.person, UserFactory(records_admin=True))
    for day in (date(2024, 5, 30), DAY):
        assert PLANS.measure(Period(area(), day, day, day)).denominator == 1, day
