"""Check-ins, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.checkins import timeline
from apps.checkins.duty_acts import checkin_acts
from apps.checkins.ledger import LEDGER
from apps.checkins.models import CheckIn
from apps.checkins.rows import not_done_ways
from apps.contacts.codes import NotDoneReason
from apps.core.records import Contacts, RecordKind, Tab, register
from apps.schedule.duties import CHECKIN, Basis, Duty

DUTY = Duty(
    code=CHECKIN, label=_("Check-in"), rank=10, acts=checkin_acts, reasons=NotDoneReason,
    icon="map-pin-check", acts_template="", not_done=not_done_ways, command="checkins",
    rule=_("Rule: %(risk_level)s, check-in %(every)s"),
    enough=_("%(missed)s; one check-in today is enough."),
    # Contact is a duty of the person.
    basis=Basis(
        _(
            "Anti-Drug Law, art. 48, with Drug Rehabilitation Regulation, art. 19; the rhythm is "
            "set by the local office"
        ),
        _("Drug Rehabilitation Regulation, art. 19; the rhythm is set by the local office"),
    ),
    never_breach=_(
        "A check-in that did not happen is no breach. Ask why, and agree on another day."
    ),
)  # fmt: skip

register(
    RecordKind(
        name="checkins", label=_("Check-ins"),
        log={
            "checkins:round": _("Round"), "checkins:round-print": _("Printed round"),
            "check-in": _("Check-ins"),
        },
        parts=(
            Tab(_("Check-ins"), "persons:checkins", 20), DUTY, LEDGER, *timeline.PARTS,
            Contacts(CheckIn.objects.done),
        ),
    )
)  # fmt: skip
