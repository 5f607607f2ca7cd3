"""For how long an assessment speaks on a day, and another number from a day on."""

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.assessments.models import ValidityRule
from apps.assessments.validity import ValidityBook, ValidityFacts, changed_ends, facts_of
from apps.audit.acting import acting
from apps.cases.rules import level_valid_until
from apps.cases.services import move_last_days
from apps.core.days import today
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.persons.models import Person
from apps.schedule.rules import ONE_DAY

# Any number will do, so long as nothing else locks it.
LOCK = 73205


def last_day(person: Person, risk_level: str, day: date) -> date:
    """Until when an assessment of the day speaks, numbers that came in since included."""
    book = ValidityBook.load(risk_level)
    facts = _facts(book, person)
    until = level_valid_until(risk_level, day, book.months_on(facts, day))
    return book.end_with_later(facts, day, until, day + ONE_DAY)


def _facts(book: ValidityBook, person: Person) -> ValidityFacts:
    """Not asked where nobody has set a number."""
    return facts_of([person.pk])[person.pk] if book.numbers else ValidityFacts(())


def hold_numbers() -> None:
    """Until the end of the transaction no number changes: what is counted now stays right."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])


@transaction.atomic
def set_validity(
    *, risk_level: str, months: int, effective_from: date, basis: str, by: User, **narrower: Any
) -> ValidityRule:
    """Another number from a day on. What speaks then is measured by it: see validity.py.

    `narrower`: measure, year_of_term, area. The same again is the same rule; one that has not
    begun gives way to another for the same day.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if narrower.get("area"):
        narrower["area"] = narrower["area"].today
    row = ValidityRule(
        risk_level=risk_level, months=months, effective_from=effective_from, basis=basis.strip(),
        recorded_by=by, **narrower,
    )  # fmt: skip
    if known := refuse_validity(row):
        if (known.months, known.basis) == (row.months, row.basis):
            return known
        row.pk, row.recorded_at = known.pk, known.recorded_at
    with acting(by):
        save_or_refuse(row)
    ends = {end.record_id: end.will_be for end in changed_ends(row)}
    move_last_days(ends=ends, by=by, reason=row.basis)
    return row


def refuse_validity(row: ValidityRule) -> ValidityRule | None:
    """What no rule may be, asked before the simulation and before the change alike.

    The rule for the same from the same day, if there is one: it is the same, or gives way.
    """
    if not row.basis.strip():
        raise Refused(_("Name the paper that sets the number."), field="basis")
    same = ValidityRule.objects.filter(
        risk_level=row.risk_level, measure=row.measure, year_of_term=row.year_of_term,
        area=row.area, effective_from=row.effective_from,
    )  # fmt: skip
    known: ValidityRule | None = same.order_by("pk").first()
    if known is None or known.effective_from > today():
        return known
    if (known.months, known.basis) != (row.months, row.basis.strip()):
        raise Refused(
            _("A number for the same begins on this day already."), field="effective_from"
        )
    return known
