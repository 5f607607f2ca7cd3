from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from apps.core.days import today
from apps.covers.notices import ring_calendar


class Command(BaseCommand):
    help = (
        "Tell of covers that begin or have ended, and of persons with nobody present. "
        "Part of the nightly work."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{ring_calendar(today())} notices")
