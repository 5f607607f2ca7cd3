"""Questions about units: how they are named, where they lie today, and where they lay before."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine

from apps.accounts.models import User
from apps.areas.models import Area, Level, place_of
from apps.areas.services import change_area, merge_areas
from apps.areas.units import Stay, around, codes_today, over, places_of, single_today, within
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHANG, area

pytestmark = pytest.mark.django_db
NOW, ONE = date(2024, 6, 3), timedelta(days=1)
EAST, PIONEER, FAR = "469002100001", "469002100200", "469002101200"


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False):
        yield


def merge(code: str, into: str) -> None:
    merge_areas(area=area(code), into=area(into), by=User.objects.system())


def codes(found: object) -> set[str]:
    return {unit.code for unit in found}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("嘉积", {JIAJI}),
        ("积镇", set()),
        (JIAJI, {JIAJI}),
        (JIAJI[:-1], set()),
        ("JJZ", {JIAJI}),
        ("jj", {JIAJI, FAR}),
        ("万泉", {WANQUAN}),
        ("万泉河", {WANQUAN}),
        ("万宁河", {WANQUAN}),
        ("泉河", set()),
    ],
)
def test_a_unit_is_found_by_the_beginning_of_each_of_its_names(words: str, found: set[str]) -> None:
    for name in ("万宁河镇", "万泉河镇"):
        change_area(area=area(WANQUAN), by=User.objects.system(), name=name)
    assert codes(Area.objects.named(words)) == found


def test_who_asks_for_a_merged_unit_finds_the_one_it_became_too() -> None:
    merge(WANQUAN, JIAJI)
    assert codes(Area.objects.called("万泉镇")) == {WANQUAN, JIAJI}
    assert codes(Area.objects.called("嘉积镇")) == {JIAJI}


def test_right_below_lie_active_units_also_of_what_was_merged() -> None:
    area()
    assert codes(Area.objects.right_below([area(QIONGHAI)])) == {JIAJI, WANQUAN}
    both = Area.objects.right_below([area(JIAJI), area(WANQUAN)])
    assert codes(both) == {EAST, PIONEER, FAR}
    merge(WANQUAN, JIAJI)
    assert codes(Area.objects.right_below([area(QIONGHAI)])) == {JIAJI}
    assert codes(Area.objects.right_below([area(JIAJI)])) == {EAST, PIONEER, FAR}
    merge(EAST, PIONEER)
    assert codes(Area.objects.right_below([area(JIAJI)])) == {PIONEER, FAR}


def test_below_above_and_around_a_unit() -> None:
    merge(WANQUAN, JIAJI)
    children = Area.objects.at(Level.VILLAGE)
    assert codes(children.filter(within(area(JIAJI), "parent"))) == {EAST, PIONEER, FAR}
    assert codes(Area.objects.under(area(JIAJI))) == {JIAJI, WANQUAN, EAST, PIONEER, FAR}
    above = codes(Area.objects.filter(over(area(FAR), "parent")))
    assert {JIAJI, WANQUAN, EAST, PIONEER, FAR} <= above
    assert "469005100200" not in above
    near = codes(Area.objects.filter(around(area(JIAJI), "parent")))
    assert {FAR, QIONGHAI, JIAJI} <= near
    assert "469005100200" not in near


@pytest.mark.parametrize(
    ("stay", "days"),
    [
        (Stay("1"), [True, True, True]),
        (Stay("1", since=NOW), [False, True, True]),
        (Stay("1", before=NOW), [True, False, False]),
        (Stay("1", since=NOW, before=NOW + ONE), [False, True, False]),
    ],
)
def test_a_place_belongs_to_a_unit_from_a_day_and_before_a_day(
    stay: Stay, days: list[bool]
) -> None:
    assert [stay.holds(day) for day in (NOW - ONE, NOW, NOW + ONE)] == days


def test_a_place_of_a_merged_town_has_belonged_to_both() -> None:
    merge(WANQUAN, JIAJI)
    far, east = area(FAR).pk, area(EAST).pk
    places = places_of([far, east])
    assert places[far][3:5] == (Stay(JIAJI, since=NOW), Stay(WANQUAN, before=NOW))
    assert places[east] == tuple(Stay(code) for code in ("46", "4690", QIONGHAI, JIAJI, EAST))
    assert codes_today([far])[far] == ("46", "4690", QIONGHAI, JIAJI, FAR)
    assert codes_today([east])[east] == ("46", "4690", QIONGHAI, JIAJI, EAST)
    assert codes_today([]) == {}


def test_of_several_units_of_a_name_those_that_bear_it_now_come_first() -> None:
    change_area(area=area(WANQUAN), by=User.objects.system(), name="石壁镇")
    old, now = area(WANQUAN), area(JIAJI)
    assert single_today([old, now]) is None
    assert single_today([old, now], "嘉积镇") == now
    assert single_today([old, now], WANQUAN) == old
    assert single_today([old], "万泉镇") == old
    assert single_today([]) is None
    merge(WANQUAN, JIAJI)
    assert single_today([area(WANQUAN), area(JIAJI)]) == area(JIAJI)


def test_where_a_unit_lies_today() -> None:
    merge(WANQUAN, JIAJI)
    far = area(FAR)
    assert (far.above, far.above_id, far.county) == (area(JIAJI), area(JIAJI).pk, area(QIONGHAI))
    assert (area("46").above, area("46").above_id, area("46").county) == (None, None, None)
    assert area(QIONGHAI).county == area(QIONGHAI)
    assert place_of(far) == {"county": area(QIONGHAI), "town": area(JIAJI), "village": far}
    assert place_of(area(WANQUAN)) == {
        "county": area(QIONGHAI), "town": area(JIAJI), "village": None,
    }  # fmt: skip
    with pytest.raises(ValueError, match="46 is not inside a county"):
        place_of(area("46"))
    assert [unit.code for unit in area(WANQUAN).path()] == ["46", QIONGHAI, JIAJI, WANQUAN]
    assert area(QIONGHAI).contains(far)
    assert not area(WENCHANG).contains(far)
