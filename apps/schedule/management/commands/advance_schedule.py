"""Nightly: windows up to the horizon for every case that still has duties."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.core.days import today
from apps.core.progress import bar, console_of
from apps.schedule.services import cases_with_duties, finish_laying_out, replan


class Command(BaseCommand):
    """Idempotent: a second run of the day writes nothing."""

    help = "Lay out the windows of the next 60 days."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go on, and say how much was written."""
        finish_laying_out()
        cases = cases_with_duties(today())
        with bar(console_of(self), f"Windows of {len(cases)} cases", len(cases)) as step:
            found = replan(cases, from_day=today(), progress=step)
        self.stdout.write(
            f"{found.written} windows written, {found.removed} removed, "
            f"{found.settled} outcomes changed."
        )
