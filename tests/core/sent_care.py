"""Pages of care that may be sent twice."""

from datetime import date
from functools import cached_property
from typing import Any

from apps.accounts.models import User
from apps.care import forms
from apps.care.models import CareList, CareListEntry, CarePlan, CareReview, CareStep
from apps.persons.models import Person
from tests.factories.areas import JIAJI
from tests.factories.care import care_list_of, planned

FIRST = date(2024, 9, 2)


class CareOffice:
    users: list[User]
    strangers: Any  # cached_property of the office: two persons

    @cached_property
    def care_plans(self) -> list[CarePlan]:
        persons: list[Person] = self.strangers
        return [planned(person, by=self.users[0], day=FIRST) for person in persons]

    @cached_property
    def care_list(self) -> CareList:
        return care_list_of(by=self.users[0], first=FIRST)


# Arguments of `sent_pages.Page`.
CARE_PAGES: list[dict[str, Any]] = [
    {
        "shape": forms.CarePlanForm, "model": CarePlan, "url": "care:new", "words": "goals",
        "fresh": None, "data": {"day": "2024-09-05", "review_on": "2024-10-05"},
    },
    {
        "shape": forms.CareStepForm, "model": CareStep, "url": "care:step", "words": "task",
        "args": lambda office, n: [office.care_plans[n].public_id],
        "data": {"doer": "person", "by_day": "2024-09-20"},
    },
    {
        "shape": forms.CareReviewForm, "model": CareReview, "url": "care:review", "words": "said",
        "args": lambda office, n: [office.care_plans[n].public_id],
        "data": {"day": "2024-09-05", "took_part": "本人和专干", "next_on": "2024-10-05"},
        "fresh": {"day": "2024-09-04"},
    },
    {
        "shape": forms.CareListForm, "model": CareList, "url": "care:new-list", "words": "ground",
        "args": lambda _office, _n: [], "has_target": False, "fresh": {"first": "2024-09-06"},
        "data": {"area": JIAJI, "title": "关爱对象名单", "first": "2024-09-05",
                 "last": "2024-12-31"},
    },
    {
        "shape": forms.AddToCareListForm, "model": CareListEntry, "url": "care:add",
        "words": "reason", "args": lambda office, _n: [office.care_list.public_id], "fresh": None,
        "data": {},
        "more": lambda office, n: {"who": office.cases[n].person.file_number},
    },
]  # fmt: skip
