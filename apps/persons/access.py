"""Pages of one person: who may open them, and what is logged."""

from typing import Any, cast
from uuid import UUID

from django.db.models import UUIDField
from django.http import Http404

from apps.accounts.models import User
from apps.accounts.requests import SignedInRequest
from apps.core.days import today
from apps.core.prepared import Slot
from apps.core.shared_statements import PreparedForReaders
from apps.persons.models import Person


def person_or_404(request: SignedInRequest, public_id: UUID) -> Person:
    """The person, if in the user's scope; the same 404 for elsewhere and nowhere."""
    rows = _WRITTEN.rows(request.user, today(), _visible, id=public_id)
    if not rows:
        raise Http404(Person._meta.label)
    return cast(Person, rows[0])


def _visible(user: User) -> Any:
    scoped = Person.objects.visible_to(user).select_related("county", "town", "village")
    return scoped.filter(public_id=Slot("id", UUIDField()))


_WRITTEN = PreparedForReaders(100)


def looks_after(request: SignedInRequest, person: Person) -> bool:
    """Responsible or cover today: reads number and phone of the own caseload without a reason."""
    mine = Person.objects.filter(pk=person.pk).in_caseload_of(request.user)
    return bool(mine.exists())
