"""What a treatment tells whoever reads a test: the medicine and its days, and no more."""

from collections.abc import Collection, Iterator

from apps.contacts.given import Given, GivesMedicine
from apps.treatment.models import Treatment


def _of(person_ids: Collection[int]) -> Iterator[tuple[int, Given]]:
    rows = Treatment.objects.standing().filter(person__in=person_ids)
    for row in rows.order_by("since", "pk"):
        yield row.person_id, Given(row.medicine, row.medicine_name, row.since, row.ended_on)


PART = GivesMedicine(_of)
