"""What a merge and its undoing refuse, in words, and the same act allowed beside it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.persons.identity import check_character, sex_of
from apps.persons.models import Person
from apps.persons.names import read
from apps.persons.services import change_person, open_person, preview_merge, undo_merge
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WENCHANG, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import VILLAGE, AssignmentFactory, PersonFactory, merged_into

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def records() -> User:
    found: User = UserFactory(records_admin=True, area=area(QIONGHAI))
    return found


@pytest.mark.parametrize(
    ("code", "unit"), [(JIAJI, "嘉积镇"), (QIONGHAI, "琼海市"), ("469002101200", "加积坡村")]
)
def test_files_of_two_units_are_named_with_the_nearest_unit_of_each(
    records: User, code: str, unit: str
) -> None:
    """The preview says it, too."""
    kept, merged = PersonFactory(area=area(VILLAGE)), PersonFactory(area=area(code))
    [clash] = preview_merge(kept=kept, merged=merged, by=records).clashes
    for words in (clash, _refusal(lambda: merged_into(kept, merged, records))):
        before, _and, after = words.partition(". First")[0].partition(" and ")
        assert before.endswith("先锋村")
        assert after.endswith(unit)
    same = PersonFactory(area=area(VILLAGE))
    assert preview_merge(kept=kept, merged=same, by=records).clashes == []


def test_two_workers_of_today_are_one_clash(records: User) -> None:
    kept, merged = PersonFactory(), PersonFactory()
    for person in (kept, merged):
        AssignmentFactory(person=person, worker=UserFactory())
    [clash] = preview_merge(kept=kept, merged=merged, by=records).clashes
    assert clash.startswith("Responsible are ")


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ({"records_admin": True}, True),
        ({"records_admin": True, "area": WENCHANG}, False),
        ({"county_supervisor": True}, False),
        ({"town_supervisor": True}, False),
        ({"system_admin": True}, False),
    ],
)
def test_the_records_administration_of_the_county_alone_undoes(
    *, records: User, who: dict[str, Any], may: bool
) -> None:
    if "area" in who:
        who = who | {"area": area(who["area"])}
    merge = merged_into(PersonFactory(), PersonFactory(), records)
    by = UserFactory(**who)
    words = _refusal(lambda: undo_merge(merge=merge, by=by, reason="两个人"))
    assert words.startswith("Only the records administration") != may
    merge.refresh_from_db()
    assert (merge.undone_by == by) == may


def test_orders_are_sorted_by_the_name_of_their_file(records: User) -> None:
    """After a merge by the one that stays, after its undoing each by its own."""
    kept, merged = PersonFactory(name="曾一"), PersonFactory(name="陈二")
    own, other = CaseFactory(person=kept), CaseFactory(person=merged, not_reported=True)
    merge = merged_into(kept, merged, records, name="merged")
    for case in (own, other):
        case.refresh_from_db()
        assert case.sort_key == read("陈二").sort_key
    undo_merge(merge=merge, by=records, reason="两个人")
    for case, name in ((own, "曾一"), (other, "陈二")):
        case.refresh_from_db()
        assert case.sort_key == read(name).sort_key


@pytest.mark.parametrize(("name", "words"), [(" ", "A file needs a name."), ("陈", "")])
def test_a_file_needs_a_name(name: str, words: str) -> None:
    by = UserFactory()
    facts: dict[str, Any] = {"area": area(VILLAGE), "name": name, "document_kind": "none"}
    assert _refusal(lambda: open_person(by=by, **facts)) == words
    person = PersonFactory()
    assert _refusal(lambda: change_person(person=person, by=by, name=name)) == words
    assert Person.objects.filter(name="陈").count() == (0 if words else 2)


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("长孙", "changsun"),
        ("长孙无", "zhangsunwu"),
        ("单于", "shanyu"),
        ("单于明", "chanyuming"),
        ("单", "shan"),
    ],
)
def test_a_compound_surname_has_a_given_name_behind_it(name: str, pinyin: str) -> None:
    assert read(name).pinyin == pinyin


@pytest.mark.parametrize(("day", "good"), [("18991231", False), ("19000101", True)])
def test_nobody_was_born_before_1900(*, day: str, good: bool) -> None:
    first17 = f"469098{day}001"
    number = first17 + check_character(first17)
    facts: dict[str, Any] = {"area": area(VILLAGE), "name": "陈二", "document_number": number}
    words = _refusal(lambda: open_person(by=UserFactory(), **facts))
    assert words == ("" if good else "The date of birth in the number cannot be right.")
    if good:
        assert Person.objects.get().born_on == date(1900, 1, 1)
    assert sex_of(number) == "1"
    assert sex_of(f"{number[:16]}2{number[17]}") == "2"


def _refusal(act: Any) -> str:
    try:
        act()
    except Refused as refusal:
        return str(refusal)
    return ""
