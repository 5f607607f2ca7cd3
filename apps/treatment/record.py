"""Maintenance treatment, as other pages see it."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import FileRows, RecordKind, Tab, register
from apps.treatment import figures, given, timeline
from apps.treatment.models import Treatment

register(
    RecordKind(
        name="treatment", label=_("Maintenance treatment"),
        log={
            "treatment": _("Maintenance treatment"),
            "treatment:months": _("Attendance of a clinic in a month"),
        },
        parts=(
            Tab(_("Maintenance treatment"), "treatment:person", 42), *timeline.PARTS,
            *figures.LISTS, given.PART,
            FileRows(Treatment, settle=_(
                "End or withdraw one of the two treatments first: nobody is treated in two places "
                "at once."
            )),
        ),
    )
)  # fmt: skip
