"""What holds for every contact: its order, its day, and that one comes after the other."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField
from django.utils.translation import gettext as _

from apps.cases.models import Case
from apps.core.prepared import Prepared, Slot
from apps.core.refusals import Refused
from apps.core.text import day_text
from apps.persons.models import Person

# A phone's clock may be a little ahead of the server's.
CLOCK_TOLERANCE = timedelta(minutes=2)
# Longer absences are a leave or a suspension, which end the duty itself.
LONGEST_RETRY = timedelta(days=60)


def lock_cases(person: Person) -> list[Case]:
    """The person's orders, locked: taps for one person come one after the other."""
    cases = _LOCKED_CASES.rows(person=person.pk)
    if not cases:
        Person.objects.select_for_update(no_key=True).only("pk").get(pk=person.pk)
    return cases


def lock_cases_of(person_ids: Iterable[int]) -> dict[int, list[Case]]:
    """Orders of many persons, by person, locked as a tap locks those of one."""
    found: dict[int, list[Case]] = defaultdict(list)
    locked = Case.objects.select_for_update(no_key=True).filter(person_id__in=person_ids)
    for case in locked.order_by("pk"):
        found[case.person_id].append(case)
    return found


def case_on(cases: Iterable[Case], day: date) -> Case | None:
    """The order in force on the day; there is at most one."""
    return next((case for case in cases if case.is_in_force_on(day)), None)


def refuse_before_order(cases: Iterable[Case], day: date) -> None:
    """A person whose first order is later had no file on the day."""
    begins = [case.decided_on or case.reported_on for case in cases]
    known = [first for first in begins if first is not None]
    if known and len(known) == len(begins) and day < min(known):
        raise Refused(
            _("The order is of %(day)s; a contact before it is not recorded.")
            % {"day": day_text(min(known))}
        )


def refuse_after_death(person: Person, day: date, field: str) -> None:
    """Of the days on which the person lived something may still be recorded."""
    if person.is_dead_by(day) and day != person.life_status_since:
        raise Refused(_("The person had died before this day."), field=field)


def _locked_cases() -> Any:
    columns = (
        "in_force_from", "duties_end_on", "decided_on", "reported_on", "county_id", "town_id",
        "village_id", "person_id",
    )  # fmt: skip
    rows = Case.objects.select_for_update(no_key=True).only(*columns)
    return rows.filter(person_id=Slot("person", BigIntegerField())).order_by("pk")


_LOCKED_CASES = Prepared(_locked_cases)
