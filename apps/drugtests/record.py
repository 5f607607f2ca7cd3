"""Drug tests, as other pages see them."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from apps.core.records import Contacts, RecordKind, Tab, register
from apps.drugtests import figures, ledger_occupational, timeline, today
from apps.drugtests.codes import NotTakenReason
from apps.drugtests.duty_acts import acts_of_duty
from apps.drugtests.ledger import LEDGER
from apps.drugtests.models import DrugTest
from apps.schedule.duties import Basis, Duty

# No article fixes a number of tests: the plan is the office's.
BASIS = Basis(
    _(
        "Anti-Drug Law, art. 48, with Drug Rehabilitation Regulation, art. 19: regular tests; "
        "how many is set by the local office"
    ),
    _(
        "Drug Rehabilitation Regulation, art. 19: regular tests; how many is set by the local "
        "office"
    ),
)
DUTIES = (
    Duty(
        code="test", label=_("Drug test"), rank=40, acts=partial(acts_of_duty, "test"),
        reasons=NotTakenReason, icon="droplet-check", acts_template="drugtests/due_acts.html",
        command="tests", basis=BASIS, rule=_("Rule: %(risk_level)s, drug test %(every)s"),
        rule_of_year=_("Rule: year %(year)s of the term, drug test %(every)s"),
        enough=_("%(missed)s; one test today is enough."),
    ),
    Duty(
        code="hair", label=_("Hair test"), rank=50, acts=partial(acts_of_duty, "hair"),
        reasons=NotTakenReason, icon="scissors", acts_template="drugtests/due_acts.html",
        command="hair", basis=BASIS, rule=_("Rule: %(risk_level)s, hair test %(every)s"),
        enough=_("%(missed)s; one test today is enough."),
    ),
)  # fmt: skip

register(
    RecordKind(
        name="drugtests", label=_("Drug tests"), log={"drugtest": _("Drug tests")},
        parts=(
            Tab(_("Drug tests"), "drugtests:person", 40), *DUTIES, *timeline.PARTS, *today.PARTS,
            LEDGER, ledger_occupational.LEDGER, *figures.LISTS,
            Contacts(DrugTest.objects.sampled),
        ),
    )
)  # fmt: skip
