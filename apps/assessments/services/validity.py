"""For how long an assessment speaks on a day."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.assessments.models import ValidityRule
from apps.audit.acting import acting
from apps.cases.codes import Tier
from apps.cases.rules import TIER_MONTHS
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.persons.models import Person
from apps.schedule.rules import year_of_term


def months_valid(person: Person, tier: str, day: date) -> int:
    """The number that holds for the person on the day; high 3, medium 6, low 12 where nobody set
    another.
    """
    rows = ValidityRule.objects.filter(tier=tier, effective_from__lte=day).select_related("area")
    case = person.cases.in_force_on(day).order_by("pk").first()
    year = year_of_term(case.reported_on, day) if case and case.reported_on else None
    measure, unit = case.measure if case else "", person.village or person.town or person.county
    fitting = [
        row
        for row in rows.order_by("pk")
        if row.measure in ("", measure)
        and row.year_of_term in (None, year)
        and (row.area is None or row.area.contains(unit))
    ]
    best = max(fitting, key=_rank, default=None)
    return best.months if best else TIER_MONTHS[Tier(tier)]


def _rank(row: ValidityRule) -> tuple[int, bool, bool, date]:
    level = len(row.area.code) if row.area else 0
    return level, bool(row.measure), row.year_of_term is not None, row.effective_from


@transaction.atomic
def set_validity(
    *, tier: str, months: int, effective_from: date, basis: str, by: User, **narrower: Any
) -> ValidityRule:
    """Another number from a day on; assessments made before keep theirs.

    `narrower`: measure, year_of_term, area.
    """
    if not basis.strip():
        raise Refused(_("Name the paper that sets the number."), field="basis")
    row = ValidityRule(
        tier=tier, months=months, effective_from=effective_from, basis=basis.strip(),
        recorded_by=by, **narrower,
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row
