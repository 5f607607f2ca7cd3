from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.audit.models import AccessSeal
from apps.audit.sealing import first_fault, last_digest


class Command(BaseCommand):
    help = "Check the sealed access log from the beginning, and name the first row that is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        if fault := first_fault():
            raise CommandError(f"The access log was tampered with: {fault}.")
        self.stdout.write(
            f"{AccessSeal.objects.count()} sealed minutes are as they were sealed. "
            f"Last digest: {last_digest()}"
        )
