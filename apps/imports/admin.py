"""Words of offices' headers, a dictionary of the system administrator."""

from typing import Any

from django.contrib import admin

from apps.accounts.permissions import Permission
from apps.core.admin_base import RoleModelAdmin, ServiceForm
from apps.imports.models import LedgerSynonym


class SynonymForm(ServiceForm):
    class Meta:
        model = LedgerSynonym
        fields = ("ledger", "field", "word", "code")

    def act(self, changes: dict[str, Any]) -> LedgerSynonym:
        """A word of a dictionary has no rules beyond its form."""
        row: LedgerSynonym = self.instance
        row.save()
        return row


@admin.register(LedgerSynonym)
class LedgerSynonymAdmin(RoleModelAdmin):
    form = SynonymForm
    see = (Permission.ADMIN_RECORDS,)
    edit = Permission.ADMIN_RULES
    may_add = True
    list_display = ("ledger", "field", "word", "code")
    list_filter = ("ledger",)
    search_fields = ("word__contains", "field")
