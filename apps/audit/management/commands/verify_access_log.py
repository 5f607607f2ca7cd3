import logging
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.audit import outside
from apps.audit.models import AccessCheck, AccessSeal
from apps.audit.sealing import first_fault, last_digest

logger = logging.getLogger("homeward.seals")


class Command(BaseCommand):
    """Runs every night; what it finds stands on the auditor's page, in the log, in the exit."""

    help = "Check the sealed access log from the beginning, and name the first thing that is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A restore of an older backup is a break, too: somebody answers for it."""
        parser.add_argument(
            "--accept-break",
            metavar="REASON",
            default="",
            help="begin anew after a break that is explained; the reason stays in sight",
        )

    def handle(self, *args: Any, accept_break: str = "", **options: Any) -> None:
        """One row for the auditor's page, whatever was found."""
        if accept_break:
            outside.accept(timezone.now(), accept_break)
        seals, fault = AccessSeal.objects.count(), first_fault()
        AccessCheck.objects.create(at=timezone.now(), seals=seals, fault=fault[:300])
        if fault:
            logger.critical("the access log was tampered with: %s", fault)
            raise CommandError(f"The access log was tampered with: {fault}.")
        for broken in outside.kept()[1]:
            self.stdout.write(f"A break of {broken.at} was accepted: {broken.reason}")
        self.stdout.write(
            f"{seals} sealed minutes are as they were sealed. Last digest: {last_digest()}"
        )
