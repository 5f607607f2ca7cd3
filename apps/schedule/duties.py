"""Which duties there are: what a subject says of those that its acts do.

`acts` gives a QuerySet of valid acts with the columns of `duty_acts.COLUMNS`: the person, the day
in Shanghai, the moment, whether the duty was done (else it was an attempt), and of an attempt the
next date and the reason. It may add `excused`: the attempt failed for a reason that the office
accepts, and its window asks for nothing more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet, TextChoices
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from apps.core.records import Words, every

# The one duty that may be recorded in another system.
CHECKIN: Final = "checkin"


class Basis(NamedTuple):
    """What a duty rests on where its rule names no paper: in community recovery, and else."""

    recovery: Words
    otherwise: Words


# Interviews and visits bring education and help.
EDUCATION: Final = Basis(
    _(
        "Drug Rehabilitation Regulation, art. 39: counselling and help; the rhythm is set by "
        "the local office"
    ),
    _(
        "Drug Rehabilitation Regulation, art. 18: education and help; the rhythm is set by "
        "the local office"
    ),
)


@dataclass(frozen=True, kw_only=True)
class Duty:
    """`reasons` are those of its attempts; `acts_template` draws what may be done with a line, and
    `not_done` the part of its menu that is the same for every line of a day.

    `rule` and `rule_of_year` (of a rule without a risk level) say why a line is here, `enough` what
    is asked of somebody who missed several. `never_breach`: why a missed window is none.
    """

    code: str
    label: Words
    rank: int
    acts: Callable[[], QuerySet[Any, Any]]
    reasons: type[TextChoices]
    icon: str
    acts_template: str
    rule: Words
    enough: Words
    rule_of_year: Words = ""
    basis: Basis = EDUCATION
    not_done: Callable[[date], SafeString] = lambda _day: SafeString("")
    never_breach: Words = ""
    # Written at a desk, without the person.
    at_desk: bool = False
    # What `manage.py set_plan` calls it.
    command: str


@cache
def duties() -> dict[str, Duty]:
    """By code, in the order of the ranks."""
    return {duty.code: duty for duty in sorted(every(Duty), key=lambda duty: duty.rank)}


def duty_choices() -> list[tuple[str, Words]]:
    return [(duty.code, duty.label) for duty in duties().values()]


def duty_label(kind: str) -> str:
    """A page asks it for every line: Django would make a list of all choices each time."""
    duty = duties().get(kind)
    return str(duty.label) if duty else kind
