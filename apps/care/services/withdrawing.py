"""What was recorded by mistake is taken back: it stays with the reason, and counts no more."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.care.models import CareList, CareListEntry, CarePlan, CareReview, CareStep
from apps.care.services.lists import lock_list
from apps.contacts.guards import lock_cases
from apps.contacts.withdrawing import give_back, take_back
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.persons.models import Merge


@transaction.atomic
def withdraw_entry(
    *, row: CarePlan | CareStep | CareReview | CareListEntry, by: User, reason: str
) -> Any:
    """A plan, a step or a review; or somebody is taken off a list, by whoever `may_take_off`: also
    off one that is closed, for nobody stands there against their wish.
    """
    lock_cases(row.person)
    if isinstance(row, CareListEntry):
        lock_list(row.list)
        if not may_take_off(row, by):
            raise PermissionDenied
    rows: Any = type(row)._default_manager.select_for_update(of=("self",))
    locked: Any = rows.select_related("person").get(pk=row.pk)
    if locked.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn already."))
    if not is_reason(reason):
        raise Refused(_("Say why it is withdrawn."), field="reason")
    now = timezone.now()
    for part in _parts(locked):
        take_back(part, by, reason.strip(), now)
    take_back(locked, by, reason.strip(), now)
    return locked


def may_take_off(entry: CareListEntry, by: User) -> bool:
    """Who runs the list; of a person who has moved away from its unit the office of today: to stand
    on a list is the person's own wish, and somebody has to be there who hears it.
    """
    rows = CareListEntry.objects.visible_to(by).filter(pk=entry.pk)
    if not by.may(Permission.CAMPAIGN_OPEN) or not rows.exists():
        return False
    runs = CareList.objects.run_by(by).filter(pk=entry.list_id)
    return runs.exists() or not rows.in_area(entry.list.area).exists()


def _parts(row: Any) -> list[Any]:
    """What goes with a plan; of two rows of one person on a list, where files became one, the
    other.
    """
    if isinstance(row, CareListEntry):
        same = CareListEntry.objects.standing().filter(person=row.person_id, list=row.list_id)
        return list(same.exclude(pk=row.pk).select_related("person").order_by("pk"))
    if not isinstance(row, CarePlan):
        return []
    steps = CareStep.objects.standing().filter(plan=row).select_related("person")
    reviews = CareReview.objects.standing().filter(plan=row).select_related("person")
    return [*steps.order_by("pk"), *reviews.order_by("pk")]


def give_back_undone(merge: Merge, _concerned: Mapping[int, Collection[int]]) -> None:
    """Whoever was taken off a list as one with somebody else is another person after all."""
    if merge.undone_at is not None:
        give_back(CareListEntry, "list", merge)
