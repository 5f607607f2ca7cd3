"""Facts of many cases that their plans depend on, in four queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from apps.areas.models import Area
from apps.cases.models import Case, TierRecord
from apps.cases.rules import counted_tier
from apps.schedule.plans import CaseFacts

Tiers = dict[int, tuple[tuple[date, str], ...]]


def facts_of(case_ids: Sequence[int]) -> list[CaseFacts]:
    """Cases that are or were in force; others have no windows."""
    cases = list(
        Case.objects.filter(pk__in=case_ids, in_force_from__isnull=False)
        .exclude(reported_on=None)
        .only(
            "person_id",
            "measure",
            "reported_on",
            "in_force_from",
            "duties_end_on",
            "county_id",
            "town_id",
            "village_id",
        )
        .order_by("pk")
    )
    tiers = tiers_of({case.person_id for case in cases})
    codes = _codes({_unit(case) for case in cases})
    return [
        CaseFacts(
            case_id=case.pk,
            person_id=case.person_id,
            measure=case.measure,
            reported_on=case.reported_on,
            in_force_from=case.in_force_from,
            duties_end_on=case.duties_end_on,
            place=codes[_unit(case)],
            tiers=tiers.get(case.person_id, ()),
        )
        for case in cases
    ]


def tiers_of(person_ids: Iterable[int]) -> Tiers:
    """From which day on duties follow which tier; of two of one day the later record counts."""
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    rows = TierRecord.objects.filter(person_id__in=person_ids).order_by("from_on", "pk")
    for person_id, since, tier, source in rows.values_list(
        "person_id", "from_on", "tier", "source"
    ):
        found[person_id].append((since, counted_tier(tier, source)))
    return {person_id: tuple(tiers) for person_id, tiers in found.items()}


def _unit(case: Case) -> int:
    return case.village_id or case.town_id or case.county_id


def _codes(area_ids: set[int]) -> dict[int, tuple[str, ...]]:
    """The unit's code and, of a merged one, that of the unit which exists today."""
    rows = Area.objects.filter(pk__in=area_ids).values_list("pk", "code", "merged_into__code")
    return {pk: (code, successor) if successor else (code,) for pk, code, successor in rows}
