"""What another number would do: the lines of Today with the last days as they would be.

Nothing is written. The ends come from the function that the change itself uses, the lines from
the question that Today asks; a test holds that the real change comes to the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import ngettext

from apps.assessments.models import ValidityRule
from apps.assessments.today import assess_heads, persons_to_assess
from apps.assessments.validity import begins_on, changed_ends
from apps.core.days import today
from apps.core.text import day_text
from apps.persons.models import Person
from apps.schedule.due_lines import LATE
from apps.schedule.rules import ONE_DAY


@dataclass(slots=True)
class ValiditySums:
    """Persons overdue for an assessment on the day, and those whose ends in the next 30 days."""

    overdue: int = 0
    ending: int = 0


@dataclass(slots=True)
class ValidityEffect:
    """From the first day on which the rule can change anything."""

    day: date
    earlier: int = 0
    later: int = 0
    told: int = 0
    before: ValiditySums = field(default_factory=ValiditySums)
    after: ValiditySums = field(default_factory=ValiditySums)

    @property
    def more_overdue(self) -> int:
        return self.after.overdue - self.before.overdue

    @property
    def words(self) -> str:
        more = self.more_overdue
        facts = {"n": f"{abs(more):,}", "day": day_text(self.day)}
        if self.day > today() + ONE_DAY:
            return _on_the_day(more) % facts
        if more < 0:
            return ngettext(
                "%(n)s person fewer would be overdue for an assessment tomorrow",
                "%(n)s persons fewer would be overdue for an assessment tomorrow",
                -more,
            ) % facts  # fmt: skip
        return ngettext(
            "%(n)s more person would be overdue for an assessment tomorrow",
            "%(n)s more persons would be overdue for an assessment tomorrow",
            more,
        ) % facts  # fmt: skip


def _on_the_day(more: int) -> str:
    if more < 0:
        return ngettext(
            "%(n)s person fewer would be overdue for an assessment on %(day)s",
            "%(n)s persons fewer would be overdue for an assessment on %(day)s",
            -more,
        )
    return ngettext(
        "%(n)s more person would be overdue for an assessment on %(day)s",
        "%(n)s more persons would be overdue for an assessment on %(day)s",
        more,
    )


def simulate(rule: ValidityRule) -> ValidityEffect:
    """`rule` is not saved."""
    found, day = changed_ends(rule), begins_on(rule)
    return ValidityEffect(
        day=day,
        earlier=sum(end.will_be < end.was for end in found),
        later=sum(end.will_be > end.was for end in found),
        told=sum(end.told for end in found),
        before=sums_on(day),
        after=sums_on(day, {end.person_id: end.will_be for end in found}),
    )


def sums_on(day: date, ends: Mapping[int, date] | None = None) -> ValiditySums:
    """Of the whole office: a rule of a part moves nobody else."""
    heads = assess_heads(persons_to_assess(Person.objects, day, ends), day)
    return ValiditySums(
        overdue=sum(head.state == LATE for head in heads),
        ending=sum(head.reason == "soon" for head in heads),
    )
