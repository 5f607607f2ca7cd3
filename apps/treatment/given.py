"""What a treatment tells whoever reads a test: the medicine and its days, and no more."""

from collections.abc import Collection, Iterator
from typing import Any

from apps.contacts.given import Given, GivesMedicine
from apps.core.prepared import Among, Prepared
from apps.treatment.models import Treatment


def _standing() -> Any:
    return Treatment.objects.standing().filter(Among("person_id")).order_by("since", "pk")


_TREATMENTS = Prepared(_standing)


def _of(person_ids: Collection[int]) -> Iterator[tuple[int, Given]]:
    for row in _TREATMENTS.rows(ids=list(person_ids)):
        yield row.person_id, Given(row.medicine, row.medicine_name, row.since, row.ended_on)


PART = GivesMedicine(_of)
