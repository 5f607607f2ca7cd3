"""Files, numbers, names and contacts at their bounds."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.core.days import today
from apps.persons.identity import (
    check_character,
    check_resident,
    from_fifteen,
    may_be_dialled,
    sex_of,
)
from apps.persons.models import Contact, Person
from apps.persons.names import letters, read, same
from apps.persons.services import (
    ChangedMeanwhile,
    add_contact,
    change_person,
    find_by_document,
    mark_life_status,
    withdraw_contact_agreement,
)
from apps.persons.services.files import differences, other_unit
from apps.persons.services.lookups import merged_by_number
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import (
    VILLAGE,
    ContactFactory,
    PersonFactory,
    merged_into,
    resident_number,
)
from tests.refusing import answered, refused

DAY = timedelta(days=1)
FUTURE = "The day lies in the future."
database = pytest.mark.django_db


@pytest.mark.parametrize(
    ("born", "fits"),
    [
        (date(1899, 12, 31), False),
        (date(1900, 1, 1), True),
        (today(), True),
        (today() + DAY, False),
    ],
)
def test_a_number_is_of_somebody_born_since_1900(born: date, *, fits: bool) -> None:
    first17 = f"469098{born:%Y%m%d}001"
    number = first17 + check_character(first17)
    if fits:
        assert check_resident(number).born_on == born
    else:
        with pytest.raises(ValidationError, match=r"."):
            check_resident(number)


@pytest.mark.parametrize(
    ("order", "sex"), [("010", "2"), ("101", "1"), ("212", "2"), ("013", "1"), ("004", "2")]
)
def test_the_17th_digit_tells_the_sex(order: str, sex: str) -> None:
    for ending in "1234":
        assert sex_of(f"46909819880304{order}{ending}") == sex


@pytest.mark.parametrize(
    ("short", "number"),
    [
        ("469098691005722", "469098196910057222"),
        ("46909869100572", "46909869100572"),
        ("4690986910057221", "4690986910057221"),
        ("46909869100572X", "46909869100572X"),
        ("", ""),
    ],
)
def test_fifteen_digits_are_of_the_last_century(short: str, number: str) -> None:
    assert from_fifteen(short) == number


@pytest.mark.parametrize(
    ("phone", "may"),
    [("", False), ("10000200000", False), ("100-0020", False), ("13876012345", True)],
)
def test_numbers_given_out_to_nobody_are_not_dialled(phone: str, *, may: bool) -> None:
    assert may_be_dialled(phone) == may


def test_the_sort_key_of_a_long_name_ends_with_its_characters() -> None:
    key = read("张" * 120).sort_key
    assert key == f"{('zhang ' * 40)[:200]}  {'张' * 78}"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("chen", "chen"),
        ("Lyu", "lu"),
        ("lv", "lu"),
        ("chen1", ""),
        ("陈", ""),
        ("chen陈", ""),
        ("", ""),
    ],
)
def test_letters_are_latin_alone(words: str, found: str) -> None:
    assert letters(words) == found
    assert same(words, f" {words} ")


@database
@pytest.mark.parametrize(("days", "words"), [(-1, None), (0, None), (1, FUTURE)])
def test_what_is_told_of_a_person_is_of_a_day_that_has_come(days: int, words: str | None) -> None:
    by, day = UserFactory(), today() + days * DAY
    contact = ContactFactory()
    with answered(words):
        marked = mark_life_status(person=PersonFactory(), by=by, status="abroad", since=day)
        assert marked.life_status_since == day
    with answered(words):
        assert ContactFactory(agreed_on=day).agreed_on == day
    with answered(words):
        assert withdraw_contact_agreement(contact=contact, by=by, on=day).withdrawn_on == day


@database
def test_an_open_order_stands_in_the_way_of_a_status_and_of_none_that_is_taken_back() -> None:
    person, by = CaseFactory().person, UserFactory()
    assert mark_life_status(person=person, by=by, status="").life_status == ""
    with refused("The person has an open order: close it first, then set the status."):
        mark_life_status(person=person, by=by, status="abroad")


@database
@pytest.mark.parametrize(
    ("kept_in", "entered", "differs"),
    [
        (VILLAGE, None, False),
        (VILLAGE, VILLAGE, False),
        (VILLAGE, JIAJI, True),
        (JIAJI, JIAJI, False),
        (JIAJI, VILLAGE, True),
        (QIONGHAI, QIONGHAI, False),
        (QIONGHAI, JIAJI, True),
    ],
)
def test_another_unit_is_told_with_both_names(
    kept_in: str, entered: str | None, *, differs: bool
) -> None:
    stored, unit = PersonFactory(area=area(kept_in)), area(entered) if entered else None
    for label in ("", "执行单位"):
        found = other_unit(stored, unit, label)
        assert bool(found) == differs
        for told, here, there in found:
            assert told == (label or "责任单位")
            assert here.endswith(area(kept_in).name)
            assert there.endswith(area(entered or "").name)


@database
def test_a_unit_that_was_merged_is_the_one_it_became() -> None:
    old, new = area(WANQUAN), area(JIAJI)
    stored = PersonFactory(area=new)
    old.merged_into = new
    assert other_unit(stored, old) == []


@database
def test_values_that_differ_are_told_in_words() -> None:
    person = PersonFactory(on_allowance=True, call_note="", phone="13876012345")
    entered: dict[str, Any] = {
        "on_allowance": False, "call_note": "早上", "employment": "farming",
        "phone": "13876015432", "name": person.name,
    }  # fmt: skip
    found = [pair[1:] for pair in differences(person, entered)]
    assert found[:2] == [("是", "否"), ("–", "早上")]
    assert found[2] == ("–", "务农、渔业")
    assert [text[-4:] for text in found[3]] == ["2345", "5432"]
    assert not any("1387601" in text for text in found[3])
    assert len(found) == 4


@database
def test_of_two_editors_the_one_with_another_unit_is_told_of_it() -> None:
    person, by = PersonFactory(), UserFactory(county_supervisor=True)
    change_person(person=person, by=by, version=1, call_note="早上")
    assert change_person(person=person, by=by, version=1, call_note="早上").version == 2
    with pytest.raises(ChangedMeanwhile) as told:
        change_person(person=person, by=by, version=1, call_note="早上", area=area(WANQUAN))
    assert len(told.value.differences) == 1
    assert Person.objects.get(pk=person.pk).town.code == JIAJI


@database
def test_the_same_contact_is_one_and_one_that_differs_another() -> None:
    person = PersonFactory()
    facts = {
        "person": person, "by": UserFactory(), "name": "陈母", "relation": "parent",
        "agreed_on": date(2024, 1, 1), "phone": "", "note": "",
    }  # fmt: skip
    first = add_contact(**facts)
    assert add_contact(**facts | {"name": " 陈母 "}) == first
    others: list[dict[str, Any]] = [
        {"person": PersonFactory()}, {"relation": "sibling"}, {"agreed_on": date(2024, 1, 2)},
        {"name": "陈父"}, {"phone": "13876012345"}, {"note": "晚上"},
    ]  # fmt: skip
    for other in others:
        assert add_contact(**facts | other) != first
    assert Contact.objects.count() == 7
    withdraw_contact_agreement(contact=first, by=UserFactory(), on=today())
    assert add_contact(**facts) != first


@database
def test_an_agreement_that_is_withdrawn_is_withdrawn_once() -> None:
    contact, by = ContactFactory(), UserFactory()
    for _tap in range(2):
        withdraw_contact_agreement(contact=contact, by=by, on=today() - DAY)
    with refused("The agreement is withdrawn already."):
        withdraw_contact_agreement(contact=contact, by=by, on=today())


@database
def test_the_number_of_a_merged_file_leads_to_the_file_of_today() -> None:
    by: User = UserFactory(records_admin=True)
    numbers = [resident_number(n) for n in (11, 12, 13, 14)]
    kept, merged, other = (PersonFactory(document_number=number) for number in numbers[:3])
    merged_into(kept, merged, by)
    assert [find_by_document(number) for number in numbers] == [kept, kept, other, None]
    assert merged_by_number(["", *numbers]) == {numbers[1]: kept.pk}
