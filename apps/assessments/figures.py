"""What half a year comes to, counted from what is on record; each number leads to its list."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.cases.models import Case
from apps.checkins.models import CheckIn
from apps.core.navigation import url_or_none
from apps.drugtests.models import DrugTest
from apps.needs.models import Need, NeedOutcome
from apps.persons.models import Person
from apps.schedule.duties import CHECKIN
from apps.schedule.models import DueItem, Outcome
from apps.visits.codes import MeetingKind
from apps.visits.models import Meeting

# Code, words, and the page of the person where the rows stand.
FIGURES: tuple[tuple[str, str | Promise, str], ...] = (
    ("checkins", _("Check-ins"), "persons:checkins"),
    ("windows_done", _("Check-in windows done"), "persons:checkins"),
    ("windows_due", _("Check-in windows due"), "persons:checkins"),
    ("visits", _("Home visits"), "persons:visits"),
    ("talks", _("Interviews"), "persons:visits"),
    ("tests", _("Drug tests taken"), "drugtests:person"),
    ("needs", _("Needs raised"), "persons:needs"),
    ("needs_met", _("Needs met"), "persons:needs"),
)


@dataclass(frozen=True, slots=True)
class SummaryFigure:
    """A number with its words and the list that it is counted from."""

    label: str | Promise
    value: int
    url: str


def count_half_year(case: Case, first: date, last: date) -> dict[str, int]:
    """Numbers only; nothing in them says what a test showed."""
    person, days = {"person_id": case.person_id}, {"day__range": (first, last)}
    windows = DueItem.objects.filter(case=case, kind=CHECKIN, carried_over=False)
    due = windows.effective().due_between(first, last)
    held = Meeting.objects.done().filter(**person, **days)
    needs = Need.objects.filter(**person)
    return {
        "checkins": CheckIn.objects.done().filter(**person, **days).count(),
        "windows_done": due.filter(outcome=Outcome.DONE).count(),
        "windows_due": due.count(),
        "visits": held.filter(kind=MeetingKind.VISIT).count(),
        "talks": held.filter(kind=MeetingKind.TALK).count(),
        "tests": DrugTest.objects.taken().filter(**person, **days).count(),
        "needs": needs.filter(said_on__range=(first, last))
        .exclude(outcome=NeedOutcome.MISTAKE)
        .count(),
        "needs_met": needs.filter(closed_on__range=(first, last), outcome=NeedOutcome.MET).count(),
    }


def shown(figures: dict[str, int], person: Person) -> list[SummaryFigure]:
    """In the order of the form."""
    return [
        SummaryFigure(label, figures.get(code, 0), url_or_none(name, person.public_id) or "")
        for code, label, name in FIGURES
    ]
