"""Drug tests on the dashboard: what was done, what stands to be confirmed, what is disputed.

A screening is counted as a screening. Confirmed is what was decided after a laboratory, and nothing
else; a record of a ledger never is.
"""

from typing import Any, Final

import django_tables2 as tables
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.core.tables import DayColumn, NameColumn
from apps.drugtests.models import DrugTest
from apps.persons.figures import FigureGroup, FigureList, Indicator, Period, Rows
from apps.persons.models import Person
from apps.persons.tables import NAME, TOWN, VILLAGE, RowsOfPersons, last_contact, worker

TESTS: Final = pgettext_lazy("unit of a figure", "tests")


class TestRows(RowsOfPersons):
    """What was taken and when; what it showed stands on its own page."""

    __test__ = False  # pytest: no class of tests

    name = NameColumn(**NAME, order_by=("person__sort_key",))
    day = DayColumn(verbose_name=_("Day"))
    sample = tables.Column(
        verbose_name=_("Sample"), accessor="get_sample_display", order_by=("sample",)
    )
    kind = tables.Column(
        verbose_name=_("Kind of test"), accessor="get_kind_display", order_by=("kind",)
    )
    source = tables.Column(
        verbose_name=_("Source"), accessor="get_source_display", order_by=("source",)
    )
    town = tables.Column(**TOWN)
    worker = worker()

    class Meta:
        model = DrugTest
        fields = ()


class NotTakenRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("person__sort_key",))
    day = DayColumn(verbose_name=_("Day"))
    reason_not = tables.Column(
        verbose_name=_("Why not"), accessor="get_reason_not_display", order_by=("reason_not",)
    )
    town = tables.Column(**TOWN)
    worker = worker()

    class Meta:
        model = DrugTest
        fields = ()


class TestedRows(RowsOfPersons):
    name = NameColumn(verbose_name=_("Name"), order_by=("sort_key",))
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    last_contact = last_contact()
    worker = worker()

    class Meta:
        model = Person
        fields = ()


def _in_period(rows: Any, period: Period) -> Rows:
    return rows.filter(day__range=(period.first, min(period.last, period.as_at)))


def _done(period: Period) -> Rows:
    return _in_period(period.here(DrugTest.objects.all(), "day").taken(), period)


def _to_be_confirmed(period: Period) -> Rows:
    tests = _in_period(period.here(DrugTest.objects.all(), "day"), period)
    return tests.to_be_confirmed_on(period.as_at)


def _tested(period: Period) -> Rows:
    tests = _in_period(DrugTest.objects.taken(), period).filter(person=OuterRef("pk"))
    return period.here(Person.every.all()).filter(Exists(tests))


def _refused(period: Period) -> Rows:
    return _in_period(period.here(DrugTest.objects.all(), "day").refused(), period)


TESTS_DONE: Final = Indicator(
    code="tests_done",
    title=_("Drug tests taken"),
    unit=TESTS,
    definition=_("Samples taken in the period whose test worked, of every kind and reason."),
    excluded=_(
        "Invalid and withdrawn tests, and occupational screenings: those people are on no register."
    ),
    rows=_done,
    day="day",
)
PERSONS_TESTED: Final = Indicator(
    code="persons_tested",
    title=_("Persons tested"),
    unit=pgettext_lazy("unit of a figure", "persons"),
    definition=_(
        "Persons of the area of whom a test of the period is counted, each once. Figures of two "
        "periods are never added up: somebody may be in both."
    ),
    excluded=_("Persons of occupational screenings, who are on no register."),
    rows=_tested,
)
POSITIVE_SCREENED: Final = Indicator(
    code="positive_screened",
    title=_("Positive, to be confirmed"),
    unit=TESTS,
    definition=_(
        "Tests of the period that stand as positive and were not decided by the day of the facts. "
        "None of them is a finding."
    ),
    excluded=_("Tests that a laboratory cleared, and those that were decided."),
    rows=_to_be_confirmed,
    day="day",
)
POSITIVE_CONFIRMED: Final = Indicator(
    code="positive_confirmed",
    title=_("Positive, confirmed"),
    unit=TESTS,
    definition=_(
        "Tests of the period with the whole way of their sample, decided as confirmed by the day "
        "of the facts."
    ),
    excluded=_("Screenings, records of ledgers, and whatever was not decided."),
    rows=lambda period: _done(period).confirmed_on(period.as_at),
    day="day",
)
POSITIVE_RATE: Final = Indicator(
    code="positive_rate",
    title=_("Persons with a confirmed positive"),
    unit="%",
    definition=_(
        "Persons of whom a test of the period is counted, and of how many of them one was decided "
        "as confirmed by the day of the facts."
    ),
    excluded=POSITIVE_CONFIRMED.excluded,
    rows=_tested,
    done=lambda period: Q(
        Exists(
            _in_period(DrugTest.objects.taken(), period)
            .confirmed_on(period.as_at)
            .filter(person=OuterRef("pk"))
        )
    ),
    watched=False,
)
TESTS_REFUSED: Final = Indicator(
    code="tests_refused",
    title=_("Tests refused or evaded"),
    unit=TESTS,
    definition=_(
        "Tests of the period that could not be taken because the person refused or evaded."
    ),
    excluded=_("Leave, illness, detention, nobody notified and nothing to test with."),
    rows=_refused,
    day="day",
)
DISPUTES_OPEN: Final = Indicator(
    code="disputes_open",
    title=_("Open objections to tests"),
    unit=TESTS,
    definition=_(
        "Tests whose result the person objects to on the day of the facts: not answered yet, or "
        "granted and not yet carried out."
    ),
    excluded=_("Objections that were not granted, and those whose new result was told."),
    rows=lambda period: period.here(DrugTest.objects.all()).disputed_on(period.as_at),
)

_TESTS: Final[dict[str, Any]] = {"table": TestRows, "default_sort": "-day"}
LISTS: Final = (
    FigureList(
        indicator=TESTS_DONE, export_name="tests-taken", rank=130,
        card=80, group=FigureGroup.TESTS, **_TESTS,
    ),
    FigureList(
        indicator=PERSONS_TESTED, table=TestedRows, export_name="persons-tested",
        default_sort="name", rank=140, card=90,
        group=FigureGroup.TESTS, related=("town", "village"), ticked_by="public_id",
    ),
    FigureList(
        indicator=POSITIVE_SCREENED, export_name="to-be-confirmed", rank=150, card=100,
        group=FigureGroup.TESTS,
        leaves=False, **_TESTS,
    ),
    FigureList(
        indicator=POSITIVE_CONFIRMED, export_name="confirmed", rank=160, card=110,
        group=FigureGroup.TESTS, leaves=False,
        **_TESTS,
    ),
    FigureList(
        indicator=POSITIVE_RATE, table=TestedRows, export_name="confirmed-of-tested",
        default_sort="name", rank=165, group=FigureGroup.TESTS,
        related=("town", "village"), ticked_by="public_id",
        leaves=False, words=(_("All"), _("Confirmed"), _("None confirmed")),
    ),
    FigureList(
        indicator=TESTS_REFUSED, table=NotTakenRows, export_name="tests-refused",
        default_sort="-day", rank=170, card=120, group=FigureGroup.TESTS,
    ),
    FigureList(
        indicator=DISPUTES_OPEN, export_name="objections", rank=180, card=130,
        group=FigureGroup.TESTS, leaves=False,
        **_TESTS,
    ),
)  # fmt: skip
