"""The side bar, in the order of the day's work. The phone's bottom bar takes the first four."""

from django.utils.translation import gettext_lazy as _

from apps.core.navigation import Entry

SUPERVISION = _("Supervision")
SYSTEM = _("System")

ENTRIES = [
    Entry(_("Today"), "checklist", "workbench:today", "today_view"),
    Entry(_("Persons"), "users", "persons:list", "person_view"),
    Entry(_("Check-ins"), "map-pin-check", "checkins:list", "checkin_view"),
    Entry(_("Needs"), "heart-handshake", "needs:list", "need_view"),
    Entry(_("Dashboard"), "chart-bar", "reports:dashboard", "dashboard_view", SUPERVISION),
    Entry(_("Not assigned"), "user-off", "cases:unassigned", "case_assign", SUPERVISION),
    Entry(_("Access log"), "history", "audit:log", "audit_view", SUPERVISION),
    Entry(_("Accounts"), "key", "accounts:staff-list", "account_manage", SYSTEM),
    Entry(_("Admin"), "settings", "admin:index", "admin_site", SYSTEM),
]
