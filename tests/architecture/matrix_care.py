"""Rows of the world of the matrix about care."""

from datetime import date
from functools import cached_property

from apps.accounts.models import User
from apps.care.models import CareList, CareListEntry, CarePlan, CareReview, CareStep
from apps.cases.models import Case
from apps.persons.models import Person
from tests.factories.care import care_list_of, cared_for, looked_at, planned, stepped

FIRST = date(2024, 3, 4)


class CareRows:
    """Made when an address names them."""

    person: Person
    case: Case
    by: User

    @cached_property
    def care_plan(self) -> CarePlan:
        return planned(self.person, by=self.by, day=FIRST)

    @cached_property
    def care_step(self) -> CareStep:
        return stepped(self.care_plan, by=self.by)

    @cached_property
    def care_review(self) -> CareReview:
        return looked_at(self.care_plan, by=self.by, day=date(2024, 4, 8))

    @cached_property
    def care_list(self) -> CareList:
        return care_list_of(by=self.by)

    @cached_property
    def care_entry(self) -> CareListEntry:
        self.case  # noqa: B018 - who stands on a list has an order
        return cared_for(self.care_list, self.person, by=self.by)
