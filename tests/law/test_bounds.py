"""Days and numbers of the law at their bounds."""

from datetime import date

import pytest

from apps.accounts.models import User
from apps.cases.models import Case
from apps.law import dates, services
from apps.law.current import load_calendar, load_rulebook, number_on
from apps.law.models import CalendarDay
from apps.law.parameters import Parameter
from apps.law.services import set_calendar_day, set_parameter
from tests.factories.areas import QIONGHAI, WANQUAN, WENCHANG, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import VILLAGE, PersonFactory
from tests.refusing import refused

D = date


@pytest.mark.parametrize(
    ("day", "late"),
    [(D(2024, 3, 7), 0), (D(2024, 3, 8), 0), (D(2024, 3, 9), 1), (D(2024, 4, 8), 31)],
)
def test_the_last_day_is_in_time_and_the_next_is_a_day_late(day: date, late: int) -> None:
    assert dates.days_late(D(2024, 3, 8), day) == late


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (D(1948, 10, 1), False), (D(1949, 10, 1), True), (D(1998, 10, 3), False),
        (D(1999, 10, 3), True), (D(2024, 5, 2), False), (D(2025, 5, 2), True),
        (D(2025, 5, 3), False), (D(2025, 10, 4), False),
    ],
)  # fmt: skip
def test_of_an_unknown_year_the_fixed_holidays_count_since_they_exist(
    day: date, *, holiday: bool
) -> None:
    assert dates.NO_CALENDAR.is_holiday(day) is holiday


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (D(2024, 1, 31), 1, D(2024, 2, 29)), (D(2023, 1, 31), 1, D(2023, 2, 28)),
        (D(2024, 12, 31), -1, D(2024, 11, 30)), (D(2024, 10, 31), 2, D(2024, 12, 31)),
        (D(2024, 12, 1), 1, D(2025, 1, 1)), (D(2024, 1, 1), -1, D(2023, 12, 1)),
        (D(2024, 2, 29), -36, D(2021, 2, 28)),
    ],
)  # fmt: skip
def test_a_month_on_or_back_is_the_same_day_or_the_last(day: date, months: int, end: date) -> None:
    assert dates.add_months(day, months) == end


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (D(2027, 2, 28), D(2024, 2, 28)), (D(2027, 3, 1), D(2024, 3, 1)),
        (D(2024, 2, 29), D(2021, 2, 28)), (D(2024, 3, 1), D(2021, 3, 1)),
    ],
)  # fmt: skip
def test_three_clean_years_at_the_end_of_february(day: date, start: date) -> None:
    assert dates.latest_abstinent_start(day) == start


@pytest.mark.parametrize(
    ("spans", "days"),
    [
        ([(D(2024, 6, 1), D(2024, 6, 1))], 1),
        ([(D(2024, 6, 9), None)], 2),
        ([(D(2024, 6, 10), None)], 1),
        ([(D(2024, 6, 11), None)], 0),
        ([(D(2024, 6, 1), D(2024, 6, 5)), (D(2024, 6, 5), D(2024, 6, 6))], 6),
        ([(D(2024, 6, 9), D(2024, 6, 30))], 2),
    ],
)
def test_days_are_covered_once_and_until_the_day(
    spans: list[tuple[date, date | None]], days: int
) -> None:
    assert dates.days_covered(spans, D(2024, 6, 10)) == days


@pytest.mark.parametrize(
    ("held_from", "end"),
    [(D(2027, 2, 28), D(2027, 3, 1)), (D(2027, 3, 1), D(2027, 2, 28))],
)
def test_a_suspension_of_the_last_day_moves_the_end_and_a_later_one_does_not(
    held_from: date, end: date
) -> None:
    last = D(2027, 2, 28)
    assert dates.end_with_suspension(last, [(held_from, held_from)], D(2027, 6, 1)) == end


# The numbers of a site.

REPORTED = D(2024, 3, 1)


def number(
    value: int, place: str = "", since: date = REPORTED, name: str = "agreement_days"
) -> None:
    set_parameter(
        name=name, value=value, effective_from=since, basis="办法", by=User.objects.system(),
        area=area(place) if place else None,
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("places", "asked"),
    [
        ([], 3),
        ([""], 11),
        ([WENCHANG], 3),
        (["", QIONGHAI], 12),
        (["", QIONGHAI, VILLAGE[:9]], 13),
        (["", VILLAGE, VILLAGE[:9]], 14),
        ([VILLAGE], 14),
        ([VILLAGE[:9]], 13),
        ([WANQUAN], 3),
    ],
)
def test_the_number_of_the_nearest_unit_counts_in_a_query_as_in_the_book(
    places: list[str], asked: int
) -> None:
    values = {"": 11, QIONGHAI: 12, VILLAGE[:9]: 13, VILLAGE: 14, WENCHANG: 15, WANQUAN: 16}
    for place in places:
        number(values[place], place)
        number(30, place, D(2024, 3, 2))  # of a day after the report
        number(29, place, name="transfer_days")
    case = CaseFactory()
    found = Case.objects.annotate(n=number_on(Parameter.AGREEMENT_DAYS, "reported_on"))
    assert found.get(pk=case.pk).n == asked
    book = load_rulebook().near((QIONGHAI, VILLAGE[:9], VILLAGE))
    assert book.value(Parameter.AGREEMENT_DAYS, REPORTED) == asked


@pytest.mark.django_db
def test_of_two_numbers_of_a_place_the_later_holds_and_a_town_without_village_has_its_own() -> None:
    number(5, QIONGHAI, D(2023, 1, 1))
    number(7, QIONGHAI)
    number(9, WANQUAN)
    CaseFactory(), CaseFactory(person=PersonFactory(area=area(WANQUAN)))
    found = Case.objects.annotate(n=number_on(Parameter.AGREEMENT_DAYS, "reported_on"))
    assert list(found.order_by("pk").values_list("n", flat=True)) == [7, 9]


@pytest.mark.django_db
def test_a_number_names_its_paper_and_tells_whoever_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(services, "_listeners", [lambda: heard.append("counted")])
    with refused("Name the paper that sets the number.", "basis"):
        set_parameter(
            name="agreement_days", value=5, effective_from=REPORTED, basis=" ",
            by=User.objects.system(),
        )  # fmt: skip
    assert heard == []
    number(5)
    services._follow_the_successor(area(WANQUAN))  # no area has numbers of its own
    assert len(heard) == 1
    number(5, QIONGHAI)
    services._follow_the_successor(area(WANQUAN))
    set_calendar_day(day=D(2024, 6, 10), kind="off", by=User.objects.system())
    assert len(heard) == 4


@pytest.mark.django_db
def test_a_day_is_in_the_calendar_once_and_the_calendar_has_the_days_asked_for() -> None:
    CalendarDay.objects.all().delete()
    by = User.objects.system()
    for day, kind in (
        (D(2030, 3, 31), "off"), (D(2030, 4, 5), "off"), (D(2030, 5, 30), "off"),
        (D(2030, 5, 31), "off"), (D(2030, 4, 7), "work"), (D(2032, 1, 1), "off"),
    ):  # fmt: skip
        set_calendar_day(day=day, kind=kind, by=by, name=" 清明 ")
    again = set_calendar_day(day=D(2030, 4, 5), kind="off", by=by, basis=" 国办 ")
    assert (CalendarDay.objects.count(), again.name, again.basis) == (6, "", "国办")
    calendar = load_calendar(D(2030, 3, 31))
    assert calendar.off == {D(2030, 3, 31), D(2030, 4, 5), D(2030, 5, 30)}
    assert (calendar.work, calendar.known) == ({D(2030, 4, 7)}, {2030})
    assert load_calendar(D(2030, 4, 5), D(2030, 4, 6)).off == {D(2030, 3, 31), D(2030, 4, 5)}
    assert load_calendar(D(2030, 4, 5), D(2032, 1, 1)).known == {2030, 2032}
    assert load_calendar(D(2031, 12, 31), D(2032, 1, 1)).known == {2032}
    set_calendar_day(day=D(2032, 1, 1), kind="work", by=by)
    assert load_calendar(D(2032, 1, 1)).known == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("home", "place", "due"),
    [
        (VILLAGE, VILLAGE, D(2024, 2, 24)),
        (VILLAGE, VILLAGE[:9], D(2024, 2, 24)),
        (VILLAGE, QIONGHAI, D(2024, 2, 24)),
        (WANQUAN, WANQUAN, D(2024, 2, 24)),
        (WANQUAN, VILLAGE[:9], D(2024, 3, 8)),
        (WANQUAN, WENCHANG, D(2024, 3, 8)),
    ],
)
def test_the_days_to_the_report_are_those_of_the_unit_and_of_those_above_it(
    home: str, place: str, due: date
) -> None:
    number(2, place, D(2024, 1, 1), name="report_days")
    case = CaseFactory(person=PersonFactory(area=area(home)), not_reported=True)
    assert case.report_by == due
