"""The plans of docs/law.md, 2, for every unit that sets none of its own.

Tests: community detoxification 12 + 6 + 4, 22 in three years; community rehabilitation 6 + 4 + 2,
and 6 + 6 where the term is two years. No article fixes a number: these are the custom of the field.
Urine of the high level is monthly where the plan of the year asks for less. Hair every six months,
and every twelve of the low level: contact grows less as a person does well. High and medium share a
rule, so that a level that lapses and comes back does not begin the six months anew each time.
"""

from datetime import date
from typing import Any, Final

# Kind, risk level, every so many weeks or months.
_CONTACTS: Final = (
    ("checkin", "high", 1, "w"), ("checkin", "medium", 2, "w"), ("checkin", "low", 1, "m"),
    ("talk", "high", 2, "w"), ("talk", "medium", 1, "m"), ("talk", "low", 3, "m"),
    ("visit", "high", 1, "m"), ("visit", "medium", 2, "m"), ("visit", "low", 6, "m"),
    ("summary", "", 6, "m"), ("hair", "", 6, "m"), ("hair", "low", 12, "m"),
)  # fmt: skip
# Measure, risk level, year of the term, length of the term in years, every so many months. A rule
# without a year is that of the third one and of what a suspension adds to it.
_TESTS: Final = (
    ("SQJD", "", 1, None, 1), ("SQJD", "", 2, None, 2), ("SQJD", "", None, None, 3),
    ("SQKF", "", 1, None, 2), ("SQKF", "", 2, None, 3), ("SQKF", "", 2, 2, 2),
    ("SQKF", "", None, None, 6),
    ("SQJD", "high", 2, None, 1), ("SQJD", "high", 3, None, 1), ("SQKF", "high", None, None, 1),
)  # fmt: skip
# The day from which the Narcotics Control Law is in force.
_SINCE: Final = date(2008, 6, 1)


def store(apps: Any, schema_editor: Any) -> None:
    """For the first migration of the app."""
    rule = apps.get_model("schedule", "PlanRule")
    rows = [
        rule(kind=kind, risk_level=level, every_count=count, every_unit=unit)
        for kind, level, count, unit in _CONTACTS
    ]
    rows += [
        rule(
            kind="test", measure=measure, risk_level=level, year_of_term=year, term_years=length,
            every_count=months, every_unit="m",
        )
        for measure, level, year, length, months in _TESTS
    ]  # fmt: skip
    for row in rows:
        row.effective_from = _SINCE
    rule.objects.bulk_create(rows)
