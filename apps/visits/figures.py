"""Who is met, whose order runs as it should, and who is lost."""

from typing import Any, Final

import django_tables2 as tables
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from apps.cases import state_spans
from apps.cases.codes import CaseState
from apps.cases.models import Case, Suspension
from apps.core.tables import DayColumn, NameColumn
from apps.persons.figures import FigureGroup, FigureList, Indicator, Period, Rows
from apps.persons.tables import NAME, TOWN, VILLAGE, RowsOfPersons, last_contact, worker
from apps.visits.contact import had_contact
from apps.visits.models import LostContact


class ManagedRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("sort_key",))
    measure = tables.Column(
        verbose_name=_("Measure"), accessor="get_measure_display", order_by=("measure",)
    )
    in_force_from = DayColumn(verbose_name=_("In force from"))
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    last_contact = last_contact()
    worker = worker()

    class Meta:
        model = Case
        fields = ()


def _managed(period: Period) -> Rows:
    return period.here(Case.objects.all()).asked_on(period.as_at)


def is_lost(period: Period) -> Q:
    flags = LostContact.objects.standing_on(period.as_at)
    return Q(Exists(flags.filter(person_id=OuterRef("person_id"))))


def address_known() -> Q:
    """Where the person lives, as an address or as a unit; the words themselves stay sealed."""
    return ~Q(person__residence_address=b"") | Q(person__residence_area__isnull=False)


def _reached(period: Period) -> Q:
    last = min(period.last, period.as_at)
    met = had_contact("person_id", gte=period.first, lte=last)
    return met & address_known() & ~is_lost(period)


def _to_be_executed(period: Period) -> Rows:
    """Open orders that run, or should: neither within their days to report nor at rest."""
    day = period.as_at
    within = Q(reported_on=None) | Q(reported_on__gt=day)
    within &= Q(report_by__gte=day) | Q(report_by=None)
    held = Suspension.objects.covering(day).filter(case_id=OuterRef("pk"))
    rows = period.here(Case.objects.all()).open_on(day).living_on(day)
    return rows.exclude(within).filter(~Exists(held))


def _executed(period: Period) -> Q:
    day = period.as_at
    ends = Q(duties_end_on=None) | Q(duties_end_on__gte=day)
    with_police = Q()
    for spans in state_spans.covering(CaseState.POLICE, day, OuterRef("pk")):
        with_police |= Q(Exists(spans))
    return ends & Q(in_force_from__lte=day) & ~with_police & ~is_lost(period)


EXECUTION: Final = Indicator(
    code="execution_rate",
    title=_("Orders in normal execution"),
    unit="%",
    definition=_(
        "Open orders that should be running on the day, and how many of them are: reported, with "
        "an agreement, not lost and not reported to the police."
    ),
    excluded=_(
        "Orders within their days to report or without a day of receipt, suspended orders, and "
        "persons who have died."
    ),
    rows=_to_be_executed,
    done=_executed,
)
CONTACT: Final = Indicator(
    code="contact_rate",
    title=_("Met, with whereabouts known"),
    unit="%",
    definition=_(
        "Orders in force on the day, and how many of them are of persons who were met, spoken to, "
        "tested or found in the period, whose residence is on file and who are not lost on the day."
    ),
    excluded=_("Suspended orders, persons who have died, and attempts that reached nobody."),
    rows=_managed,
    done=_reached,
)
LOST: Final = Indicator(
    code="lost_contact_rate",
    title=_("Lost contact rate"),
    unit="%",
    definition=_(
        "Orders in force on the day, and how many of them are of persons for whom lost contact "
        "was recorded (15 days and 3 attempts by 2 means) and who were not found or met by then."
    ),
    excluded=_("Suspended orders, and persons who have died."),
    rows=_managed,
    done=is_lost,
    watched=False,
)

_MANAGED: Final[dict[str, Any]] = {"table": ManagedRows, "default_sort": "name"}
LISTS: Final = (
    FigureList(
        indicator=EXECUTION, export_name="in-execution", rank=74, card=42,
        words=(_("All"), _("In normal execution"), _("Not in normal execution")), **_MANAGED,
    ),
    FigureList(
        indicator=CONTACT, export_name="met", rank=38, card=5, group=FigureGroup.CONTACT,
        words=(_("All"), _("Met"), _("Not met, or whereabouts not known")), **_MANAGED,
    ),
    FigureList(
        indicator=LOST, export_name="lost", rank=112, group=FigureGroup.CONTACT,
        words=(_("All"), _("Lost"), _("Not lost")), **_MANAGED,
    ),
)  # fmt: skip
