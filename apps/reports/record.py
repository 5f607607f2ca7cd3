"""The dashboard, and the figures of more than one subject."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import RecordKind, register
from apps.reports import quality
from apps.reports.figures import LISTS

register(
    RecordKind(
        name="reports",
        label=_("Dashboard"),
        log={"figures": _("Rows of a figure")},
        parts=(*LISTS, *quality.LISTS),
    )
)
