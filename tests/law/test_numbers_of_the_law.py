"""The numbers that the law sets, where nobody says otherwise, each with its articles."""

from datetime import date

import pytest

from apps.accounts.models import User
from apps.law import dates, services
from apps.law.models import LawParameter
from apps.law.parameters import DEFAULTS, Rulebook, Setting
from tests.law.test_law_articles import CALENDAR
from tests.refusing import answered

D = date
NUMBERS = {
    "report_days": (15, "戒毒条例14、38"), "remind_first": (10, "戒毒条例14"),
    "remind_second": (13, "戒毒条例14"), "extends": (1, "民法典203"),
    "agreement_days": (3, "戒毒条例16"), "leave_days": (3, "戒毒条例19"),
    "leave_approval": (0, "戒毒条例19"), "breach_tests": (3, "戒毒条例20"),
    "breach_leaves": (3, "戒毒条例20"), "breach_days": (30, "戒毒条例20"),
    "transfer_days": (15, "戒毒条例22"), "release_days": (7, "戒毒条例23、40"),
    "objection_days": (3, "吸毒检测程序规定10、13"), "answer_days": (3, "吸毒检测程序规定10、13"),
    "sample_months": (6, "吸毒检测程序规定8"),
    "export_persons": (0, "个人信息保护法51"),
}  # fmt: skip


def test_each_number_is_that_of_its_article() -> None:
    assert {str(name): number for name, number in DEFAULTS.items()} == NUMBERS
    book = Rulebook()
    assert {name: book.value(name, D(2024, 3, 1)) for name in NUMBERS} == {
        name: number for name, (number, _basis) in NUMBERS.items()
    }
    assert not book.is_local


def test_counting_goes_by_the_numbers_of_the_law() -> None:
    day = D(2024, 3, 1)
    assert dates.reminder_days(day) == (D(2024, 3, 11), D(2024, 3, 14))
    assert dates.report_deadline(D(2024, 9, 16), CALENDAR) == D(2024, 10, 8)
    assert dates.transfer_deadline(D(2024, 9, 16), CALENDAR) == D(2024, 10, 8)
    assert dates.transfer_deadline(day) == D(2024, 3, 16)
    assert dates.release_notice_deadline(day) == D(2024, 3, 8)
    assert [dates.needs_written_report(day, D(2024, 3, n)) for n in (2, 3)] == [False, True]
    assert [dates.reaches(count) for count in (2, 3)] == [False, True]
    assert [dates.exceeds(days) for days in (30, 31)] == [False, True]
    assert dates.abstinent_on(day) == D(2027, 3, 1)
    assert dates.latest_abstinent_start(D(2027, 3, 1)) == day
    assert [CALENDAR.knows(D(year, 5, 1)) for year in (2023, 2024)] == [False, True]


@pytest.mark.parametrize(
    ("last", "covered"),
    [(D(2024, 3, 2), [False, True, True, False]), (D(2024, 3, 1), [False, True, False, False]),
     (None, [False, True, True, True])],
)  # fmt: skip
def test_a_span_covers_both_of_its_ends(last: date | None, covered: list[bool]) -> None:
    days = [D(2024, 2, 29), D(2024, 3, 1), D(2024, 3, 2), D(2024, 3, 3)]
    assert [dates.covers(D(2024, 3, 1), last, day) for day in days] == covered


@pytest.mark.parametrize(("value", "holds"), [(0, False), (1, True), (2, False)])
def test_a_switch_is_on_at_one(value: int, *, holds: bool) -> None:
    since = D(2024, 3, 1)
    book = Rulebook((Setting("leave_approval", value, since),))
    assert book.holds("leave_approval", since) is holds
    assert not book.holds("leave_approval", D(2024, 2, 29))
    assert Rulebook((Setting("extends", 1, since, "46"),)).is_local


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("leave_approval", 0, None),
        ("leave_approval", 1, None),
        ("leave_approval", 2, "0 or 1."),
        ("report_days", 2, None),
        ("report_days", 365, None),
        ("report_days", 366, "At most 365."),
    ],
)
def test_a_number_is_one_that_can_be_meant(name: str, value: int, words: str | None) -> None:
    with answered(words):
        services.set_parameter(
            name=name, value=value, effective_from=D(2024, 3, 1), basis=" 办法 ",
            by=User.objects.system(),
        )  # fmt: skip
    rows = LawParameter.objects.values_list("name", "value", "basis")
    assert list(rows) == ([] if words else [(name, value, "办法")])


def test_who_listens_twice_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def listener() -> None:
        heard.append("told")

    monkeypatch.setattr(services, "_listeners", [])
    assert services.on_change(listener) is services.on_change(listener) is listener
    services._tell()
    assert heard == ["told"]
