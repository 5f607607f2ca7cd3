"""Plans as a worker makes them with a person, and lists as a supervisor opens them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.care.models import CareList, CareListEntry, CarePlan, CareReview, CareStep
from apps.care.services import add_person, add_step, open_list, open_plan, record_review
from apps.core.days import today
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import area


def planned(person: Person, *, by: User | None = None, **facts: Any) -> CarePlan:
    """Since ten days, with a review in twenty."""
    day = facts.get("day") or today() - timedelta(days=10)
    facts = {
        "client_uuid": uuid4(), "day": day, "goals": "想找份稳定的工作，多陪孩子",
        "review_on": day + timedelta(days=30),
    } | facts  # fmt: skip
    return open_plan(person=person, by=by or UserFactory(), **facts)


def stepped(plan: CarePlan, *, by: User | None = None, **facts: Any) -> CareStep:
    facts = {
        "client_uuid": uuid4(), "task": "联系镇人社所报名培训", "doer": "person",
        "by_day": plan.day + timedelta(days=20),
    } | facts  # fmt: skip
    return add_step(plan=plan, by=by or UserFactory(), **facts)


def looked_at(plan: CarePlan, *, by: User | None = None, **facts: Any) -> CareReview:
    day = facts.get("day") or today()
    facts = {
        "client_uuid": uuid4(), "day": day, "took_part": "本人、专干", "said": "比上个月好",
        "next_on": day + timedelta(days=30),
    } | facts  # fmt: skip
    return record_review(plan=plan, by=by or UserFactory(), **facts)


def care_list_of(*, by: User | None = None, **facts: Any) -> CareList:
    """In 嘉积镇, from ten days ago for half a year."""
    first = facts.get("first") or today() - timedelta(days=10)
    facts = {
        "client_uuid": uuid4(), "title": "关爱对象名单", "ground": "家庭有困难，需要一起想办法",
        "first": first, "last": first + timedelta(days=180), "area": area(),
    } | facts  # fmt: skip
    return open_list(by=by or UserFactory(town_supervisor=True), **facts)


def cared_for(
    found: CareList, person: Person, *, by: User | None = None, **facts: Any
) -> CareListEntry:
    facts = {"client_uuid": uuid4(), "reason": "一个人带孩子，收入少"} | facts
    return add_person(found=found, person=person, by=by or UserFactory(), **facts)
