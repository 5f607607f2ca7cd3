"""Somebody looked at two files and found that they are of two persons, or takes that back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.persons.models import NotSame, Person


@transaction.atomic
def decide_not_same(*, one: Person, other: Person, by: User, reason: str) -> NotSame:
    """The pair leaves the list of likely duplicates; who, when and why are kept."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    if first == second:
        raise Refused(_("This is one file, not two."))
    _both_seen(by, first, second)
    list(Person.objects.select_for_update(of=("self",)).filter(pk__in=[first.pk, second.pk])
         .order_by("pk"))  # fmt: skip
    rows = NotSame.objects.filter(person=first, other=second, withdrawn_at=None)
    if known := rows.first():
        return known  # type: ignore[no-any-return]
    row = NotSame(person=first, other=second, decided_by=by, reason=reason, **place_ids(first))
    with acting(by, reason):
        save_or_refuse(row)
    return row


@transaction.atomic
def take_back_not_same(*, decision: NotSame, by: User) -> NotSame:
    """The pair may be one person after all, and is on the list again."""
    locked: NotSame = NotSame.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    _both_seen(by, locked.person, locked.other)
    if locked.withdrawn_at is None:
        locked.withdrawn_at, locked.withdrawn_by = timezone.now(), by
        with acting(by):
            save_or_refuse(locked)
    return locked


def _both_seen(by: User, *persons: Person) -> None:
    """Who sees one of them only learns nothing of the other, and decides nothing about it."""
    seen = Person.every.in_area(by.area) if by.area else Person.every.none()
    if seen.filter(pk__in=[person.pk for person in persons]).count() != len(persons):
        raise Refused(_("Only who sees both files decides about them."))
