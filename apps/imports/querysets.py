"""Which imports an account sees."""

from typing import TYPE_CHECKING, Self

from django.db import models

from apps.areas.units import within
from apps.imports.codes import Asked
from apps.ledgers.ledger import ledgers

if TYPE_CHECKING:
    from apps.accounts.models import User


class ImportQuerySet(models.QuerySet["LedgerImport"]):  # type: ignore[name-defined]
    def visible_to(self, user: "User") -> Self:
        """Of ledgers that the account may bring in; of the own unit or below it, where it has
        one.
        """
        may = [code for code, ledger in ledgers().items() if user.may(ledger.permission)]
        rows = self.filter(ledger__in=may) if may else self.none()
        return rows if user.area is None else rows.filter(within(user.area))

    def waiting(self) -> Self:
        """Those for which the process has something to do, the longest waiting first."""
        return self.exclude(work__asked=Asked.NOTHING).order_by("work__asked_at", "pk")
