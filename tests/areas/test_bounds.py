"""Units at their bounds: whose rows are seen from where, and who goes on where after a merger."""

import pytest
from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.areas import loading, services
from apps.areas.models import Area, Level
from apps.areas.services import change_area, merge_areas, open_area
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.persons import PersonFactory
from tests.refusing import answered, refused

pytestmark = pytest.mark.django_db
EAST, PIONEER, FAR = "469002100001", "469002100200", "469002101200"


def system() -> User:
    return User.objects.system()


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("46", True), ("4690", True), (QIONGHAI, True), (JIAJI, True), (PIONEER, True),
        ("44", False), ("4401", False), ("4601", False), ("469005", False), (WANQUAN, False),
        (EAST, False),
    ],
)  # fmt: skip
def test_rows_are_in_their_own_units_and_in_no_other(code: str, *, seen: bool) -> None:
    person = PersonFactory(area=area(PIONEER))
    other = [("44", "广东省"), ("4401", "广州市"), ("440103", "荔湾区")]
    levels = [Level.PROVINCE, Level.CITY, Level.COUNTY]
    loading.store_areas(
        [
            loading.AreaRow(code, name, level)
            for (code, name), level in zip(other, levels, strict=True)
        ]
    )
    assert list(Person.objects.in_area(area(code))) == [person] * seen


def test_whoever_looked_after_the_village_looks_after_the_one_it_became() -> None:
    def looks_after(*codes: str) -> User:
        user: User = UserFactory(area=area(JIAJI))
        user.villages.set([area(code) for code in codes])
        return user

    one, both, none = looks_after(PIONEER), looks_after(PIONEER, EAST), looks_after(FAR)
    merge_areas(area=area(PIONEER), into=area(EAST), by=system())
    after = [[unit.code for unit in user.villages.all()] for user in (one, both, none)]
    assert after == [[EAST], [EAST], [FAR]]


@pytest.mark.parametrize(
    ("code", "into", "words"),
    [
        (JIAJI, JIAJI, "A unit cannot be merged into itself."),
        (JIAJI, QIONGHAI, "嘉积镇 and 琼海市 are units of different levels."),
        ("4690", "4601", "Only counties, towns and villages can be merged."),
        (EAST, FAR, "东风社区 and 加积坡村 lie in different units: transfer the cases."),
        (JIAJI, "469005100", "嘉积镇 and 文城镇 lie in different units: transfer the cases."),
        (EAST, PIONEER, None),
        (JIAJI, WANQUAN, None),
        (QIONGHAI, "469005", None),
        (QIONGHAI, "460105", None),
        (QIONGHAI, "440103", "琼海市 and 荔湾区 lie in different units: transfer the cases."),
    ],
)
def test_units_merge_inside_the_unit_above_and_counties_inside_the_province(
    code: str, into: str, words: str | None
) -> None:
    area()
    loading.store_areas(
        [
            loading.AreaRow("44", "广东省", Level.PROVINCE),
            loading.AreaRow("4401", "广州市", Level.CITY),
            loading.AreaRow("440103", "荔湾区", Level.COUNTY),
        ]
    )
    with answered(words):
        merged = merge_areas(area=area(code), into=area(into), by=system())
        assert (merged.active, merged.merged_into, merged.pk) == (False, area(into), area(code).pk)
        with refused(f"{merged.name} is retired already."):
            merge_areas(area=area(code), into=area(into), by=system())


def test_apps_above_hear_which_unit_has_been_merged() -> None:
    heard: list[Area | None] = []

    @services.after_merging
    def hear(merged: Area) -> None:
        heard.append(merged.merged_into)

    try:
        merge_areas(area=area(WANQUAN), into=area(JIAJI), by=system())
    finally:
        services._followers.remove(hear)
    assert heard == [area(JIAJI)]


def test_villages_of_towns_that_merged_merge() -> None:
    with refused("东风社区 and 加积坡村 lie in different units"):
        merge_areas(area=area(EAST), into=area(FAR), by=system())
    merge_areas(area=area(JIAJI), into=area(WANQUAN), by=system())
    assert merge_areas(area=area(EAST), into=area(FAR), by=system()).merged_into == area(FAR)
    with refused("东风社区 is retired: name the unit that exists today."):
        merge_areas(area=area(PIONEER), into=area(EAST), by=system())


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("46900210", "A code has 2, 4, 6, 9 or 12 digits."),
        ("46900210a", "A code has 2, 4, 6, 9 or 12 digits."),
        (JIAJI, f"An area with the code {JIAJI} exists."),
        ("469002102", None),
    ],
)
def test_a_new_unit_has_a_code_of_digits_that_nobody_has(code: str, words: str | None) -> None:
    area()
    with answered(words):
        made = open_area(code=code, name="石壁镇", by=system(), shared_caseload=True)
        assert (made.level, made.parent, made.name_initials) == ("town", area(QIONGHAI), "sbz")
        assert made.shared_caseload


def test_only_what_is_named_is_changed() -> None:
    assert not area(JIAJI).shared_caseload
    renamed = change_area(area=area(JIAJI), by=system(), name="石壁镇")
    assert (renamed.name, renamed.name_initials, renamed.shared_caseload) == (
        "石壁镇",
        "sbz",
        False,
    )
    shared = change_area(area=area(JIAJI), by=system(), shared_caseload=True)
    assert (shared.name, shared.shared_caseload) == ("石壁镇", True)
    assert not change_area(area=area(JIAJI), by=system(), shared_caseload=False).shared_caseload
    assert Area.objects.get(code=JIAJI).former_names == ["嘉积镇"]
    with pytest.raises(ValidationError):
        change_area(area=area(JIAJI), by=system(), name="")
    assert area(JIAJI).name == "石壁镇"
