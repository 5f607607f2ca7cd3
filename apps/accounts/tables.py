"""The list of staff."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy as _

from apps.accounts.models import User
from apps.core.markup import icon_svg, tag_html
from apps.core.tables import BaseTable


class StaffTable(BaseTable):
    name = tables.Column(verbose_name=_("Name"), attrs={"td": {"class": "name"}})
    username = tables.Column(verbose_name=_("User name"))
    role = tables.Column(verbose_name=_("Role"), accessor="get_role_display", order_by="role")
    unit = tables.Column(verbose_name=_("Unit"), order_by=("area__code", "name"))
    phone = tables.Column(verbose_name=_("Phone"), orderable=False)
    last_login = tables.Column(verbose_name=_("Last sign-in"))
    state = tables.Column(verbose_name=_("State"), empty_values=(), orderable=False)
    code = tables.Column(verbose_name="", empty_values=(), orderable=False)

    class Meta:
        model = User
        fields = ()

    def render_last_login(self, value: Any) -> str:
        from apps.core.text import short_day

        return short_day(value)

    def render_state(self, record: User) -> Any:
        if not record.is_active:
            return tag_html("na", gettext("Closed"), "lock")
        if not record.has_usable_password():
            return tag_html("na", gettext("No password yet"), "key")
        return tag_html("done", gettext("May sign in"))

    def render_code(self, record: User) -> Any:
        if not record.can_get_code:  # type: ignore[attr-defined]
            return ""
        return format_html(
            '<a class="btn btn-sm" href="{}">{} {}</a>',
            reverse("accounts:staff-code", args=[record.public_id]),
            icon_svg("key", 16),
            gettext("One-time code"),
        )
