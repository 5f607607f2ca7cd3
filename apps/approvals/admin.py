"""Proposals to look at: they are decided in the inbox."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from apps.approvals.models import Proposal
from apps.audit.admin_base import PersonalAdmin


@admin.register(Proposal)
class ProposalAdmin(PersonalAdmin):
    list_display = ("person", "what", "proposed_by", "proposed_at", "decision", "decided_by",
                    "decided_at", "town")  # fmt: skip
    list_filter = ("decision",)
    list_select_related = ("person", "town", "proposed_by", "decided_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-proposed_at", "-pk")

    @admin.display(description=_("what is proposed"))
    def what(self, row: Proposal) -> Any:
        return row.kind_label
