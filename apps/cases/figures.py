"""Orders on the dashboard: the way into execution, complete files, new use and abstinence.

New use is what the police have established, and nothing else: no screening, no missed check-in.
"""

from datetime import date
from typing import Any, Final

import django_tables2 as tables
from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.cases.codes import CaseState, ClosureReason
from apps.cases.gaps import conditions
from apps.cases.models import Case, PoliceReport, Suspension
from apps.core.tables import DayColumn, NameColumn
from apps.law.current import number_on
from apps.law.dates import latest_abstinent_start
from apps.law.parameters import Parameter
from apps.persons.codes import LifeStatus
from apps.persons.figures import FigureList, Indicator, Period, Rows
from apps.persons.models import Person
from apps.persons.querysets import dead_by
from apps.persons.tables import NAME, TOWN, VILLAGE, RowsOfPersons, last_contact, worker

PERSONS: Final = pgettext_lazy("unit of a figure", "persons")
ORDERS: Final = pgettext_lazy("unit of a figure", "orders")
# What makes the papers of an order complete, of all that a file may lack.
PAPERS: Final = (
    "no_report", "no_agreement", "no_receipt", "no_decision", "no_plan", "no_document",
)  # fmt: skip


class OrderSteps(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("sort_key",))
    measure = tables.Column(
        verbose_name=_("Measure"), accessor="get_measure_display", order_by=("measure",)
    )
    decided_on = DayColumn(verbose_name=_("Decided on"))
    report_by = DayColumn(verbose_name=_("To report by"))
    reported_on = DayColumn(verbose_name=_("Reported on"))
    agreement_on = DayColumn(verbose_name=_("Agreement signed on"))
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    worker = worker()

    class Meta:
        model = Case
        fields = ()


class PersonsOfOrders(RowsOfPersons):
    name = NameColumn(verbose_name=_("Name"), order_by=("sort_key",))
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    last_contact = last_contact()
    worker = worker()

    class Meta:
        model = Person
        fields = ()


class EstablishedRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("person__sort_key",))
    happened_on = DayColumn(verbose_name=_("Happened on"))
    replied_on = DayColumn(verbose_name=_("Decided by the police on"))
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)

    class Meta:
        model = PoliceReport
        fields = ()


def _last(period: Period) -> date:
    return min(period.last, period.as_at)


def _asked_to_report(period: Period) -> Rows:
    """Whose last day to report lies in the period: each paper in the month in which it fell due."""
    held = Suspension.objects.covering(OuterRef("report_by"))
    held = held.filter(person_id=OuterRef("person_id"))
    rows = Case.objects.filter(report_by__range=(period.first, _last(period)))
    rows = rows.exclude(dead_by(F("report_by"))).filter(~Exists(held))
    # An order that was over before its last day asked nobody to come.
    over = Q(reported_on=None, closed_on__lte=F("report_by"))
    return period.here(rows.exclude(over), "report_by")


def _agreements_due(period: Period) -> Rows:
    days = number_on(Parameter.AGREEMENT_DAYS, "reported_on")
    by = ExpressionWrapper(F("reported_on") + days, output_field=DateField())
    rows = Case.objects.filter(reported_on__isnull=False).annotate(agree_by=by)
    rows = rows.filter(agree_by__range=(period.first, _last(period)))
    return period.here(rows.exclude(dead_by(F("reported_on"))), "reported_on")


def _in_force(period: Period) -> Rows:
    return period.here(Case.objects.all()).in_force_on(period.as_at)


def _complete(period: Period) -> Q:
    lacks = conditions(period.as_at)
    found = Q()
    for name in PAPERS:
        # An expression that may be unknown is said to be false where it is not true.
        found &= ~Q(pk__in=Case.objects.filter(lacks[name]).values("pk"))
    return found


def _first_orders(period: Period) -> Rows:
    """The first order of each person on file, where its day is known."""
    before = Case.objects.filter(person_id=OuterRef("person_id")).exclude(pk=OuterRef("pk"))
    same_day = Q(decided_on=OuterRef("decided_on"), pk__lt=OuterRef("pk"))
    undated = Q(decided_on=None) & (Q(reported_on=None) | Q(reported_on__lt=OuterRef("decided_on")))
    earlier = before.filter(Q(decided_on__lt=OuterRef("decided_on")) | same_day | undated)
    rows = Case.objects.filter(decided_on__range=(period.first, _last(period)))
    revoked = Q(closure_reason=ClosureReason.REVOKED, closed_on__lte=period.as_at)
    return period.here(rows.exclude(revoked).filter(~Exists(earlier)), "decided_on")


def _established(period: Period) -> Rows:
    rows: Any = PoliceReport.objects.use_established(period.as_at)
    return rows.filter(happened_on__range=(period.first, _last(period)))


def _relapses(period: Period) -> Rows:
    return period.here(_established(period), "happened_on")


def _in_execution(period: Period) -> Rows:
    """Persons with an order in force on any day of the period."""
    runs = Case.objects.filter(
        Q(duties_end_on=None) | Q(duties_end_on__gte=period.first), person_id=OuterRef("pk"),
        in_force_from__lte=_last(period),
    )  # fmt: skip
    persons = period.here(Person.every.all()).filter(_own_file(period))
    return persons.exclude(dead_by(period.first, "")).filter(Exists(runs))


def _own_file(period: Period) -> Q:
    return Q(merged_into=None) | Q(merged_on__gt=period.as_at)


def _used(period: Period) -> Q:
    return Q(Exists(_established(period).filter(person_id=OuterRef("pk"))))


def _register(period: Period) -> Rows:
    return period.here(Person.every.all()).on_register_on(period.as_at)


def _abstinent(period: Period) -> Q:
    """Three years by the order, or by the word of the file; and no order that runs again."""
    day, own = period.as_at, OuterRef("pk")
    by_order = Case.objects.in_state_on(CaseState.ABSTINENT, day).filter(person_id=own)
    said = Q(life_status=LifeStatus.ABSTINENT) & (
        Q(life_status_since=None) | Q(life_status_since__lte=day)
    )
    again = Case.objects.open_on(day).filter(person_id=own)
    return (Q(Exists(by_order)) | said) & ~Q(Exists(again))


def _began_three_years_ago(period: Period) -> Rows:
    began = Case.objects.filter(
        person_id=OuterRef("pk"), reported_on__lte=latest_abstinent_start(period.as_at)
    )
    return _register(period).filter(Exists(began))


REPORTING_RATE: Final = Indicator(
    code="reporting_rate",
    title=_("Reported in time"),
    unit="%",
    definition=_(
        "Orders whose last day to report (15 days after the receipt, with the calendar) lies in "
        "the period, and how many of them reported by that day."
    ),
    excluded=_(
        "Persons who had died or were held on the last day, orders that were over before it, and "
        "orders whose receipt has no date."
    ),
    rows=_asked_to_report,
    done=lambda period: Q(reported_on__lte=F("report_by")),
    day="report_by",
)
REPORTED_RATE: Final = Indicator(
    code="reported_rate",
    title=_("Reported at all"),
    unit="%",
    definition=_(
        "The same orders, and how many of them have reported by the day of the facts, in time or "
        "late."
    ),
    excluded=REPORTING_RATE.excluded,
    rows=_asked_to_report,
    done=lambda period: Q(reported_on__lte=period.as_at),
    day="report_by",
)
AGREEMENT_RATE: Final = Indicator(
    code="agreement_rate",
    title=_("Agreements signed in time"),
    unit="%",
    definition=_(
        "Orders whose days to the agreement (3 after the report, where the area has set no other "
        "number) end in the period, and how many of them have the agreement by then."
    ),
    excluded=_("Orders that have not reported, and persons who had died."),
    rows=_agreements_due,
    done=lambda period: Q(agreement_on__lte=F("agree_by")),
    day="reported_on",
)
FILES_COMPLETE: Final = Indicator(
    code="files_complete_rate",
    title=_("Papers of the order complete"),
    unit="%",
    definition=_(
        "Orders in force, and how many of them have decision with number, receipt, report, "
        "agreement and plan on file, and the document number of the person."
    ),
    excluded=_("Orders that wait for the report or the agreement. What is on file is today's."),
    rows=_in_force,
    done=_complete,
)
WITHOUT_PLAN: Final = Indicator(
    code="without_plan",
    title=_("Orders without a plan"),
    unit=ORDERS,
    definition=_("In force on the day, and no plan was made by then."),
    excluded=_("Orders that wait for the report or the agreement."),
    rows=lambda period: _in_force(period).filter(
        Q(plan_on=None) | Q(plan_on__gt=period.as_at)
    ),
)  # fmt: skip
NEWLY: Final = Indicator(
    code="newly_recorded",
    title=_("Newly recorded persons"),
    unit=PERSONS,
    definition=_(
        "Persons whose first order on file was decided in the period, in the unit to which they "
        "belonged on that day."
    ),
    excluded=_("Decisions that were revoked, and first orders without a date."),
    rows=_first_orders,
    day="decided_on",
)
RELAPSE_RATE: Final = Indicator(
    code="relapse_rate",
    title=_("New use, decided by the police"),
    unit="%",
    definition=_(
        "Persons with an order in force on any day of the period, and of how many the police have "
        "decided, by the day of the facts, that there was new use in the period."
    ),
    excluded=_("Screenings, tests that wait, suspicions, and reports that were not established."),
    rows=_in_execution,
    done=_used,
    watched=False,
)
RELAPSES: Final = Indicator(
    code="relapse_events",
    title=_("Events of new use, decided by the police"),
    unit=pgettext_lazy("unit of a figure", "events"),
    definition=_(
        "Reports to the police of new use in the period that they established by the day of the "
        "facts, in the unit to which the person belonged on the day of the event."
    ),
    excluded=RELAPSE_RATE.excluded,
    rows=_relapses,
    day="happened_on",
)
CLEAN: Final = Indicator(
    code="clean_three_years",
    title=_("Three years abstinent"),
    unit=PERSONS,
    definition=_(
        "Persons on the register who were released, whose order began three years and more before "
        "the day and of whom no use was established since, or whose file says so."
    ),
    excluded=_("Persons who died or live abroad, and whoever has an order that runs."),
    rows=lambda period: _register(period).filter(_abstinent(period)),
)
CONSOLIDATION: Final = Indicator(
    code="consolidation_rate",
    title=_("Abstinence that held"),
    unit="%",
    definition=_(
        "Persons on the register whose first report lies three years and more before the day, and "
        "how many of them are three years abstinent."
    ),
    excluded=_("Persons who died or live abroad, and orders without a day of report."),
    rows=_began_three_years_ago,
    done=_abstinent,
    watched=False,
)

_STEPS: Final[dict[str, Any]] = {"table": OrderSteps, "default_sort": "name"}
_PERSONS: Final[dict[str, Any]] = {
    "table": PersonsOfOrders, "default_sort": "name", "related": ("town", "village"),
    "ticked_by": "public_id",
}  # fmt: skip
LISTS: Final = (
    FigureList(
        indicator=REPORTING_RATE, export_name="reported-in-time", rank=71, card=41,
        words=(_("All"), _("In time"), _("Not in time")), **_STEPS,
    ),
    FigureList(
        indicator=REPORTED_RATE, export_name="reported", rank=72,
        words=(_("All"), _("Reported"), _("Not reported")), **_STEPS,
    ),
    FigureList(
        indicator=AGREEMENT_RATE, export_name="agreements-in-time", rank=73,
        words=(_("All"), _("In time"), _("Not in time")), **_STEPS,
    ),
    FigureList(
        indicator=FILES_COMPLETE, export_name="papers-complete", rank=75,
        words=(_("All"), _("All on file"), _("Something is missing")), **_STEPS,
    ),
    FigureList(indicator=WITHOUT_PLAN, export_name="without-plan", rank=76, **_STEPS),
    FigureList(indicator=NEWLY, export_name="newly-recorded", rank=200, **_STEPS),
    FigureList(
        indicator=RELAPSE_RATE, export_name="new-use", rank=202, leaves=False,
        words=(_("All"), _("With new use"), _("Without new use")), **_PERSONS,
    ),
    FigureList(
        indicator=RELAPSES, table=EstablishedRows, export_name="new-use-events",
        default_sort="-happened_on", rank=204, leaves=False,
    ),
    FigureList(indicator=CLEAN, export_name="three-years", rank=206, **_PERSONS),
    FigureList(
        indicator=CONSOLIDATION, export_name="consolidated", rank=208,
        words=(_("All"), _("Three years abstinent"), _("Not three years abstinent")), **_PERSONS,
    ),
)  # fmt: skip
