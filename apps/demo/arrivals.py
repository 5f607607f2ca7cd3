"""Releases that the county expects, has received, or still waits for (条例 art. 34)."""

from datetime import date, timedelta
from random import Random
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.codes import Measure
from apps.demo.clock import on_day
from apps.demo.people import invent
from apps.intake.codes import Reception, ReleaseSource
from apps.intake.models import Release
from apps.intake.services import call_off, expect_release, open_file, receive_person

HOUSE: Final = {
    ReleaseSource.ISOLATION: "省第一强制隔离戒毒所",
    ReleaseSource.PRISON: "省第二监狱",
    ReleaseSource.DETENTION: "市看守所",
}
# Days from the day of the demo to the release, days of notice, institution, order, town, course.
EXPECTED: Final[tuple[tuple[int, int, ReleaseSource, str, int, str], ...]] = (
    (2, 5, ReleaseSource.ISOLATION, Measure.SQKF, 0, "expected"),
    (6, 9, ReleaseSource.ISOLATION, Measure.SQKF, 0, "expected"),
    (13, 15, ReleaseSource.PRISON, "", 1, "expected"),
    (24, 26, ReleaseSource.ISOLATION, Measure.SQKF, 2, "expected"),
    (-2, 1, ReleaseSource.ISOLATION, Measure.SQKF, 0, "expected"),  # nobody has come; notice late
    (-5, 4, ReleaseSource.DETENTION, Measure.SQJD, 3, "expected"),
    (-1, 6, ReleaseSource.ISOLATION, Measure.SQKF, 0, "received"),
    (-9, 7, ReleaseSource.ISOLATION, Measure.SQKF, 0, "filed"),
    (-20, 5, ReleaseSource.PRISON, "", 1, "filed"),
    (-12, 3, ReleaseSource.ISOLATION, Measure.SQKF, 2, "called off"),
)
FIRST: Final = 900


def expect_releases(towns: list[Area], by: User, day: date) -> None:
    """One after the other, through the acts of the page."""
    for number, row in enumerate(EXPECTED, FIRST):
        _release(number, row, towns, by, day)


def _release(number: int, row: tuple[Any, ...], towns: list[Area], by: User, day: date) -> None:
    ahead, notice, source, measure, town, course = row
    on = day + timedelta(days=ahead)
    noticed = on - timedelta(days=notice)
    who = invent(number, Random(f"homeward-release-{number}"), day)
    decided = on - timedelta(days=12)
    order: dict[str, Any] = {"measure": measure} if measure else {}
    if measure:
        word = "社戒" if measure == Measure.SQJD else "社康"
        order |= {
            "decision_number": f"琼公（禁）责{word}字〔{decided.year}〕{number:04d}号",
            "decided_on": decided,
        }
    with on_day(noticed, 9):
        release = expect_release(
            by=by, client_uuid=uuid5(NAMESPACE_URL, f"homeward-demo-release-{number}"),
            area=towns[town], name=who.name, document_number=who.number, source=source,
            institution=HOUSE[source], expected_on=on, noticed_on=noticed, **order,
        )  # fmt: skip
    _go_on(release, course, by, on)


def _go_on(release: Release, course: str, by: User, on: date) -> None:
    if course == "called off":
        with on_day(on, 9):
            call_off(release=release, by=by, reason="户籍地另有单位接收，已由原所通知")
    if course not in ("received", "filed"):
        return
    with on_day(on, 15):
        receive_person(release=release, by=by, on=on, reception=Reception.FAMILY)
    if course == "filed":
        with on_day(on + timedelta(days=1), 9):
            open_file(release=release, by=by, decision_on=on if release.measure else None)
