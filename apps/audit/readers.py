"""Readers of one file that are told apart without a name (docs/adr/0038)."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Min

from apps.audit.models import AccessLog

# Role and unit at the time of the reading, and the account.
Reader = tuple[str, str, int]


def numbers_of(files: Sequence[UUID]) -> dict[Reader, int]:
    """Numbers of those whose role and unit somebody else has, too, in the log of these files.

    Counted by the first look, lists included: what is added later moves no number. Who is alone
    in role and unit has none.
    """
    rows = AccessLog.objects.filter(person_ids__overlap=list(files)).order_by()
    seen = rows.values_list("role", "area_code", "user_id").annotate(first=Min("id"))
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for role, area_code, user_id, _first in sorted(seen, key=lambda one: one[3]):
        alike[role, area_code].append(user_id)
    return {
        (*same, user_id): number
        for same, users in alike.items()
        if len(users) > 1
        for number, user_id in enumerate(users, 1)
    }
