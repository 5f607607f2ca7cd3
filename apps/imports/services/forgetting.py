"""Files and lines of imports are kept for thirty days, and who brought in what for good."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from apps.imports.codes import KEPT_DAYS
from apps.imports.models import ImportFile, ImportLine, LedgerImport


@transaction.atomic
def forget_files() -> int:
    """Delete files and lines of imports whose days are over; how many imports that were."""
    # A day more than what is promised: the days end at midnight, and not at the hour.
    before = timezone.now() - timedelta(days=KEPT_DAYS + 1)
    over = LedgerImport.objects.filter(recorded_at__lt=before, file__isnull=False)
    over = over.exclude(applied_at__gte=before).filter(work__asked="")
    ids = list(over.values_list("pk", flat=True))
    ImportLine.objects.filter(ledger_import__in=ids).delete()
    ImportFile.objects.filter(ledger_import__in=ids).delete()
    return len(ids)
