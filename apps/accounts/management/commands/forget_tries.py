from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.accounts.models import SignInTry
from apps.accounts.throttle import KEPT


class Command(BaseCommand):
    help = "Delete tries to sign in that are older than 200 days. Part of the nightly work."

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten, _ = SignInTry.objects.filter(at__lt=timezone.now() - KEPT).delete()
        self.stdout.write(f"{forgotten} tries forgotten")
