"""Figures of more than one subject: their words, their rows, and the lists that they open."""

from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.assessments.querysets import last_valid_day
from apps.cases.models import Case
from apps.persons.figures import FigureGroup, FigureList, Indicator, Period, Rows
from apps.persons.models import Person
from apps.reports.not_moving import NO_CONTACT, NOBODY_PRESENT, OVERDUE
from apps.reports.order_kinds import kinds_of_orders, of_kind
from apps.reports.row_facts import set_alone, set_lateness, with_first_late, with_last_seen
from apps.reports.tables import (
    AssessedRows,
    CaseRows,
    NoContactRows,
    NotAssignedRows,
    OverdueRows,
    PersonRows,
    WindowRows,
)
from apps.reports.windows import counted_checkins, counted_talks, counted_tests, counted_visits
from apps.schedule.models import Outcome


def _done_by_then(period: Period) -> Q:
    return Q(outcome=Outcome.DONE, done_on__lte=period.as_at)


def _persons(period: Period) -> Rows:
    return period.here(Person.every.all()).on_register_on(period.as_at)


def _cases_in_force(period: Period) -> Rows:
    return period.here(Case.objects.all()).in_force_on(period.as_at)


def _cases_not_assigned(period: Period) -> Rows:
    return period.here(Case.objects.all()).open_on(period.as_at).not_assigned_on(period.as_at)


def _cases_with_validity(period: Period) -> Rows:
    return _cases_in_force(period).annotate(valid_until=last_valid_day("person_id", period.as_at))


CHECKIN_RATE: Final = Indicator(
    code="checkin_rate",
    title=_("Check-in rate"),
    unit="%",
    definition=_(
        "Check-ins done out of check-ins due: windows that end in the period, counted one by one "
        "(person-days where a sign-in is due daily)."
    ),
    excluded=_(
        "Days on leave, under suspension or outside an order in force. Windows that ended before "
        "a case was brought in count only in months for which the county has check-ins on record."
    ),
    rows=counted_checkins,
    done=_done_by_then,
    day="due_on",
)
VISIT_RATE: Final = Indicator(
    code="visit_rate",
    title=_("Home visits made"),
    unit="%",
    definition=_(
        "Home visits made out of home visits due: windows that end in the period. A "
        "visit is made when the person, or somebody of the family whom the person "
        "agreed to, was met."
    ),
    excluded=_(
        "Days on leave, under suspension or outside an order in force. Windows that "
        "ended before a case was brought in count only in months for which the county "
        "has home visits on record."
    ),
    rows=counted_visits,
    done=_done_by_then,
    day="due_on",
)
TALK_RATE: Final = Indicator(
    code="talk_rate",
    title=_("Interviews held"),
    unit="%",
    definition=_("Interviews held out of interviews due: windows that end in the period."),
    excluded=_(
        "Days on leave, under suspension or outside an order in force. Windows that "
        "ended before a case was brought in count only in months for which the county "
        "has interviews on record."
    ),
    rows=counted_talks,
    done=_done_by_then,
    day="due_on",
)
TESTS_DUE: Final = Indicator(
    code="tests_due",
    title=_("Drug tests due"),
    unit=pgettext_lazy("unit of a figure", "tests"),
    definition=_(
        "Windows of the plan of drug tests (urine, saliva or blood) that end in the period."
    ),
    excluded=_(
        "Hair tests, which are a duty of their own. Days on leave, under suspension or outside an "
        "order in force. Windows that ended before a case was brought in count only in months for "
        "which the county has drug tests on record."
    ),
    rows=counted_tests,
    day="due_on",
)
TEST_RATE: Final = Indicator(
    code="test_rate",
    title=_("Drug tests done"),
    unit="%",
    definition=_("Windows of drug tests with a test that worked, out of drug tests due."),
    excluded=TESTS_DUE.excluded,
    rows=counted_tests,
    done=_done_by_then,
    day="due_on",
)
PERSONS: Final = Indicator(
    code="persons",
    title=_("Persons on the register"),
    unit=pgettext_lazy("unit of a figure", "persons"),
    definition=_(
        "Persons whose file this area keeps. One who was brought in without a date counts on "
        "every day."
    ),
    excluded=_("Persons who died or live abroad."),
    rows=_persons,
)
CASES_IN_FORCE: Final = Indicator(
    code="cases_in_force",
    title=_("Orders in force"),
    unit=pgettext_lazy("unit of a figure", "orders"),
    definition=_("Reported, with an agreement, and neither ended nor closed on the day."),
    excluded=_("Orders that wait for the report or the agreement."),
    rows=_cases_in_force,
)
CASES_NOT_ASSIGNED: Final = Indicator(
    code="cases_not_assigned",
    title=_("Orders without a worker"),
    unit=pgettext_lazy("unit of a figure", "orders"),
    definition=_("Decided and not yet over, and nobody is responsible for the person on the day."),
    excluded=_("Orders that have ended or are closed."),
    rows=_cases_not_assigned,
)
ASSESSED: Final = Indicator(
    code="assessed",
    title=_("Assessed"),
    unit="%",
    definition=_(
        "Orders in force whose person has an assessment that holds on the day, out of orders in "
        "force."
    ),
    excluded=_("Assessments that have ended, and risk levels that are only a word of a ledger."),
    rows=_cases_with_validity,
    done=lambda period: Q(valid_until__gte=period.as_at),
)

WINDOWS: Final[dict[str, Any]] = {
    "table": WindowRows,
    "default_sort": "due_on",
    "capped": 200_000,
    "words": (_("All due"), _("Done"), _("Not done")),
}
LISTS: Final = (
    FigureList(
        indicator=CHECKIN_RATE, export_name="check-ins-due", rank=10, lead=10, card=10,
        group=FigureGroup.CONTACT, column=80, **WINDOWS
    ),
    FigureList(
        indicator=TALK_RATE, export_name="talks-due", rank=20,
        card=20, group=FigureGroup.CONTACT, **WINDOWS,
    ),
    FigureList(
        indicator=VISIT_RATE, export_name="visits-due", rank=30, lead=20,
        card=30, group=FigureGroup.CONTACT, **WINDOWS,
    ),
    FigureList(
        indicator=TEST_RATE, export_name="tests-due-rate", rank=34, lead=30,
        card=34, group=FigureGroup.TESTS, **WINDOWS,
    ),
    FigureList(
        indicator=TESTS_DUE, export_name="tests-due", rank=36, card=36, group=FigureGroup.TESTS,
        **{**WINDOWS, "words": ()},
    ),
    FigureList(
        indicator=PERSONS, table=PersonRows, export_name="persons", default_sort="name", rank=40,
        card=50, column=10, related=("town", "village"), ticked_by="public_id",
    ),
    FigureList(
        indicator=CASES_IN_FORCE, table=CaseRows, export_name="orders-in-force",
        default_sort="name", rank=50, card=60, column=20, kinds=kinds_of_orders(),
        of_kind=of_kind,
    ),
    FigureList(
        indicator=CASES_NOT_ASSIGNED, table=NotAssignedRows, export_name="orders-not-assigned",
        default_sort="name", rank=60, standing=30, column=30, icon="user", tell=set_alone,
    ),
    FigureList(
        indicator=ASSESSED, table=AssessedRows, export_name="assessed", default_sort="name",
        rank=70, card=40, column=70,
        words=(_("All orders in force"), _("Assessed"), _("Still to be assessed")),
    ),
    FigureList(
        indicator=NOBODY_PRESENT, table=CaseRows, export_name="nobody-present",
        default_sort="name", rank=90, standing=40, icon="user-off",
    ),
    FigureList(
        indicator=OVERDUE, table=OverdueRows, export_name="overdue", default_sort="due_on",
        rank=100, standing=20, column=50, icon="alert-triangle", extend=with_first_late,
        tell=set_lateness,
    ),
    FigureList(
        indicator=NO_CONTACT, table=NoContactRows, export_name="no-contact",
        default_sort="last_contact", rank=110, standing=10, column=40, icon="user-off",
        extend=with_last_seen, tell=set_lateness,
    ),
)  # fmt: skip
