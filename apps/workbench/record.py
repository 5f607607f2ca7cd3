"""The parts of a file that are made of all subjects."""

from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import Permission
from apps.core.records import RecordKind, Tab, register
from apps.workbench import order_lines

register(
    RecordKind(
        name="workbench", label=_("File of the person"),
        log={
            "workbench:today": _("Today"), "workbench:today-panel": _("Today, beside the list"),
            "workbench:line-why": _("Reason of a line"), "workbench:search": _("Search"),
            "workbench:round-add": _("Round"), "workbench:handover": _("Hand-over sheet"),
            "workbench:person-print": _("Printed summary of the file"),
            "due": _("Duties"), "hand-over": _("Hand-over sheet"),
            "history": _("History of changes"), "panel": _("Today, beside the list"),
        },
        parts=(
            *order_lines.PARTS,
            Tab(_("Timeline"), "workbench:person", 0),
            Tab(_("History"), "persons:history", 110),
            Tab(_("Access log"), "persons:access", 120, Permission.LOOKUPS_VIEW),
        ),
    )
)  # fmt: skip
