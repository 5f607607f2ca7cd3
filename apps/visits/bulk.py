"""Visits and interviews by the thousand, as an office brings them: the same rules, few queries."""

from collections.abc import Sequence

from django.db import transaction

from apps.accounts.models import User
from apps.contacts.bulk import store_at_once
from apps.schedule.outcomes import settle
from apps.visits.codes import MeetingKind
from apps.visits.guards import refuse_wrong
from apps.visits.models import Meeting


@transaction.atomic
def bring_in_meetings(rows: Sequence[Meeting], *, by: User) -> int:
    """Unsaved meetings with person, time and words; a row that a rule forbids stops them all."""
    person_ids = store_at_once(rows, by=by, refuse_wrong=refuse_wrong)
    for kind in MeetingKind.values:
        settle(person_ids, kind=kind)
    return len(rows)
