"""Assessments, flags and summaries, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.assessments import timeline
from apps.assessments.models import SealedFlag
from apps.core.records import FileRows, RecordKind, Tab, register

register(
    RecordKind(
        name="assessments", label=_("Assessments"),
        log={"confidential": _("Confidential health facts"), "summary": _("Summaries")},
        parts=(
            Tab(_("Risk and needs"), "assessments:person", 60),
            FileRows(SealedFlag, history=None),
            *timeline.PARTS,
        ),
    )
)  # fmt: skip
