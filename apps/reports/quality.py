"""Data quality: 底数清, 情况明, 去向知.

Who is in the register, how things stand, where people are: each a number of orders whose file lacks
something or says two things at once, with its list. A list of work for the office, which says
nothing about a person or a worker.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.assessments.models import Assessment
from apps.assistance.models import Assistance
from apps.cases.gaps import WORDS, conditions
from apps.cases.models import Case
from apps.checkins.models import CheckIn
from apps.core.days import start_of
from apps.core.records import Words
from apps.drugtests.models import DrugTest
from apps.needs.models import Need
from apps.persons.figures import FigureList, Indicator, Period, Rows
from apps.persons.querysets import dead_by
from apps.reports.order_kinds import NONE, with_level
from apps.reports.tables import CaseRows
from apps.visits.contact import had_contact
from apps.visits.figures import address_known, is_lost
from apps.visits.models import Meeting

QUIET_DAYS, UNTOUCHED_DAYS = 60, 90
# Younger or older is a slip of the keyboard more often than an age.
YOUNGEST, OLDEST = 12, 95
# What somebody may have entered about a person. Restricted help would tell of itself by taking the
# person off the list.
ENTRIES: Final[tuple[Any, ...]] = (
    CheckIn.objects.all(), Meeting.objects.all(), DrugTest.objects.all(), Need.objects.all(),
    Assistance.objects.filter(restricted=False), Assessment.objects.all(),
)  # fmt: skip


class Part(TextChoices):
    """Under which head a figure stands on the board; in this order."""

    KNOWN = "known", _("Who it is")
    SITUATION = "situation", _("How things stand")
    WHEREABOUTS = "whereabouts", _("Where the person is")
    CONTRADICTIONS = "contradictions", _("Contradictions, and files at rest")


def _orders(period: Period) -> Rows:
    return period.here(Case.objects.all()).open_on(period.as_at)


def _gap(code: str) -> Callable[[Period], Q]:
    return lambda period: Q(conditions(period.as_at)[code])


def _without_assessment(period: Period) -> Q:
    unassessed = with_level(_orders(period), period).filter(level=NONE)
    return Q(pk__in=unassessed.order_by().values("pk"))


def _quiet(period: Period) -> Q:
    """In force for as long, and nobody met, tested, spoke to or found the person meanwhile."""
    since = period.as_at - timedelta(days=QUIET_DAYS)
    met = had_contact("person_id", gt=since, lte=period.as_at)
    return Q(in_force_from__lte=since) & ~met


def _untouched(period: Period) -> Q:
    """Nothing was entered about the person in these days, whatever day it was about."""
    since = start_of(period.as_at - timedelta(days=UNTOUCHED_DAYS))
    found = Q(created_at__lt=since)
    for rows in ENTRIES:
        found &= Q(~Exists(rows.filter(person_id=OuterRef("person_id"), recorded_at__gte=since)))
    return found


def _odd_age(period: Period) -> Q:
    day = period.as_at
    young = day.replace(year=day.year - YOUNGEST, day=min(day.day, 28))
    old = day.replace(year=day.year - OLDEST, day=min(day.day, 28))
    return Q(person__born_on__gt=young) | Q(person__born_on__lt=old)


def _figure(
    part: Part, place: int, code: str, title: Words, definition: Words,
    where: Callable[[Period], Q],
) -> FigureList:  # fmt: skip
    """`where`: which of the open orders count."""
    indicator = Indicator(
        code=f"quality_{code}", title=title, unit=pgettext_lazy("unit of a figure", "orders"),
        definition=definition, excluded=_("Orders that have ended or are closed."),
        rows=lambda period: _orders(period).filter(where(period)),
    )  # fmt: skip
    PARTS[indicator.code] = part
    return FigureList(
        indicator=indicator, table=CaseRows, export_name=f"quality-{code.replace('_', '-')}",
        default_sort="name", rank=900 + place, quality=place, leaves=False,
    )  # fmt: skip


# Of each figure the head.
PARTS: Final[dict[str, Part]] = {}
_OF_ORDER: Final = _("Open orders of which no record says it; a ledger may have left it out.")


def _gaps(part: Part, first: int, *codes: str) -> list[FigureList]:
    return [
        _figure(part, first + n, code, WORDS[code], _OF_ORDER, _gap(code))
        for n, code in enumerate(codes)
    ]


LISTS: Final = (
    *_gaps(Part.KNOWN, 10, "no_document", "no_decision", "no_receipt", "paper_deviates"),
    _figure(
        Part.KNOWN, 15, "no_birth", _("Date of birth or sex missing"), _OF_ORDER,
        lambda _period: Q(person__born_on=None) | Q(person__sex=""),
    ),
    *_gaps(Part.SITUATION, 20, "no_report", "no_agreement", "no_plan", "no_team", "no_worker"),
    _figure(
        Part.SITUATION, 26, "not_assessed", _("Without a valid assessment"),
        _("Open orders without an assessment that holds on the day."), _without_assessment,
    ),
    _figure(
        Part.SITUATION, 27, "quiet", _("No contact for 60 days"),
        _("In force for 60 days, and nobody met, tested, spoke to or found the person meanwhile."),
        _quiet,
    ),
    _figure(
        Part.SITUATION, 28, "no_employment", _("Work not known"), _OF_ORDER,
        lambda _period: Q(person__employment=""),
    ),
    *_gaps(Part.WHEREABOUTS, 30, "no_phone"),
    _figure(
        Part.WHEREABOUTS, 31, "no_address", _("Residence not known"),
        _("Open orders of a person of whom neither address nor unit of residence is recorded."),
        lambda _period: ~address_known(),
    ),
    _figure(
        Part.WHEREABOUTS, 32, "lost", _("Lost contact"),
        _("Open orders of a person whose contact is set down as lost on the day."), is_lost,
    ),
    _figure(
        Part.CONTRADICTIONS, 40, "dead", _("Died, and the order is open"),
        _("Open orders of a person who had died by the day."),
        lambda period: dead_by(period.as_at),
    ),
    _figure(
        Part.CONTRADICTIONS, 41, "odd_age", _("Age to look at"),
        _("Persons under 12 or over 95: a slip of the keyboard more often than an age."), _odd_age,
    ),
    _figure(
        Part.CONTRADICTIONS, 42, "untouched", _("Nothing entered for 90 days"),
        _("Nobody entered a check-in, visit, test, need, help or assessment in these days."),
        _untouched,
    ),
)  # fmt: skip


def parts_with(figures: dict[str, Any]) -> list[tuple[Any, list[Any]]]:
    """Figures by code under the heads of the board."""
    codes = [one.indicator.code for one in LISTS]
    return [(part.label, [figures[code] for code in codes if PARTS[code] == part]) for part in Part]
