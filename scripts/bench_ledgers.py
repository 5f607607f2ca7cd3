"""Ledgers as large as a county's, of invented persons, as an office writes them."""

import io
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

import openpyxl

from apps.core.days import today
from apps.persons.identity import check_character

HEADER: Final = [
    "姓名", "身份证号码", "性别", "民族", "文化程度", "婚姻状况", "联系电话", "户籍地",
    "现居住地", "管控类型", "决定书文号", "决定日期", "收到决定书日期", "报到日期",
    "协议签订日期", "执行截止日", "风险等级", "滥用毒品种类", "就业状况", "专干",
]  # fmt: skip
CHECKIN_HEADER: Final = ["姓名", "身份证号", "签到时间", "签到方式", "状态报告"]
FAMILY: Final = "陈林王符黄李吴周张刘冯何郑韩云梁谢杨邢潘"
GIVEN: Final = "海生月明英伟芳强丽军敏静磊洋艳勇杰娟涛超秀霞平刚桂文玉兰飞华"
PLACES: Final = [
    f"琼海市{town}" for town in
    ("嘉积镇先锋村", "嘉积镇", "万泉镇加积坡村", "万泉镇", "中原镇", "博鳌镇", "潭门镇", "大路镇")
]  # fmt: skip
SEED: Final = 20261130


def persons(count: int) -> Iterator[list[Any]]:
    """Each with an order; some reported long ago, some wait for it."""
    choose = random.Random(SEED)  # noqa: S311 - the same persons each time
    for place in range(count):
        yield _person(place, choose)


def _person(place: int, choose: random.Random) -> list[Any]:
    number = _number(place)
    decided = today() - timedelta(days=choose.randrange(30, 900))
    reported = decided + timedelta(days=choose.randrange(3, 20))
    rehabilitates = choose.random() < 0.2
    return [
        _name(place), number, "男" if int(number[16]) % 2 else "女",
        choose.choice(["汉族", "黎族"]),
        choose.choice(["初中", "小学", "高中"]), choose.choice(["未婚", "已婚", "离异"]),
        f"100{place:08d}", choose.choice(PLACES) + f"{place % 90 + 1}号", choose.choice(PLACES),
        "社区康复" if rehabilitates else "社区戒毒", f"琼海公社戒决字〔{decided.year}〕{place}号",
        decided.isoformat(), (decided + timedelta(days=2)).isoformat(), reported.isoformat(),
        reported.isoformat(), "", choose.choice(["高", "中", "低", "低"]),
        choose.choice(["海洛因", "冰毒"]), choose.choice(["务农", "务工", "待业"]), "",
    ]  # fmt: skip


def _name(place: int) -> str:
    return FAMILY[place % 20] + GIVEN[place // 20 % 30] + GIVEN[place // 600 % 30]


def _number(place: int) -> str:
    """18 characters that are right, of a place whose code was never given out."""
    born = date(1960, 1, 1) + timedelta(days=place // 4)
    first17 = f"469077{born:%Y%m%d}{place % 4 + 101:03d}"
    return first17 + check_character(first17)


def checkins(count: int, each: int) -> Iterator[list[Any]]:
    """The last weeks of all of them, as a list in the order of its days."""
    choose = random.Random(SEED)  # noqa: S311
    for turn in range(each, 0, -1):
        for place in range(count):
            minute = timedelta(days=turn * 7 - 6 + place % 3, minutes=place % 540)
            moment = datetime.combine(today(), datetime.min.time()) - minute
            method = choose.choice(["当面签到", "电话", "手机签到"])
            words = "暂不需要帮助" if place % 50 else "需要帮助"
            yield [_name(place), _number(place), moment.strftime("%Y-%m-%d %H:%M"), method, words]


def sheet(header: list[str], rows: Iterator[list[Any]]) -> bytes:
    """As the spreadsheet program saves it."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("台账")
    page.append(header)
    for row in rows:
        page.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
