"""Rows of the world of the matrix about work and training."""

from datetime import date
from functools import cached_property

from apps.accounts.models import User
from apps.employment.models import Base, Course, Enrolment, Look, Placement
from apps.employment.services import end_placement
from apps.persons.models import Person
from tests.factories.employment import base_of, course_of, enrolled, looked, placed

FIRST = date(2024, 3, 4)


class EmploymentRows:
    """Made when an address names them."""

    person: Person
    by: User

    @cached_property
    def placement(self) -> Placement:
        return placed(self.person, by=self.by, starts_on=FIRST, consent_on=FIRST)

    @cached_property
    def ended_placement(self) -> Placement:
        first = date(2023, 3, 6)
        row = placed(self.person, by=self.by, starts_on=first, consent_on=first)
        return end_placement(placement=row, by=self.by, on=date(2023, 9, 1), reason="contract")

    @cached_property
    def placement_look(self) -> Look:
        return looked(self.placement, by=self.by, day=date(2024, 4, 8))

    @cached_property
    def work_base(self) -> Base:
        return base_of(by=self.by)

    @cached_property
    def course(self) -> Course:
        return course_of(by=self.by, first=FIRST)

    @cached_property
    def enrolment(self) -> Enrolment:
        return enrolled(self.course, self.person, by=self.by)
