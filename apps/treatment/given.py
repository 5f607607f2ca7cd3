"""What a treatment tells whoever reads a test: the medicine and its days, and no more."""

from collections.abc import Iterator

from apps.contacts.given import Given, GivesMedicine
from apps.treatment.models import Treatment


def _of(person_id: int) -> Iterator[Given]:
    for row in Treatment.objects.standing().filter(person=person_id).order_by("since", "pk"):
        yield Given(row.medicine, row.medicine_name, row.since, row.ended_on)


PART = GivesMedicine(_of)
