"""Take away a plan that has not begun: it never held, and those it would have ended go on.

The row stays with its reason, for whoever asks what was planned; the book of rules has it no more.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.audit.acting import acting
from apps.core.days import today
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.schedule.models import PlanRule
from apps.schedule.plan_templates import is_of_a_plan
from apps.schedule.rules import ONE_DAY

# Of the same persons, whatever their risk level and year.
SAME_PERSONS = ("kind", "area_id", "measure", "term_years")
SAME = (*SAME_PERSONS, "risk_level", "year_of_term", "half_of_year")


@transaction.atomic
def remove_plan(*, rule: PlanRule, by: User, reason: str) -> PlanRule:
    """The rule, or the whole plan of tests that it is part of. Its windows are laid out anew as
    they are for a new rule: see `go_on_laying_out`.
    """
    if not is_reason(reason):
        raise Refused(_("Say why the plan is removed."), field="reason")
    rows = PlanRule.with_removed.select_for_update(of=("self",))
    locked = {one.pk: one for one in rows.filter(kind=rule.kind).order_by("pk")}
    current = locked[rule.pk]
    if current.removed_at is not None:
        raise Refused(_("This rule was removed already."))
    if current.effective_from <= today():
        raise Refused(_("This rule has begun: a rule that follows ends it."))
    now = timezone.now()
    gone = [locked[one.pk] for one in together(current)]
    with acting(by, reason.strip()):
        for one in gone:
            one.removed_at, one.removed_by, one.removed_reason = now, by, reason.strip()
            # One of them is enough: they have one duty, area, measure and day.
            one.laid_out_to = 0 if one.pk == current.pk else None
            one.save(update_fields=["removed_at", "removed_by", "removed_reason", "laid_out_to"])
        for before in ended_by(gone):
            before.effective_to = _own_end(before)
            before.save(update_fields=["effective_to"])
    return current


def together(rule: PlanRule) -> QuerySet[PlanRule]:
    """All rules that were set in one act: of a plan of tests its parts, else the rule alone."""
    if not is_of_a_plan(rule):
        return PlanRule.objects.filter(pk=rule.pk)
    facts = {name: getattr(rule, name) for name in (*SAME_PERSONS, "effective_from", "basis")}
    return PlanRule.objects.filter(**facts).order_by("pk")


def ended_by(gone: Iterable[PlanRule]) -> list[PlanRule]:
    """Rules that end on the day before, because one of these was to follow them."""
    found: dict[int, PlanRule] = {}
    for rule in gone:
        names = SAME_PERSONS if is_of_a_plan(rule) else SAME
        facts = {name: getattr(rule, name) for name in names}
        last = rule.effective_from - ONE_DAY
        for before in PlanRule.objects.filter(**facts, effective_to=last).order_by("pk"):
            found[before.pk] = before
    return list(found.values())


def _own_end(rule: PlanRule) -> date | None:
    """Its last day as it was before, and never beyond a rule for the same that follows."""
    facts = {name: getattr(rule, name) for name in SAME}
    later = PlanRule.objects.filter(**facts, effective_from__gt=rule.effective_from)
    following = later.aggregate(first=Min("effective_from"))["first"]
    ends = [_end_before(rule), following and following - ONE_DAY]
    return min((end for end in ends if end), default=None)


def _end_before(rule: PlanRule) -> date | None:
    """From its history; a rule that was written with this end keeps it."""
    events = rule.events.order_by("-pgh_id")  # type: ignore[attr-defined]
    other = events.exclude(effective_to=rule.effective_to).first()
    if other is not None:
        return other.effective_to  # type: ignore[no-any-return]
    return rule.effective_to if events.filter(pgh_label="insert").exists() else None
