"""The plans of talks and visits of docs/law.md, 2, for every unit that sets none of its own.

An office that works with the product already begins on the day of the update: nothing is asked
for in hindsight.
"""

from datetime import date

from django.db import migrations
from django.utils import timezone

DEFAULTS = [
    ("talk", "high", 2, "w"), ("talk", "medium", 1, "m"), ("talk", "low", 3, "m"),
    ("visit", "high", 1, "m"), ("visit", "medium", 2, "m"), ("visit", "low", 6, "m"),
]


def add(apps, schema_editor):
    at_work = apps.get_model("cases", "Case").objects.exists()
    begins = timezone.localdate() if at_work else date(2008, 6, 1)
    for kind, tier, count, unit in DEFAULTS:
        apps.get_model("schedule", "PlanRule").objects.create(
            kind=kind, tier=tier, every_count=count, every_unit=unit, effective_from=begins
        )


class Migration(migrations.Migration):
    dependencies = [("schedule", "0004_kinds"), ("cases", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
