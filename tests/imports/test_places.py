"""Units by the names that ledgers give them."""

import pytest

from apps.areas.models import Area
from apps.ledgers.places import UnitPlaces
from tests.factories.areas import area

pytestmark = pytest.mark.django_db


@pytest.fixture
def qionghai() -> UnitPlaces:
    return UnitPlaces(area("469002"))


@pytest.mark.parametrize(
    ("written", "unit", "rest"),
    [
        ("琼海市嘉积镇先锋村", "先锋村", ""),
        ("海南省琼海市嘉积镇先锋村委会", "先锋村", ""),
        ("嘉积镇先锋村民委员会三队5号", "先锋村", "三队5号"),
        ("嘉积镇 东风社区居委会", "东风社区", ""),
        ("嘉积镇东风社区居民委员会", "东风社区", ""),
        ("琼海嘉积镇", "嘉积镇", ""),
        ("嘉积镇某小区8栋", "嘉积镇", "某小区8栋"),
        ("琼海市", "琼海市", ""),
    ],
)
def test_the_deepest_unit_that_is_named(qionghai, written, unit, rest):
    found = qionghai.find(written)
    assert (found.area.name, found.rest) == (unit, rest)


@pytest.mark.parametrize("written", ["", "文昌市文城镇", "不详", "东风社区"])
def test_what_no_unit_bears_is_not_guessed(qionghai, written):
    assert qionghai.find(written) is None


def test_without_an_area_the_county_is_the_one_the_file_names_most():
    area()
    places = UnitPlaces(None)
    assert places.find("嘉积镇") is None
    places.settle_county(["琼海市人员台账", "文昌市文城镇", "琼海市嘉积镇", "姓名"])
    assert places.find("嘉积镇先锋村").area.name == "先锋村"
    assert places.find("文城镇") is None


def test_a_form_that_two_villages_share_stands_for_neither(qionghai):
    town = Area.objects.get(code="469002100")
    Area.objects.create(code="469002100201", name="东风村", level="village", parent=town)
    assert qionghai.find("嘉积镇东风").area.name == "嘉积镇"
    assert qionghai.find("嘉积镇东风村委会").area.name == "东风村"
    assert qionghai.find("嘉积镇东风居委会").area.name == "东风社区"
