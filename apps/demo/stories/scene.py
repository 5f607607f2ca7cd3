"""Who takes part in a story, and the days it is told on."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from apps.accounts.models import User
from apps.approvals.models import Proposal
from apps.approvals.services import approve, reject
from apps.areas.models import Area
from apps.cases.models import Case
from apps.demo.clock import on_day
from apps.persons.models import Person


@dataclass(frozen=True)
class Scene:
    """`chief` is the supervisor of the worker's town; `other` a town that hands over or takes."""

    day: date
    sequence: int
    person: Person
    case: Case
    worker: User
    chief: User
    other: User
    rng: Random

    def back(self, days: int) -> date:
        """So many days before the day of the demo, never before the order was in force."""
        return max(self.day - timedelta(days=days), self.case.in_force_from or self.day)

    def uuid(self, what: str) -> UUID:
        """The same in every run of the same demo."""
        return uuid5(NAMESPACE_URL, f"homeward-demo-{what}-{self.sequence}")

    @property
    def other_town(self) -> Area:
        area = self.other.area
        assert area is not None  # noqa: S101 (every supervisor of the demo has one)
        return area


def decide(subject: UUID, by: User, on: date, *, no: str = "", why: str = "") -> None:
    """The supervisor's answer to what waits for it: yes, or no with the reason."""
    waiting = Proposal.objects.filter(subject=subject, decision="").get()
    with on_day(on, 16):
        if no:
            reject(proposal=waiting, by=by, reason=no)
        else:
            approve(proposal=waiting, by=by, reason=why)
