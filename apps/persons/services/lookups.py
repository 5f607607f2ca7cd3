"""Whether a number is on file anywhere, without telling whose it is."""

from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.core.days import local_day, today
from apps.core.refusals import Refused
from apps.persons.identity import document_index
from apps.persons.models import OutsideLookup, Person

LOOKUPS_A_DAY: Final = 10


def find_by_document(number: str) -> Person | None:
    """The file of a number in its normal form, wherever it is kept.

    The one unscoped read of persons: for the import of ledgers and for opening a file, which
    must not open a second one. A page never shows what it returns unless it is in scope. The
    number of a file that was merged leads to the file of today.
    """
    rows = Person.every.select_related("merged_into")
    found = rows.filter(document_index=document_index(number)).first()
    return found.merged_into or found if found else None


def merged_by_number(numbers: Iterable[str]) -> dict[str, int]:
    """Of these numbers those that only a merged file holds, with the file of today."""
    by_index = {document_index(number): number for number in numbers if number}
    rows = Person.every.filter(merged_into__isnull=False, document_index__in=list(by_index))
    found = rows.values_list("document_index", "merged_into_id")
    return {by_index[bytes(index)]: pk for index, pk in found}


def lookups_left(by: User) -> int:
    """How many numbers kept elsewhere the user may still ask for today."""
    asked = OutsideLookup.objects.filter(asked_by=by, asked_day=today()).count()
    return max(LOOKUPS_A_DAY - asked, 0)


@transaction.atomic
def look_up_outside(*, by: User, person: Person) -> OutsideLookup:
    """Count and note a look-up of a person outside the user's scope; at most ten a day.

    The account's row is locked, so that two at once are not the tenth and the eleventh.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if not lookups_left(by):
        raise Refused(_("Ten numbers kept elsewhere were looked up today. Ask again tomorrow."))
    moment = timezone.now()
    return OutsideLookup.objects.create(
        person=person,
        asked_by=by,
        asked_at=moment,
        asked_day=local_day(moment),
        **place_ids(person),
    )


@transaction.atomic
def mark_lookup_seen(*, lookup: OutsideLookup, by: User) -> OutsideLookup:
    """The supervisor of the person's unit has taken note; the first one stays."""
    locked: OutsideLookup = OutsideLookup.objects.select_for_update(of=("self",)).get(pk=lookup.pk)
    if locked.seen_at is None:
        locked.seen_at, locked.seen_by = timezone.now(), by
        locked.save(update_fields=["seen_at", "seen_by"])
    return locked
