"""Work and training, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import RecordKind, Tab, register
from apps.employment import figures, timeline, today
from apps.employment.ledger import LEDGER
from apps.employment.ledger_training import LEDGER as TRAINING

register(
    RecordKind(
        name="employment", label=_("Work and training"),
        log={"employment": _("Work and training")},
        parts=(
            Tab(_("Work and training"), "employment:person", 55), *timeline.PARTS, *today.PARTS,
            *figures.LISTS, LEDGER, TRAINING,
        ),
    )
)  # fmt: skip
