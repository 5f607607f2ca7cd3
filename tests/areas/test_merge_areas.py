from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.areas.models import Area
from apps.areas.services import merge_areas
from apps.core.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHANG, WENCHENG, area

pytestmark = pytest.mark.django_db


def merge(code: str, into: str) -> Area:
    return merge_areas(area=area(code), into=area(into), by=User.objects.system())


def test_rows_of_a_merged_town_belong_to_its_successor() -> None:
    merged = merge(WANQUAN, JIAJI)
    assert not merged.active
    assert set(area(JIAJI).scope_ids) == {area(JIAJI).pk, merged.pk}


def test_a_chain_is_flattened() -> None:
    first = Area.objects.create(code="469002109", name="旧镇", level="town", parent=area(QIONGHAI))
    merge(first.code, WANQUAN)
    merge(WANQUAN, JIAJI)
    assert area(first.code).merged_into == area(JIAJI)
    assert first.pk in area(JIAJI).scope_ids


def test_staff_of_a_merged_town_go_on_in_its_successor() -> None:
    worker = UserFactory(area=area(WANQUAN))
    merge(WANQUAN, JIAJI)
    worker.refresh_from_db()
    assert worker.area == area(JIAJI)


@pytest.mark.parametrize(
    ("code", "into"),
    [
        (JIAJI, JIAJI),
        (JIAJI, QIONGHAI),
        (JIAJI, WENCHENG),
        ("4601", "4690"),
    ],
    ids=["itself", "other level", "other county", "cities"],
)
def test_nonsense_is_refused(code: str, into: str) -> None:
    with pytest.raises(Refused):
        merge(code, into)
    assert area(code).active


def test_neither_a_retired_unit_nor_into_a_retired_unit() -> None:
    merge(WANQUAN, JIAJI)
    with pytest.raises(Refused, match="retired"):
        merge(WANQUAN, JIAJI)
    with pytest.raises(Refused, match="retired"):
        merge(JIAJI, WANQUAN)


def test_counties_merge_inside_their_province() -> None:
    merge(WENCHANG, QIONGHAI)
    assert area(WENCHANG).merged_into == area(QIONGHAI)


def test_the_command_merges_and_names_both() -> None:
    area()
    out = StringIO()
    call_command("merge_area", "--area", WANQUAN, "--into", JIAJI, stdout=out)
    assert "万泉镇 → 469002100 嘉积镇" in out.getvalue()
    with pytest.raises(CommandError, match="retired"):
        call_command("merge_area", "--area", WANQUAN, "--into", JIAJI)
    with pytest.raises(CommandError, match="999"):
        call_command("merge_area", "--area", "999", "--into", JIAJI)
    with pytest.raises(CommandError, match="nobody"):
        call_command("merge_area", "--area", JIAJI, "--into", WANQUAN, "--by", "nobody")
