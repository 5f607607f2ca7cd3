"""Help, as other pages see it."""

from django.utils.translation import gettext_lazy as _

from apps.assistance import changed, figures, ledger, timeline, today
from apps.core.records import RecordKind, Tab, register

register(
    RecordKind(
        name="assistance", label=_("Assistance"),
        log={
            "assistance": _("Assistance"), "same_help": _("Whether the same help is given"),
        },
        parts=(
            Tab(_("Assistance"), "assistance:person", 25), *timeline.PARTS, *today.PARTS,
            ledger.LEDGER, *figures.LISTS, *changed.LISTS,
        ),
    )
)  # fmt: skip
