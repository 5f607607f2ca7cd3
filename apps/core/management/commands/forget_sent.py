from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.core.models import Sent


class Command(BaseCommand):
    help = (
        "Delete keys of forms that were sent so long ago that no page can send them again. Part of "
        "the nightly work."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        before = timezone.now() - timedelta(days=settings.SENT_DAYS)
        forgotten, _ = Sent.objects.filter(at__lt=before).delete()
        self.stdout.write(f"{forgotten} keys of sent forms forgotten")
