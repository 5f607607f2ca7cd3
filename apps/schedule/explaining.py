"""Why a line is here: what its date is counted from."""

from datetime import date

from apps.cases.tiers import tiers_for_duties
from apps.schedule.facts import facts_of
from apps.schedule.lines import DueLine
from apps.schedule.models import DueItem
from apps.schedule.plans import PlanBook
from apps.schedule.words import Why, why


def series_start(item: DueItem) -> date:
    """The day on which the windows of this rule began: the report, or a change of rule."""
    [facts] = facts_of([item.case_id])
    start = facts.reported_on
    before: int | None = None
    for stretch in PlanBook.load(item.kind).stretches(facts, item.opens_on):
        if stretch.rule_id != before:
            start, before = stretch.starts_on, stretch.rule_id
    return start


def why_of(line: DueLine) -> Why:
    """Rule, arithmetic and paper of a line."""
    [tier] = tiers_for_duties([line.person.pk], line.day).values()
    return why(line, series_start(line.item), tier)
