from typing import Any

from django.core.management.base import BaseCommand

from apps.notices.services import forget_read


class Command(BaseCommand):
    help = (
        "Delete notices that were read long ago (HOMEWARD_NOTICES_KEPT_DAYS). "
        "Part of the nightly work."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{forget_read()} notices forgotten")
