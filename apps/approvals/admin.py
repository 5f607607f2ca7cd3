"""Proposals to look at: they are decided in the inbox."""

from django.contrib import admin

from apps.approvals.models import Proposal
from apps.audit.admin_base import PersonalAdmin


@admin.register(Proposal)
class ProposalAdmin(PersonalAdmin):
    list_display = ("person", "kind_label", "proposed_by", "proposed_at", "decision", "decided_by",
                    "decided_at", "town")  # fmt: skip
    list_filter = ("decision",)
    list_select_related = ("person", "town", "proposed_by", "decided_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-proposed_at", "-pk")
