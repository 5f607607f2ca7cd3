from typing import Any

from django.core.management.base import BaseCommand

from apps.accounts.models import User
from apps.persons.services.gathering import gather_all


class Command(BaseCommand):
    help = (
        "Bring rows that an earlier correction of the unit left behind to their person, and keep "
        "the units of before that the history knows. Part of the nightly work."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = gather_all(User.objects.system())
        for table, count in sorted(done.rows.items()):
            self.stdout.write(f"{table}: {count} rows brought to their person")
        self.stdout.write(
            f"{done.persons} persons had rows elsewhere; {done.former} former units kept"
        )
