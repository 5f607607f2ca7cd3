from typing import Any

from django.core.management.base import BaseCommand

from apps.audit.sealing import last_digest, seal_closed_minutes


class Command(BaseCommand):
    help = "Seal the closed minutes of the access log; run it every minute, or once a night."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = seal_closed_minutes()
        self.stdout.write(
            f"Sealed {counts.minutes} minutes, {counts.rows} rows. Last digest: {last_digest()}"
        )
