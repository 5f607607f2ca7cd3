"""Orders, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.cases import figures, timeline
from apps.cases.models import Case
from apps.core.records import FileRows, RecordKind, Tab, register

register(
    RecordKind(
        name="cases",
        label=_("Order and its steps"),
        log={
            "cases:gaps": _("Missing facts"),
            "cases:unassigned": _("Not assigned"),
            "case": _("Order and its steps"),
        },
        parts=(
            Tab(_("Case"), "cases:case", 10),
            FileRows(Case, settle=_("Close or correct one of the two orders first.")),
            *timeline.PARTS,
            *figures.LISTS,
        ),
    )
)
