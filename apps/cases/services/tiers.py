"""The tier: decided by a person, or a word from a ledger."""

from collections.abc import Mapping
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.cases.codes import Tier, TierSource
from apps.cases.listeners import notify_cases_changed
from apps.cases.models import Case, TierRecord
from apps.cases.rules import tier_valid_until
from apps.core.days import today
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.persons.models import Person

# Thousands at once: a fifth of the time of an expression for each.
MOVE_LAST_DAYS = """
UPDATE cases_tierrecord t SET valid_until = n.valid_until
FROM unnest(%s::bigint[], %s::date[]) AS n(id, valid_until)
WHERE t.id = n.id
"""


@transaction.atomic
def set_tier(
    *,
    person: Person,
    tier: str,
    source: str,
    by: User,
    on: date,
    reason: str = "",
    case: Case | None = None,
    valid_until: date | None = None,
    decided_elsewhere: bool = False,
) -> TierRecord:
    """A tier from a day on. An assessed one needs its reason; high needs a supervisor.

    The person is told tier and reason and may object (PIPL arts. 24, 48). `decided_elsewhere`: a
    ledger of assessments says how an office has decided; the account only brings it in.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if on > today():
        raise Refused(_("The day lies in the future."))
    assessed = source == TierSource.ASSESSED
    latest = person.tiers.order_by("-from_on", "-pk").first()
    if assessed:
        _refuse_unfounded(latest, tier, by, on, reason, decided_elsewhere=decided_elsewhere)
        valid_until = valid_until or tier_valid_until(tier, on)
    if latest and _says(latest, tier, source, by if assessed else None, on, reason.strip()):
        return latest
    record = TierRecord(
        person=person,
        case=case,
        tier=tier,
        source=source,
        from_on=on,
        valid_until=valid_until if assessed else None,
        reason=reason.strip(),
        decided_by=by if assessed else None,
        **place_ids(person),
    )
    with acting(by, reason):
        save_or_refuse(record)
    notify_cases_changed(list(person.cases.open_on(on).values_list("pk", flat=True)))
    return record


@transaction.atomic
def move_last_days(*, ends: Mapping[int, date], by: User, reason: str) -> None:
    """The last days of assessed tiers, by record, where an office has set another number.

    Duties follow: only high ends with its assessment.
    """
    with acting(by, reason), connection.cursor() as cursor:
        cursor.execute(MOVE_LAST_DAYS, [list(ends), list(ends.values())])
    high = TierRecord.objects.filter(pk__in=ends, tier=Tier.HIGH).values("person_id")
    cases = Case.objects.filter(person_id__in=high).open_on(today())
    notify_cases_changed(list(cases.order_by("pk").values_list("pk", flat=True)))


def _says(
    latest: TierRecord, tier: str, source: str, decider: User | None, on: date, reason: str
) -> bool:
    """The same tap again: the latest record says it already."""
    said = (latest.tier, latest.source, latest.decided_by_id, latest.from_on, latest.reason)
    return said == (tier, source, decider.pk if decider else None, on, reason)


def _refuse_unfounded(
    latest: TierRecord | None,
    tier: str,
    by: User,
    on: date,
    reason: str,
    *,
    decided_elsewhere: bool,
) -> None:
    if not is_reason(reason):
        raise Refused(
            _("A risk level is decided for a reason, and the person is notified of it: enter it.")
        )
    upgraded = tier == Tier.HIGH and (
        latest is None or latest.tier != Tier.HIGH or latest.is_stale_on(on)
    )
    if upgraded and not decided_elsewhere and not by.may(Permission.CASE_ASSIGN):
        raise Refused(
            _("A supervisor decides on the high risk level. Ask your supervisor to set it.")
        )
