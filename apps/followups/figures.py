"""Follow-ups on the dashboard: of those on the lists, and of those whose order ended."""

from typing import Any, Final

import django_tables2 as tables
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.cases.models import Case
from apps.core.tables import DayColumn, NameColumn
from apps.followups.codes import Reached, Way
from apps.followups.models import FollowUpAttempt, FollowUpTarget
from apps.followups.querysets import tries
from apps.followups.released import released
from apps.followups.rules import MONTHS_BETWEEN
from apps.law.dates import add_months
from apps.persons.figures import FigureGroup, FigureList, Indicator, Period, Rows
from apps.persons.tables import NAME, TOWN, VILLAGE, RowsOfPersons, last_contact, worker


class FollowUpRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("person__sort_key",))
    last = DayColumn(
        verbose_name=_("End of the round"), accessor="round__last", order_by=("round__last",)
    )
    ground = tables.Column(
        verbose_name=_("Ground"), accessor="get_ground_display", order_by=("ground",)
    )
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    last_contact = last_contact()
    worker = worker()

    class Meta:
        model = FollowUpTarget
        fields = ()


def _rows(period: Period) -> Rows:
    """In the period in which the round ends."""
    rows: Any = period.here(FollowUpTarget.objects.all(), "round__last")
    rows = rows.filter(round__last__range=(period.first, period.last))
    return rows.to_be_reached(period.as_at)


def _done(period: Period) -> Q:
    return Q(Exists(tries(outcome=Reached.REACHED, day__lte=period.as_at)))


FOLLOWUP_RATE: Final = Indicator(
    code="followup_rate",
    title=_("Follow-ups reached"),
    unit=pgettext_lazy("unit of a figure", "follow-ups"),
    definition=_(
        "Persons on the lists of follow-up rounds that end in the period, and how many of them "
        "were reached in person or by phone."
    ),
    excluded=_(
        "Tries that were withdrawn, and persons who died before the round ended. Who wants no "
        "follow-up was not reached."
    ),
    rows=_rows,
    done=_done,
)


FOLLOWUP_MET: Final = Indicator(
    code="followup_in_person_rate",
    title=_("Follow-ups in person"),
    unit=pgettext_lazy("unit of a figure", "follow-ups"),
    definition=_(
        "Persons on the lists of follow-up rounds that end in the period, and how many of them "
        "were reached face to face."
    ),
    excluded=_("Who was reached by phone alone was not met; the rest as in “Follow-ups reached”."),
    rows=_rows,
    done=lambda period: Q(
        Exists(tries(outcome=Reached.REACHED, way=Way.IN_PERSON, day__lte=period.as_at))
    ),
)


def _released(period: Period) -> Rows:
    return period.here(released(Case.objects.all(), period.as_at, known_on=period.as_at))


def _looked_in_on(period: Period) -> Q:
    """Reached in the year up to the day, on whichever list."""
    year = (add_months(period.as_at, -MONTHS_BETWEEN), period.as_at)
    found = FollowUpAttempt.objects.standing().filter(outcome=Reached.REACHED, day__range=year)
    return Q(Exists(found.filter(person_id=OuterRef("person_id"))))


RELEASED_RATE: Final = Indicator(
    code="released_followed_rate",
    title=_("Looked in on after release, in a year"),
    unit=pgettext_lazy("unit of a figure", "persons"),
    definition=_(
        "Persons whose last order ended in the three years before the day, and how many of them "
        "were reached by a follow-up in the twelve months up to it. The office looks in once a "
        "year; the person owes nothing."
    ),
    excluded=_(
        "Persons who have said that they want no follow-up, who have died, are in custody or are "
        "three years abstinent."
    ),
    rows=_released,
    done=_looked_in_on,
)


class ReleasedRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("person__sort_key",))
    ended = DayColumn(
        verbose_name=_("End of the order"), accessor="duties_end_on", order_by=("duties_end_on",)
    )
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    last_contact = last_contact()
    worker = worker()

    class Meta:
        model = Case
        fields = ()


LISTS: Final = (
    FigureList(
        indicator=RELEASED_RATE, table=ReleasedRows, export_name="released", default_sort="ended",
        rank=187, card=137,
        group=FigureGroup.HELP, words=(_("All"), _("Looked in on"), _("Not yet")),
    ),
    FigureList(
        indicator=FOLLOWUP_RATE, table=FollowUpRows, export_name="follow-ups", default_sort="name",
        rank=185, lead=50, card=135,
        group=FigureGroup.HELP, related=("person", "round", "town", "village"),
        words=(_("All"), _("Reached"), _("Not reached")),
    ),
    FigureList(
        indicator=FOLLOWUP_MET, table=FollowUpRows, export_name="follow-ups-in-person",
        default_sort="name", rank=186, group=FigureGroup.HELP,
        related=("person", "round", "town", "village"),
        words=(_("All"), _("Met"), _("Not met")),
    ),
)  # fmt: skip
