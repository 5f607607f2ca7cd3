"""Answers as a worker gives them."""

from datetime import date
from typing import Any

from apps.accounts.models import User
from apps.assessments.factors import FACTORS
from apps.assessments.models import Assessment
from apps.assessments.services import record_assessment
from apps.persons.models import Person

# Of every factor the answer that weighs nothing.
QUIET = {
    code: next(answer.code for answer in factor.answers if not answer.weight)
    for code, factor in FACTORS.items()
}


def assessed(person: Person, by: User, on: date, **facts: Any) -> Assessment:
    """An assessment of the day; answers that weigh are given as `answers`."""
    answers = QUIET | facts.pop("answers", {})
    given = {"protects": ["job"], "risk_level": "low", "reason": "工作稳定,家人支持"} | facts
    return record_assessment(person=person, by=by, on=on, answers=answers, **given)
