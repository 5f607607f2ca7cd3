"""Campaigns and their lists, to look at: nothing is changed here."""

from django.contrib import admin

from apps.accounts.permissions import Permission
from apps.audit.admin_base import PersonalAdmin
from apps.campaigns.models import (
    Campaign,
    CampaignCount,
    CampaignSite,
    CampaignSlot,
    CampaignTarget,
)
from apps.core.admin_base import RoleModelAdmin


@admin.register(Campaign)
class CampaignAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = (
        "title", "area", "first", "last", "sample", "kind", "asks", "recorded_by", "closed_at",
    )  # fmt: skip
    list_filter = ("sample", "kind")
    list_select_related = ("area", "recorded_by")
    search_fields = ("title__contains",)
    ordering = ("-first", "-pk")
    exclude = ("client_uuid",)


@admin.register(CampaignSite)
class CampaignSiteAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("name", "campaign", "area", "room", "collector", "second_collector")
    list_select_related = ("campaign", "area")
    search_fields = ("name__contains",)
    ordering = ("-pk",)
    exclude = ("client_uuid",)


@admin.register(CampaignSlot)
class CampaignSlotAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("begins", "ends", "site", "places", "called_off_at")
    list_select_related = ("site",)
    ordering = ("-begins", "-pk")


@admin.register(CampaignCount)
class CampaignCountAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("campaign", "screening", "recorded_by", "recorded_at")
    list_select_related = ("campaign", "screening", "recorded_by")
    ordering = ("-pk",)
    exclude = ("client_uuid",)


@admin.register(CampaignTarget)
class CampaignTargetAdmin(PersonalAdmin):
    list_display = ("person", "campaign", "ground", "slot", "second_call_on", "excused_at")
    list_filter = ("ground",)
    list_select_related = ("person", "campaign", "slot__site")
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)
