"""Work and training on the dashboard."""

from typing import Any, Final

import django_tables2 as tables
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from apps.cases.models import Case
from apps.core.tables import DayColumn, NameColumn
from apps.employment.models import Enrolment, Placement
from apps.employment.rules import birthdays
from apps.persons.codes import Employment
from apps.persons.figures import FigureGroup, FigureList, Indicator, Period, Rows
from apps.persons.tables import NAME, TOWN, VILLAGE, RowsOfPersons, last_contact, worker

# By the word of the file.
AT_WORK: Final = (
    Employment.EMPLOYED, Employment.FARMING, Employment.SELF, Employment.FLEXIBLE,
    Employment.PUBLIC, Employment.SITE,
)  # fmt: skip
NOT_ASKED: Final = (Employment.UNABLE, Employment.RETIRED, Employment.STUDENT)


class EmployedRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("person__sort_key",))
    employment = tables.Column(
        verbose_name=_("Employment"), accessor="person__get_employment_display",
        order_by=("person__employment",),
    )  # fmt: skip
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    last_contact = last_contact()
    worker = worker()

    class Meta:
        model = Case
        fields = ()


class ExaminedRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("person__sort_key",))
    course = tables.Column(
        verbose_name=_("Course"), accessor="course__title", order_by=("course__title",)
    )
    counted_on = DayColumn(verbose_name=_("Counts on"))
    examination = tables.Column(
        verbose_name=_("Examination"), accessor="get_examination_display",
        order_by=("examination",),
    )  # fmt: skip
    town = tables.Column(**TOWN)
    worker = worker()

    class Meta:
        model = Enrolment
        fields = ()


def _able(period: Period) -> Rows:
    """Who stands in execution on the day, is of working age and not said to be unable."""
    oldest, youngest = birthdays(period.as_at)
    rows: Any = period.here(Case.objects.all()).in_force_on(period.as_at)
    rows = rows.living_on(period.as_at).filter(
        person__born_on__gt=oldest, person__born_on__lte=youngest
    )
    return rows.exclude(person__employment__in=NOT_ASKED)


def _employed(period: Period) -> Q:
    works = Placement.objects.running_on(period.as_at).filter(person_id=OuterRef("person_id"))
    return Q(Exists(works)) | Q(person__employment__in=AT_WORK)


def _examined(period: Period) -> Rows:
    """Of two files that became one both may say the examination: it counts once."""
    rows: Any = period.here(Enrolment.objects.all(), "counted_on").examined()
    rows = rows.once_a_course(Enrolment.objects.examined())
    return rows.filter(counted_on__range=(period.first, min(period.last, period.as_at)))


def _certified(period: Period) -> Q:
    """On any row of the person in the course."""
    by_then = Q(certificate_on=None) | Q(certificate_on__lte=period.as_at)
    rows = Enrolment.objects.standing().filter(by_then).exclude(certificate_number="")
    same = rows.filter(person=OuterRef("person_id"), course=OuterRef("course_id"))
    return Q(Exists(same))


EMPLOYED_RATE: Final = Indicator(
    code="employed_rate",
    title=_("Persons with work"),
    unit="%",
    definition=_(
        "Of the persons with an order in force on the day who are 16 to 59 years old: those with a "
        "placement that runs on the day, or whose file says that they have work (employed, farming "
        "or fishing, own business, casual work, public-welfare job, workshop or farm)."
    ),
    excluded=_(
        "Persons whose file says that they are unable to work, retired or students, and those "
        "whose date of birth is not known. The word of the file is today's, on a past day too; "
        "where the file says nothing and no placement runs, the person counts as without work."
    ),
    rows=_able,
    done=_employed,
)
CERTIFICATES_RATE: Final = Indicator(
    code="certificates_rate",
    title=_("Certificates of examinations taken"),
    unit="%",
    definition=_(
        "Examinations of training courses that were taken in the period, and how many of them led "
        "to a certificate. An examination counts on its day; where a ledger does not know the day, "
        "on the first day of the course."
    ),
    excluded=_("Persons enrolled who have not been examined, and enrolments that were withdrawn."),
    rows=_examined,
    done=_certified,
    day="counted_on",
)
LISTS: Final = (
    FigureList(
        indicator=EMPLOYED_RATE, table=EmployedRows, export_name="with-work", default_sort="name",
        rank=190, lead=60, card=140,
        group=FigureGroup.WORK, words=(_("All"), _("With work"), _("Without work")),
    ),
    FigureList(
        indicator=CERTIFICATES_RATE, table=ExaminedRows, export_name="certificates",
        default_sort="name", rank=195, card=145,
        group=FigureGroup.WORK, related=("person", "town", "course"),
        words=(_("All"), _("With certificate"), _("Without certificate")),
    ),
)  # fmt: skip
