"""Persons with an order in force and the windows that follow from it."""

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django.utils import timezone

from apps.accounts.models import User
from apps.areas.models import Area, place_ids
from apps.cases.models import Case, RiskLevelRecord
from apps.checkins.answers import CheckInResult
from apps.checkins.models import CheckIn
from apps.checkins.services import log_checkin
from apps.core.days import SHANGHAI
from apps.schedule.models import DueItem, PlanRule
from apps.schedule.rules import Every
from apps.schedule.services import cases_under, replan, set_plan
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.persons import AssignmentFactory

FRIDAY = date(2024, 3, 1)  # the report of every case of CaseFactory


def at(day: date, clock: str = "10:00") -> datetime:
    """A moment in Shanghai; the usual hour of a day that is not so far yet is now."""
    moment = datetime.combine(day, time.fromisoformat(clock), SHANGHAI)
    now = timezone.localtime(timezone=SHANGHAI)
    early = clock == "10:00" and moment > now and day == now.date()
    return now if early else moment


def case_of(worker: User, **facts: Any) -> Case:
    """An order in force, of a person in the worker's caseload."""
    case: Case = CaseFactory(**facts)
    AssignmentFactory(person=case.person, worker=worker)
    return case


def looked_at(case: Case) -> Case:
    """Assessed for years to come: no line of Today asks for it."""
    RiskLevelRecord.objects.create(
        person=case.person, risk_level="medium", source="assessed", from_on=date(2024, 3, 1),
        valid_until=date(2034, 3, 1), decided_by=User.objects.system(), **place_ids(case),
    )  # fmt: skip
    return case


def seen(
    case: Case, day: date, clock: str = "10:00", *, by: User | None = None, **facts: Any
) -> CheckInResult:
    """The person was seen on the day."""
    facts = {"client_uuid": uuid4(), "method": "in_person"} | facts
    return log_checkin(
        person=case.person, by=by or UserFactory(), occurred_at=at(day, clock), **facts
    )


def windows_of(case: Case) -> list[DueItem]:
    return list(DueItem.objects.filter(case=case).order_by("opens_on"))


def outcomes_of(case: Case, count: int) -> list[str]:
    """Outcomes of the first windows."""
    return [item.outcome for item in windows_of(case)[:count]]


def plan(every: str, area: Area | None = None, **facts: Any) -> PlanRule:
    """Another rule, and the windows that follow."""
    facts = {"kind": "checkin", "from_day": date(2008, 6, 2), "by": User.objects.system()} | facts
    rule = set_plan(area=area, every=Every.parse(every), **facts)
    replan(cases_under(rule), from_day=rule.effective_from)
    return rule


def stored(result: CheckInResult) -> CheckIn:
    """The row as it is in the database now."""
    return CheckIn.objects.get(pk=result.checkin.pk)
