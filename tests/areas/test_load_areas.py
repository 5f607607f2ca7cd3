from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.areas import loading
from apps.areas.models import Area, Level
from apps.core.refusals import Refused
from tests.factories.areas import without_areas

pytestmark = pytest.mark.django_db


def load(*args: object) -> str:
    out = StringIO()
    call_command("load_areas", *args, stdout=out)
    return out.getvalue()


def test_without_a_file_hainan_is_loaded_and_a_second_time_changes_nothing() -> None:
    without_areas()
    assert "3572 new, 0 changed, 0 unchanged" in load()
    assert "0 new, 0 changed, 3572 unchanged" in load()
    assert Area.objects.at(Level.COUNTY).count() == 27
    assert Area.objects.at(Level.VILLAGE).count() == 3296


def test_the_pseudo_city_is_never_on_a_path() -> None:
    path = Area.objects.get(code="469002100200").path()
    assert [unit.name for unit in path] == ["海南省", "琼海市", "嘉积镇", "先锋村"]
    assert [area.code for area in Area.objects.filter(is_pseudo=True)] == ["4690"]
    assert not Area.objects.shown().filter(code="4690").exists()


def test_a_real_city_is_on_the_path() -> None:
    names = [unit.name for unit in Area.objects.get(code="460105001").path()]
    assert names == ["海南省", "海口市", "秀英区", "秀英街道"]


def test_areas_are_found_by_pinyin_initials() -> None:
    assert Area.objects.get(code="469002100").name_initials == "jjz"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(["code,name,level,parent_code", *lines]), encoding="utf-8-sig")
    return path


def test_one_province_of_a_larger_file(tmp_path: Path) -> None:
    without_areas()
    file = write(
        tmp_path / "china.csv",
        "44,广东省,province,", "4419,东莞市,city,44", "441900,东莞市,county,4419",
        "441900003,东城街道,town,441900", "45,广西壮族自治区,province,",
    )  # fmt: skip
    assert "4 new" in load(file, "--province", "44")
    assert Area.objects.count() == 4
    assert Area.objects.get(code="441900003").parent.parent.name == "东莞市"  # type: ignore[union-attr]


def test_a_renamed_unit_is_renamed_and_a_retired_one_stays_retired(tmp_path: Path) -> None:
    Area.objects.filter(code="469002101").update(active=False)
    file = write(tmp_path / "areas.csv", "46,海南省,province,", "469002101,万泉新镇,town,469002")
    assert "0 new, 1 changed, 1 unchanged" in load(file)
    renamed = Area.objects.get(code="469002101")
    assert (renamed.name, renamed.active) == ("万泉新镇", False)


def test_a_unit_without_one_above_it_is_refused(tmp_path: Path) -> None:
    without_areas()
    with pytest.raises(CommandError, match="4419"):
        load(write(tmp_path / "areas.csv", "441900,东莞市,county,4419"))
    assert not Area.objects.exists()


def test_a_code_of_another_level_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="4690021"):
        loading.read_areas(write(tmp_path / "areas.csv", "4690021,某地,town,469002"))


def test_a_missing_file_and_missing_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        load(tmp_path / "nowhere.csv")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match=r"other\.csv"):
        load(tmp_path / "other.csv")


def test_a_province_that_the_file_does_not_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="99"):
        load(loading.HAINAN, "--province", "99")
