"""What the tab of a person shows: the team by its five places, the plan, the lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apps.accounts.models import User
from apps.care.models import CareListEntry, CarePlan, CareReview, CareStep
from apps.care.rules import FIVE
from apps.care.services import may_take_off
from apps.cases.models import Case, TeamMember
from apps.cases.models.care_team import MemberKind
from apps.core.text import mark
from apps.persons.models import Assignment, Person


@dataclass
class Place:
    """One of the five: its words, and who is there."""

    label: str
    members: list[TeamMember]
    # The responsible worker stands in the team without being written down twice.
    worker: str = ""

    @property
    def is_taken(self) -> bool:
        return bool(self.members or self.worker)


@dataclass
class Team:
    case: Case | None
    members: list[TeamMember] = field(default_factory=list)
    worker: str = ""

    @property
    def lead(self) -> TeamMember | None:
        return next((one for one in self.members if one.is_lead), None)

    @property
    def places(self) -> list[Place]:
        found = []
        for kinds in FIVE:
            own = [one for one in self.members if one.kind in kinds]
            worker = self.worker if MemberKind.WORKER in kinds and not own else ""
            found.append(Place(" / ".join(str(kind.label) for kind in kinds), own, worker))
        return found

    @property
    def others(self) -> list[TeamMember]:
        five = {kind for kinds in FIVE for kind in kinds}
        return [one for one in self.members if one.kind not in five]

    @property
    def missing(self) -> str:
        return str(mark("list")).join(one.label for one in self.places if not one.is_taken)


@dataclass
class PlanPage:
    """A plan with its steps and reviews."""

    plan: CarePlan
    steps: list[CareStep]
    reviews: list[CareReview]
    day: date

    @property
    def standing(self) -> list[CareReview]:
        return [one for one in self.reviews if one.withdrawn_at is None]

    @property
    def next_review(self) -> date:
        return self.standing[0].next_on if self.standing else self.plan.review_on

    @property
    def asks(self) -> bool:
        """Days that have come are marked while the plan goes on, and of nobody who has died."""
        return self.plan.is_open and not self.plan.person.is_dead_by(self.day)

    @property
    def review_is_due(self) -> bool:
        return self.asks and self.next_review <= self.day

    @property
    def left(self) -> int:
        """Steps of which nobody has said how they ended."""
        return sum(1 for one in self.steps if not one.ended and one.withdrawn_at is None)


def team_of(person: Person, user: User, day: date) -> Team:
    """Of the order in force; three queries."""
    case = Case.objects.visible_to(user).filter(person=person).in_force_on(day).first()
    if case is None:
        return Team(None)
    rows = TeamMember.objects.visible_to(user).filter(case=case).there_on(day)
    running = Assignment.objects.filter(person=person).responsible().current_on(day)
    worker = running.select_related("worker").first()
    return Team(
        case, list(rows.order_by("-is_lead", "joined_on", "pk")),
        worker.worker.name if worker else "",
    )  # fmt: skip


def page_of(plan: CarePlan, user: User, day: date) -> PlanPage:
    """Two queries."""
    steps: Any = CareStep.objects.visible_to(user).filter(plan=plan)
    reviews: Any = CareReview.objects.visible_to(user).filter(plan=plan)
    return PlanPage(
        plan,
        list(steps.select_related("member", "need", "recorded_by").order_by("by_day", "pk")),
        list(reviews.select_related("recorded_by").order_by("-day", "-pk")),
        day,
    )


def entries_of(person: Person, user: User) -> Sequence[CareListEntry]:
    """On which lists the person stands, closed ones too, and from which the reader may take them
    off.
    """
    rows = CareListEntry.objects.visible_to(user).standing().filter(person=person)
    found: Any = rows.select_related("list__area").order_by("pk")
    for row in found:
        row.may_take_off = may_take_off(row, user)
    return list(found)
