"""Groups of persons of whom is asked what helped them: sex, age, kind of order."""

from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from apps.cases.codes import Measure
from apps.law.dates import add_months
from apps.persons.codes import Sex

# Years: from the first to below the second.
AGES: Final = {"0-24": (0, 25), "25-34": (25, 35), "35-44": (35, 45), "45-59": (45, 60),
               "60-": (60, 150)}  # fmt: skip
WHOM: Final = [
    (f"sex-{Sex.MALE}", _("Men")),
    (f"sex-{Sex.FEMALE}", _("Women")),
    ("age-0-24", _("Under 25 years")),
    ("age-25-34", _("25 to 34 years")),
    ("age-35-44", _("35 to 44 years")),
    ("age-45-59", _("45 to 59 years")),
    ("age-60-", _("60 years and older")),
    (f"order-{Measure.SQJD}", Measure.SQJD.label),
    (f"order-{Measure.SQKF}", Measure.SQKF.label),
]


def of_group(group: str, day: date, orders: Any) -> Q:
    """Looks at help of these persons: by sex, by age on the day, by the kind of their `orders`."""
    what, _dash, which = group.partition("-")
    if what == "sex":
        return Q(person__sex=which)
    if what == "order":
        return Q(Exists(orders.filter(person_id=OuterRef("person_id"), measure=which)))
    youngest, oldest = AGES[which]
    born = (add_months(day, -12 * oldest), add_months(day, -12 * youngest))
    return Q(person__born_on__gt=born[0], person__born_on__lte=born[1])
