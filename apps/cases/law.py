"""Which article a step of an order rests on: detoxification and rehabilitation differ.

Rehabilitation has its own articles for the order, the report with the agreement, the help and
the end (条例 arts. 37 to 40); for the rest 禁毒法 art. 48 refers to those of detoxification.
"""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.cases.codes import Measure


class Step(StrEnum):
    ORDER = "order"
    REPORT = "report"
    AGREEMENT = "agreement"
    PLAN = "plan"
    LEAVE = "leave"
    SUSPENSION = "suspension"
    END = "end"
    RELEASE = "release"
    TEAM = "team"
    POLICE = "police"
    REPLY = "reply"
    CONTROL = "control"


_DETOXIFICATION = {
    Step.ORDER: _("Drug Rehabilitation Regulation, art. 13"),
    Step.REPORT: _("Drug Rehabilitation Regulation, art. 14"),
    Step.AGREEMENT: _("Drug Rehabilitation Regulation, art. 16"),
    Step.PLAN: _("Drug Rehabilitation Regulation, art. 15"),
    Step.LEAVE: _("Drug Rehabilitation Regulation, art. 19"),
    Step.SUSPENSION: _("Drug Rehabilitation Regulation, art. 24"),
    Step.END: _("Drug Rehabilitation Regulation, arts. 23 and 24"),
    Step.RELEASE: _("Drug Rehabilitation Regulation, art. 23"),
    Step.TEAM: _("Drug Rehabilitation Regulation, art. 17"),
    Step.POLICE: _("Drug Rehabilitation Regulation, arts. 14, 20 and 21"),
    Step.REPLY: _("Anti-Drug Law, art. 38: the police decide"),
    Step.CONTROL: _("Drug Rehabilitation Regulation, art. 7"),
}
_REHABILITATION = {
    Step.ORDER: _("Drug Rehabilitation Regulation, art. 37"),
    Step.REPORT: _("Drug Rehabilitation Regulation, art. 38"),
    Step.AGREEMENT: _("Drug Rehabilitation Regulation, art. 38"),
    Step.PLAN: _("Anti-Drug Law, art. 48, with Drug Rehabilitation Regulation, art. 15"),
    Step.LEAVE: _("Anti-Drug Law, art. 48, with Drug Rehabilitation Regulation, art. 19"),
    Step.SUSPENSION: _("Anti-Drug Law, art. 48, with Drug Rehabilitation Regulation, art. 24"),
    Step.END: _(
        "Drug Rehabilitation Regulation, art. 40; Anti-Drug Law, art. 48, with Drug "
        "Rehabilitation Regulation, art. 24"
    ),
    Step.RELEASE: _("Drug Rehabilitation Regulation, art. 40"),
    Step.TEAM: _("Anti-Drug Law, art. 48, with Drug Rehabilitation Regulation, art. 17"),
    Step.POLICE: _("Drug Rehabilitation Regulation, art. 38, with arts. 20 and 21"),
    Step.REPLY: _("Drug Rehabilitation Regulation, art. 38: the police decide"),
    Step.CONTROL: _("Drug Rehabilitation Regulation, art. 7"),
}


def article_of(step: Step, measure: str) -> Promise:
    return (_REHABILITATION if measure == Measure.SQKF else _DETOXIFICATION)[step]
