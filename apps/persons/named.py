"""Which files a whole name means, for the auditor: ids alone."""

from uuid import UUID

from apps.persons.models import Person
from apps.persons.names import tidy


def ids_named(name: str) -> list[UUID]:
    """Public ids of everybody of exactly this name, in every county."""
    found = Person.objects.filter(name=tidy(name)).order_by("pk")
    return list(found.values_list("public_id", flat=True))
