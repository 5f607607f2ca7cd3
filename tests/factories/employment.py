"""Work and training as a worker records them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.core.days import today
from apps.employment.models import Base, Course, Enrolment, Look, Placement
from apps.employment.services import enrol, note_look, open_base, open_course, open_placement
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import area


def placed(person: Person, *, by: User | None = None, days: int = 40, **facts: Any) -> Placement:
    """In a company since forty days, of the person's own will."""
    first = today() - timedelta(days=days)
    facts = {
        "client_uuid": uuid4(), "kind": "company", "starts_on": first, "voluntary": "yes",
        "consent_how": "said", "consent_on": first, "employer": "潭门水产",
    } | facts  # fmt: skip
    return open_placement(person=person, by=by or UserFactory(), **facts)


def looked(placement: Placement, *, by: User | None = None, **facts: Any) -> Look:
    facts = {"client_uuid": uuid4(), "day": today(), "still": "yes"} | facts
    return note_look(placement=placement, by=by or UserFactory(), **facts)


def base_of(places: int = 2, *, by: User | None = None, **facts: Any) -> Base:
    facts = {"client_uuid": uuid4(), "name": "嘉积康复产业园", "area": area()} | facts
    return open_base(by=by or UserFactory(town_supervisor=True), places=places, **facts)


def course_of(*, by: User | None = None, days: int = 60, **facts: Any) -> Course:
    """Of electricians, begun sixty days ago."""
    facts = {
        "client_uuid": uuid4(), "title": "电工", "area": area(),
        "first": today() - timedelta(days=days),
    } | facts  # fmt: skip
    return open_course(by=by or UserFactory(town_supervisor=True), **facts)


def enrolled(course: Course, person: Person, *, by: User | None = None, **facts: Any) -> Enrolment:
    facts = {"client_uuid": uuid4(), "enrolled_on": course.first} | facts
    return enrol(course=course, person=person, by=by or UserFactory(), **facts)
