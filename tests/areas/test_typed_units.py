"""A unit as somebody types it: every spelling, inside the own unit, and what is proposed."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from apps.accounts.models import User
from apps.areas.fields import AreaField, find_unit, full_name, proposals
from apps.areas.models import Area
from apps.areas.services import change_area, merge_areas, open_area
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHANG, area

pytestmark = pytest.mark.django_db
EAST, PIONEER, FAR = "469002100001", "469002100200", "469002101200"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("先锋村", PIONEER),
        ("嘉积镇先锋村", PIONEER),
        ("琼海市嘉积镇先锋村", PIONEER),
        ("海南省琼海市嘉积镇先锋村", PIONEER),
        (" 嘉积镇 先锋村 ", PIONEER),
        (PIONEER, PIONEER),
        ("嘉积镇", JIAJI),
        ("琼海市", QIONGHAI),
        ("万泉镇先锋村", None),  # not of that town
        ("海南省嘉积镇先锋村", None),  # a unit between is left out
        ("锋村", None),
        ("嘉积镇先锋村三队", None),
        ("省直辖县级行政区划", None),  # a name that exists in codes only
        ("海南省", None),
        ("46", None),
        ("469002999", None),
    ],
)
def test_a_unit_is_typed_with_or_without_the_units_above(text: str, code: str | None) -> None:
    field = AreaField(required=False)
    area()
    if code:
        assert field.clean(text) == area(code)
        return
    with (
        translation.override("en"),
        pytest.raises(ValidationError, match="No single unit has this name"),
    ):
        field.clean(text)


def test_nothing_typed_is_no_unit_and_within_a_unit_others_are_unknown() -> None:
    assert AreaField(required=False).clean(" ") is None
    field = AreaField(within=area(JIAJI))
    assert field.clean("先锋村") == area(PIONEER)
    for beside in ("加积坡村", FAR, "琼海市", "文昌市"):
        with pytest.raises(ValidationError):
            field.clean(beside)
    field.bind(area(QIONGHAI), near=area(WANQUAN))
    assert field.clean("加积坡村") == area(FAR)
    assert field.widget.proposals == ["万泉镇", "万泉镇加积坡村"]  # type: ignore[attr-defined]
    field.bind(area(JIAJI))
    assert "嘉积镇先锋村" in field.widget.proposals  # type: ignore[attr-defined]


def test_a_name_that_two_units_bear_is_none_and_who_bears_it_now_comes_first() -> None:
    by = User.objects.system()
    area()
    open_area(code="469002101300", name="先锋村", by=by)
    units = Area.objects.under(area(QIONGHAI))
    assert find_unit(units, "先锋村") is None
    assert find_unit(units, "万泉镇先锋村") == area("469002101300")
    change_area(area=area("469002101300"), by=by, name="新锋村")
    assert find_unit(units, "先锋村") == area(PIONEER)
    assert find_unit(units, "万泉镇先锋村") == area("469002101300")
    merge_areas(area=area(PIONEER), into=area(EAST), by=by)
    assert find_unit(units, PIONEER) == find_unit(units, "嘉积镇先锋村") == area(EAST)


def test_what_lies_below_is_proposed_with_its_town_and_nothing_retired() -> None:
    assert proposals(None) == []
    assert proposals(area("46")) == []
    assert proposals(area(JIAJI)) == ["嘉积镇", "嘉积镇东风社区", "嘉积镇先锋村"]
    merge_areas(area=area(WANQUAN), into=area(JIAJI), by=User.objects.system())
    assert proposals(area(JIAJI)) == [
        "嘉积镇", "嘉积镇东风社区", "嘉积镇先锋村", "嘉积镇加积坡村",
    ]  # fmt: skip
    assert [full_name(area(code)) for code in (FAR, JIAJI, WENCHANG)] == [
        "嘉积镇加积坡村", "嘉积镇", "文昌市",
    ]  # fmt: skip
    assert AreaField().prepare_value(area(FAR)) == "嘉积镇加积坡村"
    assert AreaField().prepare_value("先锋") == "先锋"
