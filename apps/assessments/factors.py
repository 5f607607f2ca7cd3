"""What an assessment asks (docs/law.md, 3): each factor a coded answer, with words beside it.

No answer has points. An answer is of some weight or of none, and the rule in proposals.py says in
words what follows. Diagnoses are not asked here: mental illness and infections are confidential
facts with a permission of their own.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

Words = str | Promise


class Weight(StrEnum):
    """What an answer says to the rule."""

    NONE = ""
    CONCERN = "concern"
    SERIOUS = "serious"


@dataclass(frozen=True, slots=True)
class Answer:
    code: str
    label: Words
    weight: Weight = Weight.NONE


@dataclass(frozen=True, slots=True)
class Factor:
    code: str
    label: Words
    answers: tuple[Answer, ...]

    def answer(self, code: str) -> Answer | None:
        return next((answer for answer in self.answers if answer.code == code), None)


@dataclass(frozen=True, slots=True)
class Section:
    label: Words
    factors: tuple[Factor, ...]


C, S = Weight.CONCERN, Weight.SERIOUS

USE: Final = Section(
    _("Use and treatment"),
    (
        Factor("substance", _("Kind of drug and route"), (
            Answer("one", _("One kind, not injected")),
            Answer("several", _("Several kinds"), C),
            Answer("injected", _("Injected"), C),
        )),
        Factor("last_use", _("Years of use, last use"), (
            Answer("long_ago", _("No use for more than a year")),
            Answer("year", _("Last use within a year"), C),
            Answer("recent", _("Last use within three months"), S),
        )),
        Factor("earlier", _("Earlier measures"), (
            Answer("none", _("None before")),
            Answer("once", _("One before")),
            Answer("several", _("Two or more before"), C),
        )),
        Factor("treatment", _("Treatment"), (
            Answer("not_needed", _("Not needed")),
            Answer("taken", _("Taken up and kept")),
            Answer("broken_off", _("Needed and not taken up, or broken off"), C),
        )),
    ),
)  # fmt: skip
DUTIES: Final = Section(
    _("Tests and agreement"),
    (
        Factor("tests", _("Test record"), (
            Answer("kept", _("All taken, none positive")),
            Answer("missed", _("Missed for a reason")),
            Answer("refused", _("Refused or evaded"), C),
            Answer("positive", _("Positive and confirmed in the last half-year"), S),
        )),
        Factor("agreement", _("Agreement and contact"), (
            Answer("kept", _("Kept")),
            Answer("gaps", _("With gaps"), C),
            Answer("refuses", _("Refuses the measure, or a serious breach was confirmed"), S),
        )),
        Factor("record", _("Offences and harm to others"), (
            Answer("none", _("None")),
            Answer("earlier", _("Longer ago")),
            Answer("recent", _("In the last two years"), C),
            Answer("harm", _("Harmed others or threatened to in the last year"), S),
        )),
    ),
)  # fmt: skip
STATE: Final = Section(
    _("State and health"),
    (
        Factor("mind", _("State of mind as seen"), (
            Answer("steady", _("Steady")),
            Answer("strained", _("Strained or low"), C),
            Answer("self_harm", _("Signs of self-harm: needs help at once"), S),
        )),
        Factor("body", _("Illness or disability"), (
            Answer("none", _("None that hinders")),
            Answer("treated", _("Treated")),
            Answer("untreated", _("Untreated or hinders daily life"), C),
        )),
        Factor("motivation", _("Own view and will"), (
            Answer("wants", _("Wants to stay abstinent and says how")),
            Answer("unsure", _("Unsure")),
            Answer("denies", _("Sees no reason to stop"), C),
        )),
    ),
)  # fmt: skip
LIFE: Final = Section(
    _("Life"),
    (
        Factor("income", _("Income and debt"), (
            Answer("enough", _("Enough")),
            Answer("allowance", _("On an allowance")),
            Answer("hardship", _("Hardship or debt"), C),
        )),
        Factor("job", _("Job"), (
            Answer("steady", _("Steady, or cannot or need not work")),
            Answer("odd", _("Odd jobs")),
            Answer("none", _("Looks for work"), C),
        )),
        Factor("housing", _("Housing"), (
            Answer("fixed", _("Fixed")),
            Answer("changing", _("Changing"), C),
            Answer("none", _("None"), C),
        )),
        Factor("family", pgettext_lazy("a fact of life", "Family"), (
            Answer("supports", _("Supports")),
            Answer("distant", _("Distant or alone")),
            Answer("conflict", _("Conflict or violence at home"), C),
        )),
        Factor("circle", _("Friends"), (
            Answer("clean", _("Nobody who uses")),
            Answer("mixed", _("Some who use"), C),
        )),
    ),
)  # fmt: skip
SECTIONS: Final = (USE, DUTIES, STATE, LIFE)
FACTORS: Final = {factor.code: factor for section in SECTIONS for factor in section.factors}

PROTECTS: Final = {
    "job": _("Has work that lasts"),
    "family": _("Family that stands by"),
    "home": _("A home"),
    "treatment": _("Keeps up treatment"),
    "contact": _("Comes when agreed"),
    "will": _("Own will and plan"),
    "friends": _("Friends who do not use"),
    "care": _("Cares for somebody"),
    "clean": _("Abstinent for a year or longer"),
    "none": _("None found, looked for together"),
}
