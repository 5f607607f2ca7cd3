"""Care plans and lists, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.care import figures, timeline, today
from apps.care.models import CarePlan
from apps.core.records import FileRows, RecordKind, Tab, register

register(
    RecordKind(
        name="care", label=_("Care"),
        log={"care": _("Care"), "care_list": _("Care lists")},
        parts=(
            Tab(_("Care"), "care:person", 26), *timeline.PARTS, *today.PARTS, *figures.LISTS,
            FileRows(CarePlan, settle=_("Close one of the two care plans first.")),
        ),
    )
)  # fmt: skip
