from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from apps.imports.services.forgetting import forget_files


class Command(BaseCommand):
    requires_system_checks = []
    help = "Delete files and lines of imports after thirty days; what stays names nobody."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("Files of imports forgotten: %(n)d") % {"n": forget_files()})
