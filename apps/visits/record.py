"""Visits and interviews, as other pages see them."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from apps.contacts.codes import NotDoneReason
from apps.core.records import Contacts, RecordKind, Tab, register
from apps.schedule.duties import Duty
from apps.visits import figures, timeline
from apps.visits.codes import MeetingKind
from apps.visits.duty_acts import talk_acts, visit_acts
from apps.visits.models import LostContact, Meeting
from apps.visits.rows import not_done_ways

TALK, VISIT = MeetingKind.TALK.value, MeetingKind.VISIT.value
DUTIES = (
    Duty(
        code=TALK, label=MeetingKind.TALK.label, rank=20, acts=talk_acts, reasons=NotDoneReason,
        icon="home", acts_template="visits/due_acts.html", command="talks",
        not_done=partial(not_done_ways, TALK), rule=_("Rule: %(risk_level)s, interview %(every)s"),
        enough=_("%(missed)s; one interview today is enough."),
    ),
    Duty(
        code=VISIT, label=MeetingKind.VISIT.label, rank=30, acts=visit_acts,
        reasons=NotDoneReason, icon="home", acts_template="visits/due_acts.html",
        command="visits", not_done=partial(not_done_ways, VISIT),
        rule=_("Rule: %(risk_level)s, home visit %(every)s"),
        enough=_("%(missed)s; one home visit today is enough."),
    ),
)  # fmt: skip

register(
    RecordKind(
        name="visits", label=_("Visits and interviews"),
        log={
            "visits:lost": _("Lost contact"), "lost-contact": _("Lost contact"),
            "talk": _("Interviews"), "visit": _("Home visits"),
        },
        parts=(
            Tab(_("Visits and interviews"), "persons:visits", 30), *DUTIES, *timeline.PARTS,
            *figures.LISTS,
            Contacts(Meeting.objects.with_the_person),
            # Who was found is known to be somewhere; a visit or check-in is still asked for.
            Contacts(LostContact.objects.all, "found_on"),
        ),
    )
)  # fmt: skip
