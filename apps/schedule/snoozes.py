"""Put a line off until a day, for a reason. Nothing was tried, nothing is done, no date moves."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.cases.models import Case
from apps.core.days import today
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.schedule.models import DueItem, Snooze
from apps.schedule.outcomes import settle

# Longer than this is a leave, or another plan.
LONGEST: Final = timedelta(days=14)


def _line(given: dict[str, Any]) -> str:
    item: DueItem = given["item"]
    return f"{item.case_id}:{item.kind}"


@transaction.atomic
@once(Snooze, target=_line, leave_out=("item",))
def snooze(*, item: DueItem, by: User, client_uuid: UUID, until: date, reason: str) -> Snooze:
    """The line of this duty is hidden until the day. The same form twice is one."""
    case = Case.objects.select_for_update(no_key=True).get(pk=item.case_id)
    if not case.is_in_force_on(today()):
        raise Refused(_("No order is in force: nothing is due, and nothing is put off."))
    if not today() < until <= today() + LONGEST:
        raise Refused(
            _("A line is put off by 14 days at most. For a longer absence record a leave."),
            field="until",
        )
    if not is_reason(reason):
        raise Refused(_("Say in a few words why it is put off."), field="reason")
    row = Snooze(
        client_uuid=client_uuid, case=case, person_id=case.person_id, kind=item.kind, until=until,
        reason=reason.strip(), recorded_at=timezone.now(), recorded_by=by, **place_ids(case),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    settle([case.person_id], kind=item.kind)
    return row


@transaction.atomic
def end_snoozes(*, item: DueItem, by: User) -> int:
    """Show the line again; a second time there is nothing to end."""
    case = Case.objects.select_for_update(no_key=True).get(pk=item.case_id)
    rows = list(Snooze.objects.filter(person_id=case.person_id, kind=item.kind, ended_at=None))
    for row in rows:
        row.ended_at, row.ended_by = timezone.now(), by
        with acting(by):
            save_or_refuse(row)
    settle([case.person_id], kind=item.kind)
    return len(rows)
