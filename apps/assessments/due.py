"""Who is to be assessed: never, ended, about to end, or something has happened since."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext as _

from apps.assessments.querysets import last_valid_day, unanswered_event, waiting_level
from apps.cases.models import Case
from apps.core.text import day_text

# An assessment that ends is made anew in its last month.
SOON_DAYS: Final = 30


def with_standing(persons: Any, day: date, ends: Mapping[int, date] | None = None) -> Any:
    """Persons with an order in force, with `valid_until`, `happened` and `waits` on the day.

    `ends`: last days that are supposed, by person; see simulating.py.
    """
    running = Case.objects.filter(person_id=OuterRef("pk")).in_force_on(day)
    return persons.filter(Exists(running)).annotate(
        valid_until=last_valid_day("pk", day, ends),
        happened=unanswered_event("pk", day),
        waits=waiting_level("pk"),
    )


def conditions(day: date) -> dict[str, Q]:
    """Each state as a condition on rows of `with_standing`."""
    return {
        "never": Q(valid_until=None),
        "ended": Q(valid_until__lt=day),
        "event": Q(happened=True),
        "soon": Q(valid_until__gte=day, valid_until__lte=day + timedelta(days=SOON_DAYS)),
        "waiting": Q(waits=True),
    }


def to_assess(persons: Any, day: date, ends: Mapping[int, date] | None = None) -> Any:
    """Everybody of whom no judgement holds, or for whom it is time to look again."""
    # Never, ended and soon in one comparison: each mention of the day is a look-up of its own.
    speaks_until = Coalesce("valid_until", Value(date.min))
    ending = LessThanOrEqual(speaks_until, Value(day + timedelta(days=SOON_DAYS)))
    return with_standing(persons, day, ends).filter(Q(ending) | conditions(day)["event"])


def why(row: Any, day: date) -> tuple[str, str]:
    """Kind of tag and words: late is what nobody has judged, soon what ends."""
    if row.waits:
        return "inf", _("Waits for the supervisor")
    if row.valid_until is None:
        return "late", _("Never assessed")
    if row.valid_until < day:
        return "late", _("Ended %(day)s") % {"day": day_text(row.valid_until)}
    if row.happened:
        return "soon", _("Something has happened")
    return "soon", _("Valid until %(day)s") % {"day": day_text(row.valid_until)}
