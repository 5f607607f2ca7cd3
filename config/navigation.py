"""The side bar, in the order of the day's work. The phone's bottom bar takes the first four."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.permissions import Permission
from apps.core.navigation import TODAY_COUNT, Entry

SUPERVISION = _("Supervision")
SYSTEM = _("System")

ENTRIES = [
    Entry(
        _("Today"),
        "checklist",
        "workbench:today",
        Permission.CHECKIN_LOG,
        by_area=True,
        remembered=TODAY_COUNT,
        recount="apps.workbench.today.number_now",
    ),
    Entry(_("Persons"), "users", "persons:list", Permission.PERSON_VIEW, by_area=True),
    Entry(_("Check-ins"), "map-pin-check", "checkins:list", Permission.PERSON_VIEW, by_area=True),
    Entry(
        _("Assistance"), "heart-handshake", "assistance:list", Permission.PERSON_VIEW, by_area=True
    ),
    Entry(_("Needs"), "heart-handshake", "needs:list", Permission.PERSON_VIEW, by_area=True),
    Entry(_("Visits and interviews"), "home", "visits:list", Permission.PERSON_VIEW, by_area=True),
    Entry(_("Drug tests"), "droplet-check", "drugtests:list", Permission.PERSON_VIEW, by_area=True),
    Entry(_("Follow-ups"), "phone", "followups:list", Permission.PERSON_VIEW),
    Entry(
        _("Work and training"), "briefcase", "employment:list", Permission.PERSON_VIEW, by_area=True
    ),
    Entry(
        _("Maintenance treatment"),
        "home-heart",
        "treatment:list",
        Permission.PERSON_VIEW,
        by_area=True,
    ),
    Entry(_("Learning"), "school", "learning:list", Permission.PERSON_VIEW, by_area=True),
    Entry(
        pgettext_lazy("sessions", "Counselling"),
        "home-heart",
        "counselling:list",
        Permission.PERSON_VIEW,
        by_area=True,
    ),
    Entry(_("Care lists"), "clipboard-text", "care:lists", Permission.PERSON_VIEW),
    Entry(_("Lost contact"), "user-off", "visits:lost", Permission.PERSON_VIEW, by_area=True),
    Entry(_("Assessments"), "scale", "assessments:list", Permission.PERSON_VIEW, by_area=True),
    Entry(
        _("Dashboard"),
        "chart-bar",
        "reports:dashboard",
        Permission.FIGURES_VIEW,
        SUPERVISION,
        by_area=True,
    ),
    Entry(
        _("Reports"),
        "report",
        "periodic:list",
        Permission.FIGURES_VIEW,
        SUPERVISION,
        by_area=True,
    ),
    Entry(
        _("Approvals"),
        "circle-check",
        "approvals:list",
        Permission.APPROVE,
        SUPERVISION,
        count="apps.approvals.views.waiting",
        by_area=True,
    ),
    Entry(
        _("Not assigned"),
        "user-off",
        "cases:unassigned",
        Permission.CASE_ASSIGN,
        SUPERVISION,
        count="apps.cases.views.queues.unassigned",
        by_area=True,
    ),
    Entry(
        _("Expected releases"),
        "door-exit",
        "intake:list",
        Permission.PERSON_CREATE,
        SUPERVISION,
        by_area=True,
    ),
    Entry(
        _("Breaches"),
        "alert-triangle",
        "breaches:list",
        Permission.PERSON_VIEW,
        SUPERVISION,
        by_area=True,
    ),
    Entry(
        _("Random draws"),
        "list-details",
        "draws:list",
        Permission.DRAW_VIEW,
        SUPERVISION,
        by_area=True,
    ),
    Entry(_("Transfers"), "arrows-exchange", "transfers:list", Permission.PERSON_VIEW, SUPERVISION),
    Entry(
        _("Absences and covers"), "user-check", "covers:list", Permission.PERSON_VIEW, SUPERVISION
    ),
    Entry(_("Likely duplicates"), "users", "persons:alike", Permission.PERSON_COMPARE, SUPERVISION),
    Entry(_("Documents"), "certificate", "documents:list", Permission.DOCUMENT_VIEW, SUPERVISION),
    Entry(_("Access log"), "history", "audit:log", Permission.LOG_VIEW, SUPERVISION),
    Entry(_("Staff"), "id", "accounts:staff-list", Permission.STAFF_RESET, SUPERVISION),
    Entry(
        _("Accounts to confirm"),
        "key",
        "accounts:second-list",
        Permission.ACCOUNT_CONFIRM,
        SUPERVISION,
        count="apps.accounts.second_views.waiting",
    ),
    Entry(
        _("Files from other systems"),
        "file-import",
        "handover:list",
        Permission.APPROVE,
        SUPERVISION,
    ),
    Entry(_("Import"), "upload", "imports:list", Permission.LEDGER_IMPORT, SUPERVISION),
    Entry(
        _("Export a ledger"),
        "download",
        "exports:ledger",
        Permission.PERSON_EXPORT_WHOLE,
        SUPERVISION,
    ),
    Entry(
        _("Exports to approve"),
        "circle-check",
        "exports:requests",
        Permission.PERSON_EXPORT_WHOLE,
        SUPERVISION,
        count="apps.exports.request_views.waiting",
    ),
    Entry(_("Plans"), "calendar-event", "plans:list", Permission.PLAN_VIEW, SYSTEM),
    Entry(_("Admin"), "settings", "admin:index", Permission.ADMIN_SITE, SYSTEM),
]
