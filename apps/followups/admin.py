"""Rounds, their lists and tries, to look at: nothing is changed here."""

from django.contrib import admin

from apps.accounts.permissions import Permission
from apps.audit.admin_base import PersonalAdmin
from apps.core.admin_base import RoleModelAdmin
from apps.followups.models import FollowUpAttempt, FollowUpRound, FollowUpTarget


@admin.register(FollowUpRound)
class FollowUpRoundAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("title", "area", "first", "last", "source", "recorded_by", "closed_at")
    list_filter = ("source",)
    list_select_related = ("area", "recorded_by")
    search_fields = ("title__contains",)
    ordering = ("-first", "-pk")
    exclude = ("client_uuid",)


@admin.register(FollowUpTarget)
class FollowUpTargetAdmin(PersonalAdmin):
    list_display = ("person", "round", "ground", "second_call_on")
    list_filter = ("ground",)
    list_select_related = ("person", "round")
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)


@admin.register(FollowUpAttempt)
class FollowUpAttemptAdmin(PersonalAdmin):
    list_display = ("person", "day", "outcome", "way", "recorded_by", "withdrawn_at")
    list_filter = ("outcome", "way")
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)
