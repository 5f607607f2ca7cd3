"""Work and training in the town of the demo's accounts: jobs that last and one that ended, a base
with a place left, and a course with every outcome.
"""

from datetime import date, timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from apps.accounts.models import User
from apps.core.days import today
from apps.demo.clock import on_day
from apps.demo.office import Office
from apps.employment.codes import Consent, EndReason, Examination, Kind, Still, Wish
from apps.employment.models import Base
from apps.employment.services import (
    end_placement,
    enrol,
    note_look,
    open_base,
    open_course,
    open_placement,
    record_certificate,
    record_examination,
    record_hours,
)
from apps.persons.models import Person

# Kind, employer, wage in fen (None: nobody has said it), days ago.
JOBS: Final = (
    (Kind.COMPANY, "潭门水产", 280_000, 200),
    (Kind.PUBLIC, "嘉积环卫", 183_000, 120),
    (Kind.SITE, "", 220_000, 95),
    (Kind.SITE, "", None, 20),
    (Kind.OWN, "自家槟榔园", None, 45),
    (Kind.CASUAL, "", None, 33),
)
LEFT: Final = 1  # of JOBS: the one that ended
PLACES: Final = 3
FIRST_LOOK: Final = 30
RESULTS: Final = (
    Examination.PASSED, Examination.PASSED, Examination.FAILED, Examination.TAKEN, "",
)  # fmt: skip


def work_once(office: Office) -> None:
    """By the demo's worker for those she looks after; base and course by her supervisor."""
    worker = office.workers[0]
    chief = office.chiefs[worker.area_id or 0]
    persons = list(Person.objects.visible_to(worker).order_by("pk")[: len(JOBS)])
    if chief.area is None or not persons:
        return
    with on_day(office.day - timedelta(days=210)):
        base = open_base(
            area=chief.area, by=chief, client_uuid=_key("base"), places=PLACES,
            name=f"{chief.area.name}康复产业园",
        )  # fmt: skip
    for number, person in enumerate(persons):
        _job(number, person, worker, base, office.day)
    _course(persons[: len(RESULTS)], chief, worker, office.day)


def _job(number: int, person: Person, worker: User, base: Base, day: date) -> None:
    kind, employer, wage, ago = JOBS[number]
    first = day - timedelta(days=ago)
    with on_day(first):
        row = open_placement(
            person=person, by=worker, client_uuid=_key(f"job-{number}"), kind=kind,
            starts_on=first, voluntary=Wish.YES, consent_how=Consent.SIGNED,
            consent_on=first - timedelta(days=2), employer=employer, wage_fen=wage,
            base=base if kind == Kind.SITE else None,
        )  # fmt: skip
    if ago > FIRST_LOOK * 2:
        with on_day(first + timedelta(days=FIRST_LOOK + 1)):
            note_look(placement=row, by=worker, client_uuid=_key(f"look-{number}"), day=today(),
                      still=Still.YES, words="老板说干活踏实")  # fmt: skip
    if number == LEFT:
        with on_day(day - timedelta(days=10)):
            end_placement(placement=row, by=worker, on=today(), reason=EndReason.CONTRACT,
                          words="合同到期，想去三亚找活")  # fmt: skip


def _course(persons: list[Person], chief: User, worker: User, day: date) -> None:
    first = day - timedelta(days=50)
    assert chief.area is not None  # noqa: S101 (asked before)
    with on_day(first):
        course = open_course(
            area=chief.area, by=chief, client_uuid=_key("course"), title="电工培训班", first=first,
            last=first + timedelta(days=30), provider="琼海市职业技能培训中心", places=20,
        )  # fmt: skip
    for number, person in enumerate(persons):
        with on_day(first):
            row = enrol(person=person, by=worker, client_uuid=_key(f"place-{number}"),
                        course=course, enrolled_on=first, words="想有一门手艺")  # fmt: skip
        if not RESULTS[number]:
            continue
        with on_day(first + timedelta(days=32)):
            record_hours(enrolment=row, by=worker, attended=36 + number, total=40)
            record_examination(enrolment=row, by=worker, result=RESULTS[number], on=today())
            if RESULTS[number] == Examination.PASSED:
                record_certificate(
                    enrolment=row, by=worker, number=f"QH{first.year}-{number + 1:04d}", on=today()
                )


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"homeward-demo-work-{what}")
