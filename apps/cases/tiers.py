"""Which tier duties follow."""

from collections.abc import Collection
from datetime import date

from apps.cases.codes import Tier
from apps.cases.models import TierRecord
from apps.cases.rules import counted_tier, is_stale


def tiers_for_duties(person_ids: Collection[int], day: date) -> dict[int, Tier]:
    """Key of person to tier: the latest on the day, in one query. A ledger's word and one that has
    ended count as medium at most, none as medium.
    """
    latest = (
        TierRecord.objects.filter(person_id__in=person_ids, from_on__lte=day)
        .order_by("person_id", "-from_on", "-pk")
        .distinct("person_id")
        .values_list("person_id", "tier", "source", "valid_until")
    )
    found = {
        person_id: counted_tier(tier, source, ended=is_stale(source, until, day))
        for person_id, tier, source, until in latest
    }
    return {person_id: found.get(person_id, Tier.MEDIUM) for person_id in person_ids}
