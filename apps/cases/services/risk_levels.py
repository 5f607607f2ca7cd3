"""The risk level: decided by a person, or a word from a ledger."""

from collections.abc import Mapping
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.cases.codes import LevelSource, RiskLevel
from apps.cases.listeners import notify_cases_changed
from apps.cases.models import Case, RiskLevelRecord
from apps.cases.rules import level_valid_until
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
def set_risk_level(
    *,
    person: Person,
    risk_level: str,
    source: str,
    by: User,
    on: date,
    reason: str = "",
    case: Case | None = None,
    valid_until: date | None = None,
    decided_elsewhere: bool = False,
) -> RiskLevelRecord:
    """A risk level from a day on. An assessed one needs its reason; high needs a supervisor.

    The person is notified of level and reason and may object (PIPL arts. 24, 48).
    `decided_elsewhere`: a ledger of assessments says how an office has decided; the account only
    brings it in.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if on > today():
        raise Refused(_("The day lies in the future."))
    assessed = source == LevelSource.ASSESSED
    latest = person.risk_levels.order_by("-from_on", "-pk").first()
    if assessed:
        _refuse_unfounded(latest, risk_level, by, on, reason, decided_elsewhere=decided_elsewhere)
        valid_until = valid_until or level_valid_until(risk_level, on)
    if latest and _says(latest, risk_level, source, by if assessed else None, on, reason.strip()):
        return latest
    record = RiskLevelRecord(
        person=person,
        case=case,
        risk_level=risk_level,
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
def bring_in_levels(*, levels: Mapping[Person, str], by: User, on: date) -> None:
    """Words of a ledger for persons who have no level yet, or whose last one is a word, too, and
    another one. Thousands at once.
    """
    if on > today():
        raise Refused(_("The day lies in the future."))
    rows = [
        RiskLevelRecord(person=person, risk_level=level, source=LevelSource.LEDGER, from_on=on,
                        **place_ids(person))
        for person, level in levels.items()
    ]  # fmt: skip
    with acting(by):
        RiskLevelRecord.objects.bulk_create(rows, batch_size=1000)
    cases = Case.objects.filter(person__in=list(levels)).open_on(on)
    notify_cases_changed(list(cases.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def move_last_days(*, ends: Mapping[int, date], by: User, reason: str) -> None:
    """The last days of assessed risk levels, by record, where an office has set another number.

    Duties follow: only high ends with its assessment.
    """
    with acting(by, reason), connection.cursor() as cursor:
        cursor.execute(MOVE_LAST_DAYS, [list(ends), list(ends.values())])
    high = RiskLevelRecord.objects.filter(pk__in=ends, risk_level=RiskLevel.HIGH).values(
        "person_id"
    )
    cases = Case.objects.filter(person_id__in=high).open_on(today())
    notify_cases_changed(list(cases.order_by("pk").values_list("pk", flat=True)))


def _says(
    latest: RiskLevelRecord,
    risk_level: str,
    source: str,
    decider: User | None,
    on: date,
    reason: str,
) -> bool:
    """The same tap again: the latest record says it already."""
    said = (latest.risk_level, latest.source, latest.decided_by_id, latest.from_on, latest.reason)
    return said == (risk_level, source, decider.pk if decider else None, on, reason)


def _refuse_unfounded(
    latest: RiskLevelRecord | None,
    risk_level: str,
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
    upgraded = risk_level == RiskLevel.HIGH and (
        latest is None or latest.risk_level != RiskLevel.HIGH or latest.is_stale_on(on)
    )
    if upgraded and not decided_elsewhere and not by.may(Permission.CASE_ASSIGN):
        raise Refused(
            _("A supervisor decides on the high risk level. Ask your supervisor to set it.")
        )
