"""Who was told what and when, to look at: without the person, whose place decides who sees it."""

from django.contrib import admin

from apps.accounts.permissions import Permission
from apps.core.admin_base import RoleModelAdmin
from apps.notices.models import Notice


@admin.register(Notice)
class NoticeAdmin(RoleModelAdmin):
    """For a question such as “I was never told”."""

    see = (Permission.ADMIN_USERS,)
    fields = ("reader", "kind", "by", "at", "read_at")
    list_display = ("reader", "kind", "by", "at", "read_at")
    list_filter = ("kind",)
    list_select_related = ("reader", "by")
    search_fields = ("reader__username__startswith",)
    ordering = ("-at", "-pk")

    def get_queryset(self, request):  # type: ignore[no-untyped-def]
        """Of all accounts: there is nothing of a person in what is shown."""
        return Notice.objects.all()
