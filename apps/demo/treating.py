"""Maintenance treatment and learning in the county of the demo's accounts: one centre with four
self-service stations, treatments of every kind and end, months of their lists, and learning.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.days import today
from apps.demo.clock import on_day
from apps.demo.office import Office
from apps.learning.codes import Origin
from apps.learning.services import record_learning, record_unit_score, withdraw_learning
from apps.persons.models import Person
from apps.treatment.codes import Basis, ClinicKind, EndReason, Medicine, Source
from apps.treatment.models import Clinic, Treatment
from apps.treatment.rules import days_in, last_of, months_back
from apps.treatment.services import (
    begin_treatment,
    end_treatment,
    open_clinic,
    record_attendance,
    withdraw_entry,
)

STATIONS: Final = 4
OPENED: Final = timedelta(days=900)
# Medicine, its words, at which clinic (0 is the centre), days ago, why it ended.
TREATMENTS: Final = (
    (Medicine.METHADONE, "", 0, 400, ""),
    (Medicine.METHADONE, "", 1, 210, ""),
    (Medicine.BUPRENORPHINE, "", 2, 130, ""),
    (Medicine.OTHER, "纳曲酮", 0, 75, ""),
    (Medicine.METHADONE, "", 3, 300, EndReason.FINISHED),
    (Medicine.METHADONE, "", 4, 280, EndReason.ELSEWHERE),
    (Medicine.METHADONE, "", 1, 190, EndReason.MISSED),
    (Medicine.BUPRENORPHINE, "", 2, 160, EndReason.OWN_WISH),
    (Medicine.METHADONE, "", 3, 150, EndReason.OTHER),
)
WRONG: Final = 8  # of TREATMENTS: of somebody else, taken back
LASTED: Final = timedelta(days=100)
# Course, platform, points as they were written, hours.
COURSES: Final = (
    ("禁毒知识网上学习", "互联网教育平台", "98.9", "12"),
    ("家庭关系专题", "互联网教育平台", "95.50", "6.5"),
    ("法律知识讲座", "", None, "2"),
    ("心理健康课程", "互联网教育平台", "60", None),
)


def treat_once(office: Office) -> None:
    """By the demo's worker for those she looks after; clinics and scores by supervisors."""
    worker, county = office.workers[0], office.supervisor.area
    persons = list(Person.objects.visible_to(worker).order_by("-pk")[: len(TREATMENTS)])
    if county is None or not persons:
        return
    clinics = _clinics(county, office.supervisor, office.day)
    for number, person in enumerate(persons):
        _treatment(number, person, worker, clinics, office.day)
    _learning(persons, worker, office.day)
    _score(county, office.supervisor, office.day)


def _clinics(county: Area, by: User, day: date) -> list[Clinic]:
    with on_day(day - OPENED):
        centre = open_clinic(
            area=county, by=by, client_uuid=_key("centre"), kind=ClinicKind.CENTRE,
            name=f"{county.name}药物维持治疗中心", opened_on=today(),
        )  # fmt: skip
        return [centre] + [
            open_clinic(
                area=county, by=by, client_uuid=_key(f"station-{n}"), kind=ClinicKind.STATION,
                centre=centre, name=f"{n}号自助服务站", opened_on=today(),
            )
            for n in range(1, STATIONS + 1)
        ]  # fmt: skip


def _treatment(number: int, person: Person, by: User, clinics: list[Clinic], day: date) -> None:
    medicine, words, place, ago, why = TREATMENTS[number]
    first = day - timedelta(days=ago)
    with on_day(first):
        row = begin_treatment(
            person=person, by=by, client_uuid=_key(f"treatment-{number}"), clinic=clinics[place],
            medicine=medicine, medicine_words=words, since=first, consent_on=first,
            basis=Basis.SAID if number % 3 == 1 else Basis.SIGNED,
        )  # fmt: skip
    if why:
        words = "去外地投靠亲戚" if why == EndReason.OTHER else ""
        with on_day(first + LASTED):
            row = end_treatment(treatment=row, by=by, on=today(), reason=why, words=words)
    if why == EndReason.ELSEWHERE:
        with on_day(first + LASTED):
            begin_treatment(
                person=person, by=by, client_uuid=_key(f"again-{number}"), clinic=clinics[0],
                medicine=medicine, since=today(), basis=Basis.SIGNED, consent_on=today(),
            )  # fmt: skip
    if number == WRONG:
        with on_day(day - timedelta(days=3)):
            withdraw_entry(row=row, by=by, reason="登记到别人的档案里了")
    else:
        _months(number, row, by, day)


def _months(number: int, row: Treatment, by: User, day: date) -> None:
    """Of the last months; of the newest not every clinic has sent its list yet."""
    for back, month in enumerate(months_back(day, 3)):
        days = days_in(month, row.since, row.ended_on)
        if not days or (back == 0 and number % 3 == 2):
            continue
        with on_day(last_of(month) + timedelta(days=1)):
            record_attendance(
                treatment=row, by=by, client_uuid=_key(f"month-{number}-{back}"), month=month,
                attended=max(0, days - (number * 3 + back) % 9), expected=days,
                source=Source.TOLD if number % 4 == 3 else Source.LIST,
            )  # fmt: skip


def _learning(persons: list[Person], by: User, day: date) -> None:
    for number, person in enumerate(persons[: len(COURSES) + 1]):
        title, platform, points, hours = COURSES[number % len(COURSES)]
        with on_day(day - timedelta(days=12 + number)):
            row = record_learning(
                person=person, by=by, client_uuid=_key(f"learning-{number}"), title=title,
                origin=Origin.PLATFORM if platform else Origin.OWN, platform=platform,
                first=today() - timedelta(days=20), last=today(),
                points=Decimal(points) if points else None,
                hours=Decimal(hours) if hours else None,
                words="" if number else "用手机学的，晚上看",
            )  # fmt: skip
            if number == len(COURSES):
                withdraw_learning(record=row, by=by, reason="登记到别人的档案里了")


def _score(county: Area, by: User, day: date) -> None:
    with on_day(day - timedelta(days=5)):
        record_unit_score(
            area=county, by=by, client_uuid=_key("score"), title="学习总积分",
            origin=Origin.PLATFORM, platform="互联网教育平台", points=Decimal("98.9"),
            first=today() - timedelta(days=180), last=today(),
        )  # fmt: skip


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"homeward-demo-treatment-{what}")
