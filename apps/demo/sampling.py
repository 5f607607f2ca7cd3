"""A year of drug tests, and the half-year summaries, that follow from the windows of the plans."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final
from uuid import uuid5

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.assessments.figures import count_half_year
from apps.assessments.models import HalfYearSummary
from apps.assessments.services.summaries import KIND
from apps.audit.acting import acting
from apps.cases.models import Case
from apps.core.days import SHANGHAI
from apps.demo.lives import YEAR
from apps.demo.stories.samples import read_from_strip
from apps.drugtests.bulk import bring_in_tests
from apps.drugtests.chain import StepKind, ToldHow
from apps.drugtests.codes import (
    Medicine,
    NotTakenReason,
    Reason,
    Result,
    Sample,
    TestKind,
    TestOutcome,
    TestPlace,
)
from apps.drugtests.dossiers import record_step
from apps.drugtests.models import DrugTest
from apps.persons.codes import Sex
from apps.persons.models import Person
from apps.schedule.models import DueItem
from apps.schedule.outcomes import settle

OLD: Final = timedelta(days=21)  # a window that ended before is not left open
UNTOLD: Final = timedelta(days=3)  # what was positive since may wait to be told
FOUND: Final = "MET"
Life = tuple[int, str, Person, Case | None, User]
MEN: Final = ("王建国", "林志强", "符永和", "陈泽民")
WOMEN: Final = ("周晓岚", "符丽", "林秀英", "吴海霞")
PROGRESS: Final = ("按时报到，表现平稳", "已在镇上找到稳定的活", "能主动联系，配合谈话")
DIFFICULTIES: Final = ("收入不稳定", "家中老人需要照顾", "睡眠不好，偶有焦虑")
HELP: Final = ("继续帮助联系就业岗位", "协助申请临时救助", "每月谈心一次")
SAID: Final = ("愿意继续努力", "希望能学一门手艺", "感谢社区的帮助")


def add_tests_and_summaries(lives: Iterable[Life], day: date) -> None:
    """Most windows are kept; what is not is open, as in every office."""
    taken: dict[User, list[DrugTest]] = defaultdict(list)
    for number, _state, person, case, worker in lives:
        if case is not None:
            taken[worker] += tests_of(case, person, day, Random(f"tests-{number}"))
            taken[worker] += hair_of(case, person, day, Random(f"hair-{number}"))
            _add_summaries(case, worker, day, Random(f"summaries-{number}"))
    for worker, rows in taken.items():
        bring_in_tests(rows, by=worker)
        _tell_positives(rows, worker, day)


def _tell_positives(rows: Iterable[DrugTest], by: User, day: date) -> None:
    """What was positive was read from a strip with its lot and control line, and told within the
    hour; those of the last days wait for it.
    """
    for row in rows:
        if row.result != Result.POSITIVE:
            continue
        _step(row, by, StepKind.SCREENED, 0, row.collector, read=read_from_strip(row, FOUND))
        if row.day <= day - UNTOLD:
            _step(row, by, StepKind.TOLD, 30, by.name, place_words=ToldHow.IN_PERSON)


def _step(row: DrugTest, by: User, kind: StepKind, later: int, name: str, **facts: Any) -> None:
    """So many minutes after the sample."""
    record_step(
        test=row, by=by, client_uuid=uuid5(row.public_id, kind), kind=kind,
        at=row.occurred_at + timedelta(minutes=later), by_name=name, **facts,
    )  # fmt: skip


def tests_of(case: Case, person: Person, day: date, rng: Random) -> Iterator[DrugTest]:
    """One a window; now and then one that could not be taken, because the person was ill."""
    begun, stops = max(day - YEAR, case.in_force_from or day), day - timedelta(days=1)
    for window in _windows(case, "test", begun, day):
        first, last = max(window.opens_on, begun), min(window.due_on, stops)
        chance = 0.96 if window.due_on < day else 0.4
        if first <= last and rng.random() < chance:
            on = first + timedelta(days=rng.randrange((last - first).days + 1))
            yield _test(person, on, rng)


def hair_of(case: Case, person: Person, day: date, rng: Random) -> Iterator[DrugTest]:
    """Most have been taken; a laboratory looks at them."""
    begun, stops = max(day - YEAR, case.in_force_from or day), day - timedelta(days=1)
    for window in _windows(case, "hair", begun, day):
        first, last = max(window.opens_on, begun), min(window.due_on, stops)
        chance = 0.5 if window.due_on >= day else 0.9 if window.due_on > day - OLD else 1
        if first <= last and rng.random() < chance:
            row = _taken(
                person, first + timedelta(days=rng.randrange((last - first).days + 1)), rng
            )
            row.sample, row.kind = Sample.HAIR, TestKind.LABORATORY
            known = rng.choices((Result.NEGATIVE, ""), weights=(9, 1))[0]
            # A laboratory has answered within the weeks.
            row.result = known if row.occurred_at.date() > day - OLD else Result.NEGATIVE
            yield row


def _windows(case: Case, kind: str, begun: date, day: date) -> Any:
    rows = DueItem.objects.filter(case=case, kind=kind, due_on__gte=begun, opens_on__lte=day)
    return rows.effective().order_by("opens_on")


def _test(person: Person, day: date, rng: Random) -> DrugTest:
    row = _taken(person, day, rng)
    if rng.random() < 0.03:
        return DrugTest(
            person=person, occurred_at=row.occurred_at, recorded_at=row.recorded_at,
            kind=row.kind, why=row.why, place=row.place, outcome=TestOutcome.NOT_TAKEN,
            reason_not=NotTakenReason.HOSPITAL,
        )  # fmt: skip
    row.result = rng.choices((Result.NEGATIVE, Result.POSITIVE, ""), weights=(97, 1, 2))[0]
    return row


def _taken(person: Person, day: date, rng: Random) -> DrugTest:
    moment = datetime.combine(day, time(rng.randrange(9, 17), rng.randrange(60)), SHANGHAI)
    row = DrugTest(
        person=person, occurred_at=moment, kind=TestKind.SCREENING, why=Reason.REGULAR,
        place=TestPlace.OFFICE, recorded_at=moment + timedelta(minutes=rng.randrange(5, 50)),
    )  # fmt: skip
    woman = person.sex == Sex.FEMALE
    row.collector, row.second_collector = rng.sample(WOMEN if woman else MEN, 2)
    row.collector_sex = row.second_sex = Sex.FEMALE if woman else Sex.MALE
    row.medicine = Medicine.METHADONE if rng.random() < 0.05 else Medicine.NONE
    return row


def _add_summaries(case: Case, worker: User, day: date, rng: Random) -> None:
    begun = max(day - YEAR, case.in_force_from or day)
    ended = [w for w in _windows(case, KIND, begun, day) if w.due_on < day]
    rows = [_summary(case, worker, w, rng) for w in ended if rng.random() < 0.93]
    with acting(worker):
        HalfYearSummary.objects.bulk_create(rows)
    settle([case.person_id], kind=KIND)


def _summary(case: Case, worker: User, window: DueItem, rng: Random) -> HalfYearSummary:
    told = max(window.due_on - timedelta(days=rng.randrange(1, 20)), window.opens_on)
    return HalfYearSummary(
        person_id=case.person_id, case=case, first=window.opens_on, last=window.due_on,
        figures=count_half_year(case, window.opens_on, window.due_on), told_on=told,
        progress_words=rng.choice(PROGRESS), difficulty_words=rng.choice(DIFFICULTIES),
        help_words=rng.choice(HELP), said_words=rng.choice(SAID), recorded_by=worker,
        recorded_at=datetime.combine(told, time(16, rng.randrange(60)), SHANGHAI),
        **place_ids(case),
    )  # fmt: skip
