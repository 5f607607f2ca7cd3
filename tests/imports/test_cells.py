"""What a cell says, however it is written."""

from datetime import date, datetime, timedelta

import pytest

from apps.core.days import SHANGHAI
from apps.ledgers.cells import CellFault, as_day, as_moment, as_number, as_text, shown

APRIL_7 = date(2022, 4, 7)


@pytest.mark.parametrize(
    "written",
    [
        "2022-04-07", "2022.04.07", "2022/4/7", "2022年4月7日", " 2022 年 4 月 7 日 ", "20220407",
        "２０２２－０４－０７", "2022-04-07 00:00:00", date(2022, 4, 7),
        datetime(2022, 4, 7), 44658, 44658.0, 20220407.0,  # noqa: DTZ001
    ],
)  # fmt: skip
def test_a_day_is_the_same_in_every_spelling(written):
    assert as_day(written) == APRIL_7


@pytest.mark.parametrize("written", ["", "  ", None])
def test_an_empty_cell_is_no_day(written):
    assert as_day(written) is None
    assert as_moment(written) is None


@pytest.mark.parametrize("written", ["2024-04-31", "2024年13月1日", "2023/2/29"])
def test_a_day_that_no_calendar_has_is_a_fault(written):
    with pytest.raises(CellFault, match=written):
        as_day(written)


@pytest.mark.parametrize("written", ["不详", "4月7日", "07/04/2022", 3, "2022-04-07 abc"])
def test_a_day_that_must_be_guessed_is_a_fault(written):
    with pytest.raises(CellFault):
        as_day(written)


@pytest.mark.parametrize(
    "written",
    [
        "2024-04-01 13:39:07", "2024/4/1 13:39:07", "2024年4月1日 13时39分7秒",
        "2024.04.01　１３：３９：０７", "2024-04-01T13:39:07", datetime(2024, 4, 1, 13, 39, 7),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_a_moment_is_the_same_in_every_spelling(written):
    assert as_moment(written) == datetime(2024, 4, 1, 13, 39, 7, tzinfo=SHANGHAI)


def test_a_moment_without_seconds_or_without_a_time():
    assert as_moment("2024-04-01 9:05") == datetime(2024, 4, 1, 9, 5, tzinfo=SHANGHAI)
    assert as_moment("2024-04-01") == datetime(2024, 4, 1, tzinfo=SHANGHAI)
    assert as_moment(date(2024, 4, 1)) == datetime(2024, 4, 1, tzinfo=SHANGHAI)


def test_a_moment_in_days_of_the_spreadsheet():
    assert as_moment(45383.5) - datetime(2024, 4, 1, tzinfo=SHANGHAI) == timedelta(hours=12)


@pytest.mark.parametrize(
    "written", ["2024-04-01 25:00", "2024-04-31 09:00:00", "昨天", "2024-04-01 x"]
)
def test_a_moment_that_cannot_be_is_a_fault(written):
    with pytest.raises(CellFault):
        as_moment(written)


def test_a_number_loses_its_spaces_and_its_width():
    assert as_number(" 469098 19640907 0167 ") == "469098196409070167"
    assert as_number("４６９０９８１９７１０８２３８０８ｘ") == "46909819710823808X"
    assert as_number("'469098196409070167") == "469098196409070167"
    assert as_number(10000200001.0) == "10000200001"


def test_a_number_that_lost_its_last_digits_is_a_fault():
    with pytest.raises(CellFault):
        as_number(469098196409070167.0)


def test_text_keeps_full_width_marks_and_loses_spaces():
    assert as_text("　琼公(禁)责社戒字〔２０２２〕0000号 ") == "琼公(禁)责社戒字〔2022〕0000号"
    assert as_text(None) == ""
    assert as_text("陈\n海生\u200b") == "陈 海生"


def test_a_report_shows_the_cell_as_it_stood():
    assert shown(1300.0) == "1300"
    assert shown(1.5) == "1.5"
    assert shown(datetime(2024, 4, 1)) == "2024-04-01"  # noqa: DTZ001
    assert shown(datetime(2024, 4, 1, 9)) == "2024-04-01 09:00:00"  # noqa: DTZ001
    assert shown("１００") == "１００"
