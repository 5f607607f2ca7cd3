"""Assessments with the whole form, two rounds of them, and the marks that mean help."""

from datetime import date, timedelta
from random import Random
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from apps.accounts.models import User
from apps.areas.models import Area
from apps.assessments.codes import FlagKind, Standing, ToldHow
from apps.assessments.factors import FACTORS
from apps.assessments.models import Assessment
from apps.assessments.services import end_flag, open_round, record_assessment, record_told, set_flag
from apps.cases.codes import RiskLevel
from apps.demo.clock import on_day
from apps.demo.stories.scene import decide
from apps.persons.codes import Household
from apps.persons.models import Person

# The round that runs on the day of the demo, and the one before: first day, last day.
NOW: Final = (timedelta(days=-18), timedelta(days=12))
BEFORE: Final = (timedelta(days=-200), timedelta(days=-172))
ASSESSED: Final = {NOW: 0.68, BEFORE: 0.9}

# Answers that differ from the first of each factor, which weighs nothing.
ANSWERS: Final[dict[str, dict[str, str]]] = {
    RiskLevel.LOW: {"earlier": "once", "job": "odd"},
    RiskLevel.MEDIUM: {
        "last_use": "year", "earlier": "several", "job": "none", "income": "hardship",
        "motivation": "unsure",
    },
    RiskLevel.HIGH: {
        "last_use": "recent", "tests": "refused", "agreement": "gaps", "job": "none",
        "income": "hardship", "circle": "mixed", "mind": "strained",
    },
}  # fmt: skip
PROTECTS: Final = {
    RiskLevel.LOW: ["job", "family", "home", "contact"],
    RiskLevel.MEDIUM: ["family", "home"],
    RiskLevel.HIGH: ["family"],
}
REASONS: Final = {
    RiskLevel.LOW: "有工作，家人支持，近一年检测均为阴性，按低频次联系",
    RiskLevel.MEDIUM: "没有固定工作，家庭支持一般，按中等频次联系",
    RiskLevel.HIGH: "近三个月内有使用情况且交往环境未改变，需加强联系和帮助",
}
WORDS: Final = {"job": "在镇上打零工，每月做十几天", "family": "与父母同住，关系融洽"}


def assess(person: Person, by: User, on: date, risk_level: str) -> Assessment:
    """The form filled in as somebody of this risk level would be found."""
    answers = {code: factor.answers[0].code for code, factor in FACTORS.items()} | ANSWERS[
        risk_level
    ]
    return record_assessment(
        person=person, by=by, on=on, answers=answers, protects=PROTECTS[RiskLevel(risk_level)],
        risk_level=risk_level, reason=REASONS[RiskLevel(risk_level)], words=WORDS,
        client_uuid=uuid5(NAMESPACE_URL, f"homeward-demo-{person.public_id}-{on}"),
    )  # fmt: skip


def assess_in_rounds(
    person: Person, worker: User, chief: User, day: date, since: date, rng: Random
) -> None:
    """Most are assessed in each round that finds them under an order; high is approved."""
    risk_level = rng.choices((RiskLevel.HIGH, RiskLevel.MEDIUM, RiskLevel.LOW), (12, 46, 42))[0]
    for days, share in sorted(ASSESSED.items(), key=lambda item: item[0]):
        first, last = (day + days[0], min(day + days[1], day - timedelta(days=1)))
        on = first + timedelta(days=rng.randrange((last - first).days - 2))
        if rng.random() < share and since <= first:
            _assess_and_tell(person, worker, chief, on, risk_level, rng)
        risk_level = rng.choices((risk_level, RiskLevel.MEDIUM, RiskLevel.LOW), (60, 20, 20))[0]


def _assess_and_tell(
    person: Person, worker: User, chief: User, on: date, risk_level: RiskLevel, rng: Random
) -> None:
    with on_day(on, 11):
        row = assess(person, worker, on, risk_level)
    if row.standing == Standing.WAITING:
        decide(row.public_id, chief, on + timedelta(days=1), why="与会商意见一致")
        row.refresh_from_db()
    if rng.random() < 0.75:
        told = on + timedelta(days=rng.randrange(1, 3))
        with on_day(told, 15):
            record_told(
                assessment=row,
                by=worker,
                on=told,
                how=rng.choice((ToldHow.TALK, ToldHow.PAPER, ToldHow.PHONE)),
            )


def open_rounds(county: Area, by: User, day: date) -> None:
    """The list of a round is drawn up on its first day."""
    for (first, last), name in ((BEFORE, "年中风险评估"), (NOW, "本期排查评估")):
        with on_day(day + first, 9):
            open_round(
                area=county, by=by, title=f"{(day + first).year}年{name}", first=day + first,
                last=day + last,
            )  # fmt: skip


def mark_help(person: Person, worker: User, day: date, rng: Random) -> None:
    """What the file says, as marks; some no longer hold."""
    age = (day - person.born_on).days // 365 if person.born_on else 0
    kinds = [
        kind
        for kind, holds in (
            (FlagKind.POOR, person.on_allowance), (FlagKind.OLD, age >= 60),
            (FlagKind.ALONE, person.household == Household.ALONE and rng.random() < 0.6),
            (FlagKind.ILL, rng.random() < 0.05), (FlagKind.METHADONE, rng.random() < 0.03),
            (FlagKind.CARER, rng.random() < 0.04), (FlagKind.SELF_HARM, rng.random() < 0.01),
        )
        if holds
    ]  # fmt: skip
    since = day - timedelta(days=rng.randrange(20, 300))
    for kind in kinds:
        flag = set_flag(person=person, by=worker, kind=kind, since=since)
        if rng.random() < 0.1:
            end_flag(flag=flag, by=worker, on=since + timedelta(days=15))
