"""Pages of one person: who may open them, and what is logged."""

from typing import cast
from uuid import UUID

from django.shortcuts import get_object_or_404

from apps.accounts.requests import SignedInRequest
from apps.persons.models import Person


def person_or_404(request: SignedInRequest, public_id: UUID) -> Person:
    """The person, if in the user's scope; the same 404 for elsewhere and nowhere."""
    scoped = Person.objects.visible_to(request.user).select_related("county", "town", "village")
    return cast(Person, get_object_or_404(scoped, public_id=public_id))


def looks_after(request: SignedInRequest, person: Person) -> bool:
    """Responsible or cover today: reads number and phone of the own caseload without a reason."""
    mine = Person.objects.filter(pk=person.pk).in_caseload_of(request.user)
    return bool(mine.exists())
