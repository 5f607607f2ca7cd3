"""For how long an assessment speaks on a day."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.assessments.models import ValidityRule
from apps.audit.acting import acting
from apps.cases.codes import Tier
from apps.cases.rules import TIER_MONTHS
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse


def months_valid(tier: str, day: date) -> int:
    """The number that holds on the day; high 3, medium 6, low 12 where nobody set another."""
    rows = ValidityRule.objects.filter(tier=tier, effective_from__lte=day)
    found = rows.order_by("-effective_from").values_list("months", flat=True).first()
    return int(found) if found is not None else TIER_MONTHS[Tier(tier)]


@transaction.atomic
def set_validity(
    *, tier: str, months: int, effective_from: date, basis: str, by: User
) -> ValidityRule:
    """Another number from a day on; assessments made before keep theirs."""
    if not basis.strip():
        raise Refused(_("Name the paper that sets the number."), field="basis")
    row = ValidityRule(
        tier=tier, months=months, effective_from=effective_from, basis=basis.strip(),
        recorded_by=by,
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row
