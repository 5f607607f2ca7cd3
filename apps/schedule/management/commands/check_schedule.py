"""The proof that stored outcomes follow from the acts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.cases.models import Case
from apps.core.progress import bar, console_of
from apps.schedule.duties import duties
from apps.schedule.outcomes import CHUNK, Difference, differences

SHOWN = 20


class Command(BaseCommand):
    """Writes nothing; fails when a stored outcome is not the one that follows."""

    help = "Check that stored outcomes follow from the acts."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through all persons with a case; name the first differences."""
        persons = list(
            Case.objects.order_by("person_id").values_list("person_id", flat=True).distinct()
        )
        found: list[Difference] = []
        with bar(console_of(self), "Outcomes", len(persons)) as advance:
            for start in range(0, len(persons), CHUNK):
                chunk = persons[start : start + CHUNK]
                for kind in duties():
                    found += differences(chunk, kind=kind)
                advance(len(chunk))
        for one in found[:SHOWN]:
            self.stdout.write(
                f"case {one.case_id} window {one.item_id} due {one.due_on}: "
                f"stored {one.stored} {one.stored_day or ''}, follows {one.derived} "
                f"{one.derived_day or ''}"
            )
        if found:
            raise CommandError(f"{len(found)} outcomes do not follow from the acts.")
        self.stdout.write(f"All outcomes of {len(persons)} persons follow from the acts.")
