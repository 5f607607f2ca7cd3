"""Pages of work, training and counselling that may be sent twice."""

from datetime import date
from functools import cached_property
from typing import Any

from apps.accounts.models import User
from apps.counselling.forms import SessionForm
from apps.counselling.models import Session
from apps.employment import forms
from apps.employment.models import Base, Course, Enrolment, Look, Placement
from apps.persons.models import Person
from tests.factories.areas import JIAJI
from tests.factories.employment import course_of, placed

FIRST = date(2024, 9, 2)


class WorkOffice:
    users: list[User]
    strangers: Any  # cached_property of the office: two persons

    @cached_property
    def course(self) -> Course:
        return course_of(by=self.users[0], first=FIRST)

    @cached_property
    def placements(self) -> list[Placement]:
        persons: list[Person] = self.strangers
        return [
            placed(person, by=self.users[0], starts_on=FIRST, consent_on=FIRST)
            for person in persons
        ]


# Arguments of `sent_pages.Page`.
WORK_PAGES: list[dict[str, Any]] = [
    {
        "shape": forms.PlacementForm, "model": Placement, "url": "employment:place",
        "words": "employer", "fresh": {"starts_on": "2024-09-04"},
        "data": {"kind": "company", "starts_on": "2024-09-05", "voluntary": "yes",
                 "consent_how": "said", "consent_on": "2024-09-03"},
    },
    {
        "shape": forms.LookForm, "model": Look, "url": "employment:look", "words": "words",
        "args": lambda office, n: [office.placements[n].public_id],
        "data": {"day": "2024-09-05", "still": "yes"}, "fresh": {"day": "2024-09-04"},
    },
    {
        "shape": forms.BaseForm, "model": Base, "url": "employment:new-base", "words": "name",
        "args": lambda _office, _n: [], "has_target": False, "fresh": {"name": "康复农场"},
        "data": {"area": JIAJI, "name": "嘉积康复产业园", "places": "9"},
    },
    {
        "shape": forms.CourseForm, "model": Course, "url": "employment:new-course",
        "words": "provider", "args": lambda _office, _n: [], "has_target": False,
        "fresh": {"title": "厨师"},
        "data": {"area": JIAJI, "title": "电工", "first": "2024-09-05"},
    },
    {
        "shape": SessionForm, "model": Session, "url": "counselling:create",
        "words": "counsellor_body", "fresh": {"occurred_at": "2024-09-04T09:30"},
        "data": {"kind": "person", "occurred_at": "2024-09-05T09:30", "counsellor": "other",
                 "asked": "on", "theme": "sleep", "words": "夜里睡不好"},
    },
    {
        "shape": forms.EnrolForm, "model": Enrolment, "url": "employment:enrol", "words": "words",
        "fresh": None, "data": {"enrolled_on": "2024-09-05"},
        "more": lambda office, _n: {"course": office.course.pk},
    },
]  # fmt: skip
