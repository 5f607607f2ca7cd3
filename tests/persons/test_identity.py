"""Numbers and phones."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st

from apps.persons import identity
from apps.persons.identity import check_phone, check_resident

GOOD = "469098196910057222"


def code_of(call: object, *args: str) -> str:
    with pytest.raises(ValidationError) as caught:
        call(*args)  # type: ignore[operator]
    return str(caught.value.error_list[0].code)


def test_a_number_tells_birth_and_sex() -> None:
    resident = check_resident(GOOD)
    assert resident == identity.Resident(GOOD, date(1969, 10, 5), "2")


@pytest.mark.parametrize(
    "typed",
    [
        " 469098 19691005 7222 ",
        "４６９０９８１９６９１００５７２２２",
        "469098-19691005-7222",
        "'469098196910057222",
    ],
)
def test_full_width_digits_spaces_and_strokes_are_taken(typed: str) -> None:
    assert check_resident(typed).number == GOOD


def test_a_small_x_is_the_same_character() -> None:
    firsts = (f"46909819880304{n:03d}" for n in range(999))
    first17 = next(first for first in firsts if identity.check_character(first) == "X")
    assert check_resident(f"{first17}x").number == f"{first17}X"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("46909819691005722", "length"),
        ("46909819691005722A", "characters"),
        ("X69098196910057222", "characters"),
        ("469098196910057223", "check"),
        ("469098196913057222", "birth"),
        ("469098197102297222", "birth"),
        ("469098299910057222", "birth"),
        ("469098189910057222", "birth"),
    ],
)
def test_each_fault_is_named(number: str, code: str) -> None:
    assert code_of(check_resident, number) == code


def test_the_29th_of_february_of_a_leap_year_is_a_birthday() -> None:
    first17 = "46909819720229001"
    assert check_resident(first17 + identity.check_character(first17)).born_on == date(1972, 2, 29)


@given(
    born=st.dates(date(1930, 1, 1), date(2010, 12, 31)),
    order=st.integers(0, 999),
    position=st.integers(0, 16),
    shift=st.integers(1, 9),
)
def test_any_single_mistyped_digit_is_found(
    born: date, order: int, position: int, shift: int
) -> None:
    first17 = f"469098{born:%Y%m%d}{order:03d}"
    number = first17 + identity.check_character(first17)
    assert check_resident(number).born_on == born
    wrong = str((int(number[position]) + shift) % 10)
    with pytest.raises(ValidationError):
        check_resident(number[:position] + wrong + number[position + 1 :])


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("１００００２０００００", "10000200000"),
        ("138 7601 2345", "13876012345"),
        ("+86 138-7601-2345", "13876012345"),
        ("8613876012345", "13876012345"),
        ("0898 62822222", "0898-62822222"),
        ("(010)82822222", "010-82822222"),
        ("4008001234", "4008001234"),
    ],
)
def test_phones_have_one_form(typed: str, number: str) -> None:
    assert check_phone(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "110", "62822222", "1387601234", "138760123456", "无", "+1 202 555 0100"]
)
def test_what_cannot_be_called_is_refused(typed: str) -> None:
    assert code_of(check_phone, typed) == "phone"


def test_other_documents_have_letters_and_digits() -> None:
    assert identity.check_other_document(" e1234 5678") == "E12345678"
    assert code_of(identity.check_other_document, "E1") == "characters"


def test_an_index_tells_nothing_of_the_number() -> None:
    index = identity.document_index(GOOD)
    assert len(index) == 32
    assert not re.search(rb"4690", index)
    assert identity.last4_index(GOOD) == identity.last4_index("7222")
    assert len({index, identity.last4_index(GOOD), identity.phone_index(GOOD)}) == 3


def test_nobody_is_born_tomorrow() -> None:
    tomorrow = date.today() + timedelta(days=2)  # noqa: DTZ011
    first17 = f"469098{tomorrow:%Y%m%d}001"
    assert code_of(check_resident, first17 + identity.check_character(first17)) == "birth"


def test_all_faults_of_a_number_are_named() -> None:
    with pytest.raises(ValidationError) as caught:
        check_resident("469098197913401233")
    assert [fault.code for fault in caught.value.error_list] == ["birth", "check"]
