"""Which risk level duties follow."""

from collections.abc import Collection
from datetime import date

from apps.cases.codes import RiskLevel
from apps.cases.models import RiskLevelRecord
from apps.cases.rules import counted_level, is_stale


def levels_for_duties(person_ids: Collection[int], day: date) -> dict[int, RiskLevel]:
    """Key of person to risk level: the latest on the day, in one query. A ledger's word and one
    that has ended count as medium at most, none as medium.
    """
    latest = (
        RiskLevelRecord.objects.filter(person_id__in=person_ids, from_on__lte=day)
        .order_by("person_id", "-from_on", "-pk")
        .distinct("person_id")
        .values_list("person_id", "risk_level", "source", "valid_until")
    )
    found = {
        person_id: counted_level(risk_level, source, ended=is_stale(source, until, day))
        for person_id, risk_level, source, until in latest
    }
    return {person_id: found.get(person_id, RiskLevel.MEDIUM) for person_id in person_ids}
