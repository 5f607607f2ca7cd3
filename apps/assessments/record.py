"""Assessments, flags and summaries, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.assessments import timeline, today
from apps.assessments.duty_acts import summary_acts
from apps.assessments.ledger import LEDGER
from apps.assessments.models import Assessment, RoundTarget, SealedFlag
from apps.assessments.services.summaries import KIND
from apps.contacts.codes import NotDoneReason
from apps.core.records import FileRows, RecordKind, Tab, register
from apps.schedule.duties import Duty

DUTY = Duty(
    code=KIND, label=_("Half-year summary"), rank=60, acts=summary_acts, reasons=NotDoneReason,
    icon="clipboard-text", acts_template="assessments/due_acts.html", command="summaries",
    rule=_("Rule: a summary %(every)s"), enough=_("%(missed)s; one summary today is enough."),
    at_desk=True,
    never_breach=_("The summary is the office's own work, and no duty of the person."),
)  # fmt: skip

register(
    RecordKind(
        name="assessments",
        label=_("Assessments"),
        log={"confidential": _("Confidential health facts"), "summary": _("Summaries")},
        parts=(
            Tab(_("Risk and needs"), "assessments:person", 60),
            FileRows(SealedFlag, history=None),
            FileRows(RoundTarget, has_twin=True),
            FileRows(Assessment, settle=_("Decide about one of the two assessments first.")),
            DUTY,
            LEDGER,
            *timeline.PARTS,
            *today.PARTS,
        ),
    )
)
