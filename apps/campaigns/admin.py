"""Campaigns and their lists, to look at: nothing is changed here."""

from django.contrib import admin

from apps.accounts.permissions import Permission
from apps.audit.admin_base import PersonalAdmin
from apps.campaigns.models import Campaign, CampaignTarget
from apps.core.admin_base import RoleModelAdmin


@admin.register(Campaign)
class CampaignAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("title", "area", "first", "last", "sample", "kind", "recorded_by", "closed_at")
    list_filter = ("sample", "kind")
    list_select_related = ("area", "recorded_by")
    search_fields = ("title__contains",)
    ordering = ("-first", "-pk")
    exclude = ("client_uuid",)


@admin.register(CampaignTarget)
class CampaignTargetAdmin(PersonalAdmin):
    list_display = ("person", "campaign", "ground", "second_call_on", "excused_at")
    list_filter = ("ground",)
    list_select_related = ("person", "campaign")
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)
