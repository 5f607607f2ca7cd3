"""The plans of tests and summaries of docs/law.md, 2, for every unit that sets none of its own.

Community detoxification: 12 + 6 + 4 tests, 22 in three years. Community rehabilitation: 6 + 4 + 2,
and 6 + 6 where the term is two years. No article fixes a number: these are the custom of the field.
An office that works with the product already begins on the day of the update: nothing is asked
for in hindsight.
"""

from datetime import date

from django.db import migrations
from django.utils import timezone

# Measure, year of the term, length of the term in years, every so many months. A rule without a
# year is that of the third one and of what a suspension adds to it.
TESTS = [
    ("SQJD", 1, None, 1), ("SQJD", 2, None, 2), ("SQJD", None, None, 3),
    ("SQKF", 1, None, 2), ("SQKF", 2, None, 3), ("SQKF", 2, 2, 2), ("SQKF", None, None, 6),
]
SUMMARY_MONTHS = 6


def add(apps, schema_editor):
    at_work = apps.get_model("cases", "Case").objects.exists()
    begins = timezone.localdate() if at_work else date(2008, 6, 1)
    rule = apps.get_model("schedule", "PlanRule")
    for measure, year, length, months in TESTS:
        rule.objects.create(
            kind="test", measure=measure, year_of_term=year, term_years=length,
            every_count=months, every_unit="m", effective_from=begins,
        )
    rule.objects.create(
        kind="summary", every_count=SUMMARY_MONTHS, every_unit="m", effective_from=begins
    )


class Migration(migrations.Migration):
    dependencies = [("schedule", "0007_tests_and_summaries"), ("cases", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
